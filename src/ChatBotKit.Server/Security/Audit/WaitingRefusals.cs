using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Security;

/// <summary>The refusals that wait to be stored, so that their like are counted with them. Used under the lock of the queue.</summary>
internal sealed class WaitingRefusals
{
    /// <summary>
    /// So many different refusals of one session, or of all strangers, may wait; more of them share a record without origin and
    /// address.
    /// </summary>
    public const int MaxRefusalsPerSession = 16;

    private readonly Dictionary<RefusalKey, AuditRow> _waiting = [];
    private readonly Dictionary<string, int> _ofSession = [];

    /// <summary>Counts the refusal with one of its kind; false when there is none. May take origin and address from the record.</summary>
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

    /// <summary>The next refusal of the kind begins a record of its own.</summary>
    public void Forget(AuditRow refusal)
    {
        var key = RefusalKey.Of(refusal);
        // One that was put back after a failure is forgotten already, and its like may have come since.
        if (!_waiting.TryGetValue(key, out var waiting) || !ReferenceEquals(waiting, refusal))
            return;
        _waiting.Remove(key);
        if (--_ofSession[key.SessionId] == 0)
            _ofSession.Remove(key.SessionId);
    }

    /// <param name="SessionId">Empty for strangers.</param>
    /// <param name="ActorId">The API token that was over.</param>
    /// <param name="Code">The error code.</param>
    /// <param name="Origin">The web page.</param>
    /// <param name="Address">Where the request came from.</param>
    private readonly record struct RefusalKey(string SessionId, string? ActorId, string? Code, string? Origin, string? Address)
    {
        public static RefusalKey Of(AuditRow record) =>
            new(record.SessionId ?? "", record.ActorId, record.Code, record.Origin, record.Address);
    }
}
