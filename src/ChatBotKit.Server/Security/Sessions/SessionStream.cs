using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Security;

/// <summary>One open answer of a session.</summary>
internal sealed class SessionStream(SessionStreams streams, SessionRow session, string keyId) : OpenStream
{
    /// <summary>The session as it was when the stream was opened.</summary>
    public SessionRow Session { get; } = session;

    public string SessionId => Session.Id;

    /// <summary>The key of the token that the stream was opened with.</summary>
    public string KeyId { get; } = keyId;

    public override void Dispose() => streams.Remove(this);
}
