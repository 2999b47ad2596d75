using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Security;

/// <summary>
/// Audit records that are stored in the background: refusals and first uses. Repeated refusals within a minute become one record,
/// or within ten minutes when the caller is unknown; that is why they are held back. Memory and the number of rows are bounded
/// regardless of the number of refusals.
/// </summary>
internal sealed class AuditQueue(IStore store, TimeProvider time, ILogger<AuditQueue> logger) : IAsyncDisposable
{
    /// <summary>How many records can wait. Further ones are only counted.</summary>
    public const int Capacity = 16_384;

    private const int BatchSize = 256;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    // Longer, because there can be many unknown callers, and audit records are kept permanently.
    private static readonly TimeSpan WindowOfStrangers = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _flushing = new(1);
    private readonly List<AuditRow> _waiting = [];
    private readonly WaitingRefusals _refusals = new();
    private readonly HashSet<string> _usedSessions = [];

    // The number of records that are being stored. They return to the queue if that fails.
    private int _flushed;
    private bool _isClosed;

    /// <summary>Queues a refusal, or counts it when the same refusal is already queued.</summary>
    /// <returns>False when the queue is full.</returns>
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

    /// <summary>Whether the first use of the session is queued or being stored.</summary>
    public bool IsUsed(string sessionId)
    {
        lock (_gate)
            return _usedSessions.Contains(sessionId);
    }

    /// <summary>Queues a first use, unless one of the same session is already queued.</summary>
    /// <returns>False when the queue is full; the next use tries again.</returns>
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

    /// <summary>Stores the records that have waited long enough.</summary>
    /// <exception cref="StoreUnavailableException">The store fails. No record is lost; the next call tries again.</exception>
    public Task FlushDueAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (ofSessions, ofStrangers) = ((now - Window).ToUnixTimeMilliseconds(), (now - WindowOfStrangers).ToUnixTimeMilliseconds());
        return FlushAsync(
            record => IsUse(record) || record.CreatedAt <= (record.SessionId is null ? ofStrangers : ofSessions), cancellationToken);
    }

    /// <summary>Stores all waiting records of the account, so that a reader of its audit sees them.</summary>
    /// <exception cref="StoreUnavailableException">The store fails. No record is lost; the next call tries again.</exception>
    public Task FlushAsync(string accountId, CancellationToken cancellationToken) =>
        FlushAsync(record => record.AccountId == accountId, cancellationToken);

    /// <summary>Stores all waiting records. Records that are added later are lost.</summary>
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
            logger.LogError(exception, "{Count} audit records of refusals and first uses were lost.", _waiting.Count);
        }

        _flushing.Dispose();
    }

    private bool IsFull => _waiting.Count + _flushed >= Capacity;

    private static bool IsUse(AuditRow record) => record.Type == SessionAuditType.Use.Value;

    private async Task FlushAsync(Predicate<AuditRow> isWanted, CancellationToken cancellationToken)
    {
        // One flush at a time, so that the records of an account are stored in the order in which they were queued.
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
            // The store has already announced the use. From now on the session's row, not this set, says that it was used.
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
