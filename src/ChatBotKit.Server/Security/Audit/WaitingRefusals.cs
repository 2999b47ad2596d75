using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Security;

/// <summary>The queued refusals, in which repeated ones are counted. Every method is called under the lock of the queue.</summary>
internal sealed class WaitingRefusals
{
    /// <summary>
    /// How many different refusals of one session, or of all unknown callers, can be queued. Further ones share a record without
    /// origin and address.
    /// </summary>
    public const int MaxRefusalsPerSession = 16;

    private readonly Dictionary<RefusalKey, AuditRow> _waiting = [];
    private readonly Dictionary<string, int> _ofSession = [];

    /// <summary>
    /// Counts the refusal in a queued one of the same kind; returns false when there is none. It may clear the record's origin and
    /// address.
    /// </summary>
    public bool TryCount(AuditRow record)
    {
        var key = RefusalKey.Of(record);
        if (!_waiting.ContainsKey(key) && _ofSession.GetValueOrDefault(key.SessionId) >= MaxRefusalsPerSession)
        {
            (record.Origin, record.Address) = (null, null);
            key = RefusalKey.Of(record);
        }

        if (!_waiting.TryGetValue(key, out var first))
            return false;
        first.Count += first.Count < int.MaxValue ? 1 : 0;
        return true;
    }

    public void Add(AuditRow record)
    {
        var key = RefusalKey.Of(record);
        _waiting.Add(key, record);
        _ofSession[key.SessionId] = _ofSession.GetValueOrDefault(key.SessionId) + 1;
    }

    /// <summary>Removes a refusal that is being stored, so that the next one of its kind begins a new record.</summary>
    public void Forget(AuditRow refusal)
    {
        var key = RefusalKey.Of(refusal);
        // A refusal that returned to the queue after a failure was removed before, and a new one of its kind may have been added
        // since.
        if (!_waiting.TryGetValue(key, out var waiting) || !ReferenceEquals(waiting, refusal))
            return;
        _waiting.Remove(key);
        if (--_ofSession[key.SessionId] == 0)
            _ofSession.Remove(key.SessionId);
    }

    /// <param name="SessionId">The session; empty for an unknown caller.</param>
    /// <param name="ActorId">The expired or revoked API token.</param>
    /// <param name="Code">The error code.</param>
    /// <param name="Origin">The origin of the web page.</param>
    /// <param name="Address">The address of the caller.</param>
    private readonly record struct RefusalKey(string SessionId, string? ActorId, string? Code, string? Origin, string? Address)
    {
        public static RefusalKey Of(AuditRow record) =>
            new(record.SessionId ?? "", record.ActorId, record.Code, record.Origin, record.Address);
    }
}
