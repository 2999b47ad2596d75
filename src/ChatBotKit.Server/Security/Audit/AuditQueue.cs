using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Security;

/// <summary>
/// The audit records that no request waits for: refusals and first uses. Refusals that repeat within a minute, and those of
/// strangers within ten, become one record, which is why they are held back so long. However many come, memory and rows stay
/// bounded.
/// </summary>
internal sealed class AuditQueue(IStore store, TimeProvider time, ILogger<AuditQueue> logger) : IAsyncDisposable
{
    /// <summary>So many records may wait; more of them are only counted.</summary>
    public const int Capacity = 16_384;

    /// <summary>
    /// So many different refusals of one session, or of all strangers, may wait; more of them share a record without origin and
    /// address.
    /// </summary>
    public const int MaxRefusalsPerSession = 16;

    private const int BatchSize = 256;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    // Longer, because strangers can be many and their records are kept for ever.
    private static readonly TimeSpan WindowOfStrangers = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _flushing = new(1);
    private readonly List<AuditRow> _waiting = [];
    private readonly Dictionary<RefusalKey, AuditRow> _refusals = [];
    private readonly Dictionary<string, int> _refusalsOfSession = [];
    private readonly HashSet<string> _usedSessions = [];

    // On their way to the store, and back here when that fails.
    private int _flushed;
    private bool _isClosed;

    /// <summary>The record waits for its turn or, when the same refusal waits already, is counted there.</summary>
    /// <returns>False when too many wait.</returns>
    public bool AddRefusal(AuditRow record)
    {
        lock (_gate)
        {
            var key = RefusalKey.Of(record);
            if (!_refusals.ContainsKey(key) && _refusalsOfSession.GetValueOrDefault(key.SessionId) >= MaxRefusalsPerSession)
            {
                (record.Origin, record.Address) = (null, null);
                key = RefusalKey.Of(record);
            }

            if (_refusals.TryGetValue(key, out var first))
            {
                first.Count += first.Count < int.MaxValue ? 1 : 0;
                return true;
            }

            if (IsFull)
                return false;
            _refusals.Add(key, record);
            _refusalsOfSession[key.SessionId] = _refusalsOfSession.GetValueOrDefault(key.SessionId) + 1;
            _waiting.Add(record);
            return true;
        }
    }

    /// <summary>Whether the first use of the session is on its way to the store.</summary>
    public bool IsUsed(string sessionId)
    {
        lock (_gate)
            return _usedSessions.Contains(sessionId);
    }

    /// <summary>The record waits for its turn, unless one of the same session does.</summary>
    /// <returns>False when too many wait; the next use tries again.</returns>
    public bool AddUse(AuditRow record)
    {
        lock (_gate)
        {
            if (_usedSessions.Contains(record.SessionId!))
                return true;
            if (IsFull)
                return false;
            _usedSessions.Add(record.SessionId!);
            _waiting.Add(record);
            return true;
        }
    }

    /// <summary>Stores what has waited long enough.</summary>
    /// <exception cref="StoreUnavailableException">Nothing is lost; the next try stores it.</exception>
    public Task FlushDueAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (ofSessions, ofStrangers) = ((now - Window).ToUnixTimeMilliseconds(), (now - WindowOfStrangers).ToUnixTimeMilliseconds());
        return FlushAsync(
            record => IsUse(record) || record.CreatedAt <= (record.SessionId is null ? ofStrangers : ofSessions), cancellationToken);
    }

    /// <summary>Stores all that waits for the account, so that who reads its records next sees everything.</summary>
    /// <exception cref="StoreUnavailableException">Nothing is lost; the next try stores it.</exception>
    public Task FlushAsync(string accountId, CancellationToken cancellationToken) =>
        FlushAsync(record => record.AccountId == accountId, cancellationToken);

    /// <summary>Stores everything; what comes later is stored by nobody.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isClosed, true))
            return;
        try
        {
            await FlushAsync(_ => true, CancellationToken.None);
        }
        catch (StoreUnavailableException exception)
        {
            logger.LogError(exception, "{Count} audit records of refusals and first uses are lost.", _waiting.Count);
        }

        _flushing.Dispose();
    }

    private bool IsFull => _waiting.Count + _flushed >= Capacity;

    private static bool IsUse(AuditRow record) => record.Type == SessionAuditType.Use.Value;

    private async Task FlushAsync(Predicate<AuditRow> isWanted, CancellationToken cancellationToken)
    {
        // One after the other, so that the records of an account are stored in the order in which they came.
        await _flushing.WaitAsync(cancellationToken);
        try
        {
            var records = Take(isWanted);
            for (var stored = 0; stored < records.Count; stored += BatchSize)
                await StoreAsync(records, stored);
        }
        finally
        {
            lock (_gate)
                _flushed = 0;
            _flushing.Release();
        }
    }

    private async Task StoreAsync(List<AuditRow> records, int from)
    {
        var batch = records.GetRange(from, Math.Min(BatchSize, records.Count - from));
        try
        {
            await store.CommitAsync(new WriteSet { Audit = batch });
        }
        catch
        {
            lock (_gate)
            {
                _waiting.InsertRange(0, records[from..]);
                _flushed = 0;
            }

            throw;
        }

        foreach (var use in batch.Where(IsUse))
        {
            // The store has announced it already: once the id is forgotten, the row that is read says that there was a first use.
            lock (_gate)
                _usedSessions.Remove(use.SessionId!);
        }
    }

    private List<AuditRow> Take(Predicate<AuditRow> isWanted)
    {
        lock (_gate)
        {
            var taken = _waiting.FindAll(isWanted);
            if (taken.Count == 0)
                return taken;
            _waiting.RemoveAll(isWanted);
            _flushed = taken.Count;
            foreach (var record in taken.Where(record => !IsUse(record)))
                Forget(record);
            return taken;
        }
    }

    /// <summary>The next refusal of the kind begins a record of its own.</summary>
    private void Forget(AuditRow refusal)
    {
        var key = RefusalKey.Of(refusal);
        // One that was put back after a failure is forgotten already, and its like may have come since.
        if (!_refusals.TryGetValue(key, out var waiting) || !ReferenceEquals(waiting, refusal))
            return;
        _refusals.Remove(key);
        if (--_refusalsOfSession[key.SessionId] == 0)
            _refusalsOfSession.Remove(key.SessionId);
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
