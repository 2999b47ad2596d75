using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Security;

/// <summary>The sessions with open streams, found by session, conversation and key. Thread-safe.</summary>
/// <param name="time">The clock of the sessions' timers.</param>
/// <param name="ring">Called with the id of a session whose timer has fired.</param>
internal sealed class OpenSessions(TimeProvider time, Action<string> ring) : IDisposable
{
    /// <summary>
    /// How many revoked keys are remembered. They are needed only for requests that were authenticated just before the revocation,
    /// because the key ring refuses later ones.
    /// </summary>
    private const int MaxCutKeys = 1000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, OpenSession> _sessions = [];

    // Indexed, because many conversations can be deleted at once. Most have a single session with streams.
    private readonly Dictionary<string, List<OpenSession>> _conversations = [];
    private readonly HashSet<string> _cutKeys = [];

    public int Count
    {
        get
        {
            lock (_gate)
                return _sessions.Count;
        }
    }

    /// <summary>The number of revoked keys that are remembered.</summary>
    public int CutKeys
    {
        get
        {
            lock (_gate)
                return _cutKeys.Count;
        }
    }

    public bool Contains(string sessionId)
    {
        lock (_gate)
            return _sessions.ContainsKey(sessionId);
    }

    /// <exception cref="ApiException">
    /// 401: the key of the stream's token was revoked; 429: the session has its maximum number of streams.
    /// </exception>
    public void Add(SessionStream stream, int? limit)
    {
        lock (_gate)
        {
            if (_cutKeys.Contains(stream.KeyId))
                throw SessionErrors.Revoked();
            if (!_sessions.TryGetValue(stream.SessionId, out var open))
                open = Open(stream);
            else if (open.Streams.Count >= limit)
                throw SessionErrors.TooManyStreams(limit.Value);
            open.Streams.Add(stream);
        }
    }

    public void Remove(SessionStream stream)
    {
        lock (_gate)
        {
            if (_sessions.TryGetValue(stream.SessionId, out var open) && open.Streams.Remove(stream) && open.Streams.Count == 0)
                Close(open, stream.SessionId);
        }
    }

    public SessionStream[] OfSession(string sessionId)
    {
        lock (_gate)
            return _sessions.TryGetValue(sessionId, out var open) ? [.. open.Streams] : [];
    }

    public SessionStream[] OfConversation(string conversationId)
    {
        lock (_gate)
            return _conversations.TryGetValue(conversationId, out var all) ? [.. all.SelectMany(open => open.Streams)] : [];
    }

    public SessionStream[] OfAccount(string accountId)
    {
        lock (_gate)
            return [.. _sessions.Values.SelectMany(open => open.Streams).Where(stream => stream.Session.AccountId == accountId)];
    }

    /// <summary>Refuses further streams whose token was signed with this key, and returns the open ones.</summary>
    public SessionStream[] CutKey(string keyId)
    {
        lock (_gate)
        {
            if (_cutKeys.Count >= MaxCutKeys)
                _cutKeys.Clear();
            _cutKeys.Add(keyId);
            return [.. _sessions.Values.SelectMany(open => open.Streams).Where(stream => stream.KeyId == keyId)];
        }
    }

    /// <summary>Sets the timer of a session if it has streams.</summary>
    public void Arm(string sessionId, long moment)
    {
        lock (_gate)
        {
            if (_sessions.TryGetValue(sessionId, out var open))
                open.Arm(moment);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var open in _sessions.Values)
                open.Dispose();
            _sessions.Clear();
            _conversations.Clear();
        }
    }

    private OpenSession Open(SessionStream stream)
    {
        var open = new OpenSession(stream.SessionId, stream.Session.ConversationId, time, Ring);
        _sessions.Add(stream.SessionId, open);
        if (!_conversations.TryGetValue(open.ConversationId, out var all))
            _conversations.Add(open.ConversationId, all = new(capacity: 1));
        all.Add(open);
        return open;
    }

    private void Close(OpenSession open, string sessionId)
    {
        _sessions.Remove(sessionId);
        var all = _conversations[open.ConversationId];
        all.Remove(open);
        if (all.Count == 0)
            _conversations.Remove(open.ConversationId);
        open.Dispose();
    }

    private void Ring(string sessionId)
    {
        lock (_gate)
        {
            if (_sessions.TryGetValue(sessionId, out var open))
                open.Disarm();
        }

        ring(sessionId);
    }
}
