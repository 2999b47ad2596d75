using System.Diagnostics;
using ChatBotKit.Bench.Harness;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Bench.Load;

/// <summary>How late something is done that was due, and the row that the floor stores for it.</summary>
internal static class LateWork
{
    public static Sample SampleOf(IEnumerable<TimeSpan> lateness)
    {
        var latencies = new Latencies(lateness.Select(late => (long)(late.TotalSeconds * Stopwatch.Frequency)));
        return new Sample(
        [
            new("lateness p50", "ms", latencies.Milliseconds(50)),
            new("lateness p99", "ms", latencies.Milliseconds(99)),
        ]);
    }

    public static ValueTask StoreRowAsync(ISqlTransaction db) => db.InsertAsync(UsageTable.Rows, new UsageRow
    {
        Id = Ids.New(),
        AccountId = "bench",
        Model = "m",
        InputTokens = 1,
        OutputTokens = 1,
        Messages = 1,
        CreatedAt = 1,
    });
}
