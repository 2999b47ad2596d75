using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Security;

/// <summary>
/// The open streams of sessions. A stream ends when its session is revoked or expires, and when its conversation is deleted or gets
/// another contact. One timer per session ends its streams at the expiry; a refresh extends them.
/// </summary>
internal sealed class SessionStreams : IChangeListener, IDisposable
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly Sessions _sessions;
    private readonly SessionContacts _contacts;
    private readonly TimeProvider _time;
    private readonly OpenSessions _open;

    /// <param name="sessions">The rows of sessions.</param>
    /// <param name="contacts">The contacts of conversations.</param>
    /// <param name="changes">The changes that end streams.</param>
    /// <param name="time">The clock for the expiry of sessions.</param>
    public SessionStreams(Sessions sessions, SessionContacts contacts, ChangeFeed changes, TimeProvider time)
    {
        (_sessions, _contacts, _time) = (sessions, contacts, time);
        _open = new OpenSessions(time, sessionId => _ = CheckAgainAsync(sessionId));
        changes.Listen(this, ListenerStage.Streams);
    }

    /// <summary>The number of sessions with open streams.</summary>
    public int Count => _open.Count;

    /// <summary>The number of revoked keys that are remembered.</summary>
    public int CutKeys => _open.CutKeys;

    /// <summary>Registers a stream until it is disposed.</summary>
    /// <exception cref="ApiException">
    /// 401: the session ended meanwhile; 403: the conversation got another contact; 429: the session has its maximum number of
    /// streams.
    /// </exception>
    public async ValueTask<SessionStream> OpenAsync(CallerSession holder, CancellationToken cancellationToken)
    {
        var stream = new SessionStream(this, holder.Session.Row, holder.Token.KeyId);
        _open.Add(stream, holder.Session.Limits.Streams);
        try
        {
            // Checked again, because the session may have ended before the stream was registered, and then nothing ended the
            // stream.
            await CheckAsync(holder.Id, cancellationToken);
            await _contacts.RequireAsync(holder.Session.Row, cancellationToken);
            return stream.Reason is { } reason ? throw reason : stream;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Ends the streams that are no longer allowed after the change.</summary>
    public void OnChanged(in Change change)
    {
        if (change is { Kind: ChangedKinds.Session, What: ChangeKind.Revoked or ChangeKind.Deleted })
            End(_open.OfSession(change.Id), SessionErrors.Revoked());
        else if (change is { Kind: ChangedKinds.Session, What: ChangeKind.Updated } && _open.Contains(change.Id))
            _ = CheckAgainAsync(change.Id);
        else if (change is { Kind: ChangedKinds.Conversation, What: ChangeKind.Deleted })
            End(_open.OfConversation(change.Id), SessionErrors.Gone());
        else if (change is { Kind: ChangedKinds.Conversation, ContactId: { } contactId })
            End(OfOthers(change.Id, contactId), SessionContacts.OfAnother());
        else if (change is { Kind: ChangedKinds.SigningKey, What: ChangeKind.Revoked })
            End(_open.CutKey(change.Id), SessionErrors.Revoked());
        else if (change is { Kind: ChangedKinds.Account, What: ChangeKind.Deleted })
            End(_open.OfAccount(change.Id), SessionErrors.Gone());
    }

    /// <summary>Removes a stream. The stream calls this when it is disposed.</summary>
    public void Remove(SessionStream stream) => _open.Remove(stream);

    public void Dispose() => _open.Dispose();

    private static void End(IEnumerable<SessionStream> streams, ApiException reason)
    {
        foreach (var stream in streams)
            stream.End(reason);
    }

    private IEnumerable<SessionStream> OfOthers(string conversationId, string contactId) =>
        _open.OfConversation(conversationId).Where(stream => stream.Session.ContactId is { } own && own != contactId);

    /// <summary>Ends the streams of the session if it has ended; otherwise sets its timer to its expiry.</summary>
    private async ValueTask CheckAsync(string sessionId, CancellationToken cancellationToken = default)
    {
        if (!_open.Contains(sessionId))
            return;
        var session = await _sessions.FindAsync(sessionId, cancellationToken);
        var end = session is null ? SessionErrors.Gone() : Session.EndOf(session.Row, _time.GetUtcNow().ToUnixTimeMilliseconds());
        if (end is not null)
            End(_open.OfSession(sessionId), end);
        else
            _open.Arm(sessionId, session!.Row.ExpiresAt);
    }

    private async Task CheckAgainAsync(string sessionId)
    {
        try
        {
            await CheckAsync(sessionId);
        }
        catch (Exception)
        {
            // The store has failed, and no caller waits for this check. It is repeated after a delay.
            _open.Arm(sessionId, (_time.GetUtcNow() + RetryDelay).ToUnixTimeMilliseconds());
        }
    }
}
