using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Security;

/// <summary>An open stream of a session.</summary>
internal sealed class SessionStream(SessionStreams streams, SessionRow session, string keyId) : OpenStream
{
    /// <summary>The session at the time when the stream was opened.</summary>
    public SessionRow Session { get; } = session;

    public string SessionId => Session.Id;

    /// <summary>The key that signed the token of the stream's request.</summary>
    public string KeyId { get; } = keyId;

    public override void Dispose() => streams.Remove(this);
}
