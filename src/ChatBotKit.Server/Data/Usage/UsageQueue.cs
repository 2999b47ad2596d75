using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Data;

/// <summary>The usage of requests that store nothing else, such as stateless runs. Records that the store refuses are tried again.</summary>
internal sealed class UsageQueue(IStore store, ILogger<UsageQueue> logger)
    : StoredLater("The usage of the last stateless runs was lost.", logger)
{
    /// <summary>How many records can wait. Further ones are dropped, which takes a store that fails for a long time.</summary>
    public const int Capacity = 10_000;

    private readonly Lock _gate = new();
    private List<UsageRow> _waiting = [];
    private long _dropped;

    /// <summary>Adds a record. One without tokens and messages counts nothing, and is left out.</summary>
    public void Add(UsageRow usage)
    {
        if (usage is { InputTokens: 0, OutputTokens: 0, Messages: 0 })
            return;
        lock (_gate)
        {
            if (_waiting.Count < Capacity)
                _waiting.Add(usage);
            else
                Interlocked.Increment(ref _dropped);
        }
    }

    protected override async Task StoreAsync()
    {
        List<UsageRow> usages;
        lock (_gate)
            (usages, _waiting) = (_waiting, []);
        if (usages.Count == 0)
            return;
        try
        {
            await store.CommitAsync(new WriteSet { Usages = usages });
        }
        catch
        {
            lock (_gate)
                _waiting.InsertRange(0, usages);
            throw;
        }

        if (Interlocked.Exchange(ref _dropped, 0) is > 0 and var dropped)
            logger.LogWarning("The usage of {Count} stateless runs was lost, because the store was not available.", dropped);
    }
}
