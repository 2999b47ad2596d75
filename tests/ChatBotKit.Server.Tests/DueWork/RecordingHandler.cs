using System.Collections.Concurrent;
using System.Threading.Channels;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.DueWork;

namespace ChatBotKit.Server.Tests.DueWork;

/// <summary>Records each item, runs an action of the test, and stores a usage row.</summary>
internal sealed class RecordingHandler(string kind = "mail") : IDueWorkHandler
{
    private readonly Channel<DueWorkItem> _begun = Channel.CreateUnbounded<DueWorkItem>();
    private int _running;

    public string Kind => kind;

    public int AtOnce { get; init; } = 2;

    public int Attempts { get; init; } = 3;

    public TimeSpan Limit { get; init; } = TimeSpan.FromHours(1);

    public Recurrence? Recurrence { get; init; }

    /// <summary>The action that runs for each item; null for none.</summary>
    public Func<DueWorkItem, CancellationToken, Task>? Act { get; set; }

    /// <summary>Ends an item whose last attempt has failed; null to keep it as a dead letter.</summary>
    public Func<DueWorkItem, DueWorkResult>? End { get; set; }

    /// <summary>The largest number of items that were worked on at a time.</summary>
    public int MostAtOnce { get; private set; }

    public ConcurrentQueue<DueWorkItem> Items { get; } = [];

    /// <summary>Waits until the handler begins with the next item, and returns that item.</summary>
    public async Task<DueWorkItem> NextAsync() =>
        await _begun.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

    public DueWorkResult? GiveUp(DueWorkItem item) => End?.Invoke(item);

    public async Task<DueWorkResult> WorkAsync(DueWorkItem item, CancellationToken cancellationToken)
    {
        MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _running));
        Items.Enqueue(item);
        _begun.Writer.TryWrite(item);
        try
        {
            if (Act is { } act)
                await act(item, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }

        return Record(item);
    }

    /// <summary>Returns the result that stores a usage row with the key and the attempt.</summary>
    public static DueWorkResult Record(DueWorkItem item) => DueWorkResult.With(db => db.InsertAsync(UsageTable.Rows, new UsageRow
    {
        Id = Ids.New(),
        AccountId = "a",
        Model = item.Key,
        InputTokens = item.Attempt,
        OutputTokens = 0,
        Messages = 0,
        CreatedAt = 1,
    }));
}
