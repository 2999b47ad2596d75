using ChatBotKit.Server.Data;

namespace ChatBotKit.Server.RunLog;

/// <summary>The logs that are being written or read in this process, by id.</summary>
internal sealed class LogDirectory(IStore store, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _open = [];

    /// <summary>The number of open logs.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _open.Count;
        }
    }

    /// <summary>Whether this process has the log open.</summary>
    public bool IsOpen(string logId)
    {
        lock (_gate)
            return _open.ContainsKey(logId);
    }

    /// <summary>Creates a log that does not exist yet. The caller closes it with <see cref="Release"/>.</summary>
    public AppendLog Create(string logId)
    {
        var log = new OpenLog(logId, store, last: 0, clock);
        lock (_gate)
            _open.Add(logId, new Entry(Task.FromResult(log)) { Holders = 1 });
        return log.Writer();
    }

    /// <summary>
    /// Opens a log that may exist already, such as a channel's. Each caller writes to a channel on its own. It closes the log with
    /// <see cref="Release"/>.
    /// </summary>
    public async ValueTask<AppendLog> OpenAsync(string logId)
    {
        Entry? entry;
        lock (_gate)
        {
            if (!_open.TryGetValue(logId, out entry))
                _open.Add(logId, entry = new Entry(LoadAsync(logId)));
            else if (entry.Log is { IsCompletedSuccessfully: true } log && log.GetAwaiter().GetResult().IsFaulted)
                entry.Log = LoadAsync(logId);
            entry.Holders++;
        }
        try
        {
            return (await entry.Log).Writer();
        }
        catch
        {
            Release(logId);
            throw;
        }
    }

    /// <summary>Opens a log for a run that is being accepted, and releases it when <paramref name="acceptAsync"/> fails.</summary>
    public async Task<AppendLog> OpenAsync(string logId, Func<Task> acceptAsync)
    {
        var log = await OpenAsync(logId);
        try
        {
            await acceptAsync();
            return log;
        }
        catch
        {
            Release(logId);
            throw;
        }
    }

    /// <summary>Releases the log. It is closed when its last holder has released it.</summary>
    public void Release(string logId)
    {
        lock (_gate)
        {
            if (_open.TryGetValue(logId, out var entry) && --entry.Holders == 0)
                _open.Remove(logId);
        }
    }

    /// <summary>Creates a reader for the log of a run, active or ended.</summary>
    public LogReader Read(string logId, long after, TimeSpan? heartbeat)
    {
        OpenLog? live = null;
        lock (_gate)
        {
            if (_open.TryGetValue(logId, out var entry) && entry.Log.IsCompletedSuccessfully)
                live = entry.Log.GetAwaiter().GetResult();
        }
        return new LogReader(live, store, logId, after, clock, heartbeat);
    }

    private async Task<OpenLog> LoadAsync(string logId) =>
        new(logId, store, await store.LastLogNumberAsync(logId, CancellationToken.None), clock);

    private sealed class Entry(Task<OpenLog> log)
    {
        /// <summary>
        /// The log. It is replaced after the store has failed: holders of the old one get the failure, and others can go on.
        /// </summary>
        public Task<OpenLog> Log { get; set; } = log;

        public int Holders { get; set; }
    }
}
