using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Security;

/// <summary>
/// The answers that sessions have open. A stream ends with its session: at once when that is revoked, and when its time is
/// up, of which one timer per session takes care; at once, too, when its conversation goes or becomes another contact's.
/// A refresh prolongs the streams too.
/// </summary>
internal sealed class SessionStreams(Sessions sessions, SessionContacts contacts, TimeProvider time) : IDisposable
{
    /// <summary>
    /// Of so many keys it is known here that they are cut. It matters only for a request that was let in just before: whoever
    /// comes later is refused by the key ring.
    /// </summary>
    private const int MaxCutKeys = 1000;

    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, OpenSession> _open = [];
    private readonly HashSet<string> _cutKeys = [];

    /// <summary>How many sessions have streams open.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _open.Count;
        }
    }

    /// <summary>How many keys are known as cut.</summary>
    public int CutKeys
    {
        get
        {
            lock (_gate)
                return _cutKeys.Count;
        }
    }

    /// <summary>Registers a stream until it is disposed.</summary>
    /// <exception cref="ApiException">
    /// 401: the session ended meanwhile; 403: the conversation became another contact's; 429: it has as many streams as it may have.
    /// </exception>
    public async ValueTask<SessionStream> OpenAsync(CallerSession holder, CancellationToken cancellationToken)
    {
        var stream = new SessionStream(this, holder.Session.Row, holder.Token.KeyId);
        Add(stream, holder.Session.Limits.Streams);
        try
        {
            // Looked at again: who ended the session before now may not have found the stream here.
            await CheckAsync(holder.Id, cancellationToken);
            await contacts.RequireAsync(holder.Session.Row, cancellationToken);
            return stream.Reason is { } reason ? throw reason : stream;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>To be called after a refresh: the streams of the session end with its new end.</summary>
    public async ValueTask CheckAsync(string sessionId, CancellationToken cancellationToken = default)
    {
        if (!HasStreams(sessionId))
            return;
        var session = await sessions.FindAsync(sessionId, cancellationToken);
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        if ((session is null ? SessionErrors.Gone() : Session.EndOf(session.Row, now)) is { } end)
            Cut(sessionId, end);
        else
            Arm(sessionId, session!.Row.ExpiresAt, now);
    }

    /// <summary>Ends all streams of a session.</summary>
    public void Cut(string sessionId, ApiException reason)
    {
        IReadOnlyList<SessionStream> streams;
        lock (_gate)
            streams = _open.TryGetValue(sessionId, out var open) ? [.. open.Streams] : [];
        End(streams, reason);
    }

    /// <summary>To be called when conversations went by themselves: the streams of sessions that went with them end.</summary>
    public async Task CheckAllAsync(CancellationToken cancellationToken)
    {
        sessions.InvalidateAll();
        List<string> open;
        lock (_gate)
            open = [.. _open.Keys];
        foreach (var sessionId in open)
            await CheckAsync(sessionId, cancellationToken);
    }

    /// <summary>To be called after a conversation was deleted: its sessions are not known any more.</summary>
    public void CutConversation(string conversationId)
    {
        sessions.InvalidateAll();
        End(Open(stream => stream.Session.ConversationId == conversationId), SessionErrors.Gone());
    }

    /// <summary>To be called after an account was closed: its sessions are not known any more.</summary>
    public void CutAccount(string accountId)
    {
        sessions.InvalidateAll();
        End(Open(stream => stream.Session.AccountId == accountId), SessionErrors.Gone());
    }

    /// <summary>To be called after the contact of a conversation was changed: sessions of others are out.</summary>
    public void CutOtherContacts(string conversationId, string? contactId)
    {
        contacts.Invalidate(conversationId);
        if (contactId is null)
            return;
        var others = Open(stream =>
            stream.Session.ConversationId == conversationId && stream.Session.ContactId is { } own && own != contactId);
        End(others, SessionContacts.OfAnother());
    }

    /// <summary>Ends all streams that were opened with tokens that this key has signed, and lets no more of them in.</summary>
    public void CutKey(string keyId)
    {
        lock (_gate)
        {
            if (_cutKeys.Count >= MaxCutKeys)
                _cutKeys.Clear();
            _cutKeys.Add(keyId);
        }

        End(Open(stream => stream.KeyId == keyId), SessionErrors.Revoked());
    }

    /// <summary>Called by a stream that is over.</summary>
    public void Remove(SessionStream stream)
    {
        lock (_gate)
        {
            if (!_open.TryGetValue(stream.SessionId, out var open) || !open.Streams.Remove(stream) || open.Streams.Count > 0)
                return;
            _open.Remove(stream.SessionId);
            open.Timer?.Dispose();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var open in _open.Values)
                open.Timer?.Dispose();
            _open.Clear();
        }
    }

    private static void End(IReadOnlyList<SessionStream> streams, ApiException reason)
    {
        foreach (var stream in streams)
            stream.End(reason);
    }

    private List<SessionStream> Open(Func<SessionStream, bool> which)
    {
        lock (_gate)
            return [.. _open.Values.SelectMany(open => open.Streams).Where(which)];
    }

    private void Add(SessionStream stream, int? limit)
    {
        lock (_gate)
        {
            if (_cutKeys.Contains(stream.KeyId))
                throw SessionErrors.Revoked();
            if (!_open.TryGetValue(stream.SessionId, out var open))
                _open.Add(stream.SessionId, open = new OpenSession());
            else if (open.Streams.Count >= limit)
                throw SessionErrors.TooManyStreams(limit.Value);
            open.Streams.Add(stream);
        }
    }

    private bool HasStreams(string sessionId)
    {
        lock (_gate)
            return _open.ContainsKey(sessionId);
    }

    /// <summary>The earliest wanted moment stays: when it comes, the session is looked at again.</summary>
    private void Arm(string sessionId, long moment, long now)
    {
        lock (_gate)
        {
            if (!_open.TryGetValue(sessionId, out var open) || open.Moment <= moment)
                return;
            open.Moment = moment;
            var due = TimeSpan.FromMilliseconds(Math.Max(1, moment - now));
            if (open.Timer is null)
                open.Timer = time.CreateTimer(_ => Ring(sessionId), null, due, Timeout.InfiniteTimeSpan);
            else
                open.Timer.Change(due, Timeout.InfiniteTimeSpan);
        }
    }

    private void Ring(string sessionId)
    {
        lock (_gate)
        {
            if (_open.TryGetValue(sessionId, out var open))
                open.Moment = long.MaxValue;
        }

        _ = CheckAgainAsync(sessionId);
    }

    private async Task CheckAgainAsync(string sessionId)
    {
        try
        {
            await CheckAsync(sessionId);
        }
        catch (Exception)
        {
            // The store does not answer; nobody waits for this who could be told.
            var now = time.GetUtcNow().ToUnixTimeMilliseconds();
            Arm(sessionId, now + (long)RetryDelay.TotalMilliseconds, now);
        }
    }

    /// <summary>The streams of one session, and when it is to be looked at again.</summary>
    private sealed class OpenSession
    {
        public HashSet<SessionStream> Streams { get; } = [];

        public long Moment { get; set; } = long.MaxValue;

        public ITimer? Timer { get; set; }
    }
}

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
