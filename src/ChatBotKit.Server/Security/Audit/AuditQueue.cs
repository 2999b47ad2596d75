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

    private const int BatchSize = 256;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    // Longer, because strangers can be many and their records are kept for ever.
    private static readonly TimeSpan WindowOfStrangers = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _flushing = new(1);
    private readonly List<AuditRow> _waiting = [];
    private readonly WaitingRefusals _refusals = new();
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
            if (_refusals.TryCount(record))
                return true;
            if (IsFull)
                return false;
            _refusals.Add(record);
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
                _refusals.Forget(record);
            return taken;
        }
    }
}
