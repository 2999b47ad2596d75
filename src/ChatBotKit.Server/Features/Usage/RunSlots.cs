using ChatBotKit.Server.Data;

namespace ChatBotKit.Server.Features.Usage;

/// <summary>The figures of runs, by the number of the day or hour.</summary>
internal sealed class RunSlots
{
    private readonly ILookup<long, (long Slot, string Reason, long Count)> _reasons;
    private readonly ILookup<long, (long Slot, long Time, long Count)> _firstTokens;
    private readonly ILookup<long, (long Slot, long Time, long Count)> _durations;
    private readonly Dictionary<long, RunSums> _sums;

    private RunSlots(
        List<(long Slot, string Reason, long Count)> reasons, List<(long Slot, long Time, long Count)> firstTokens,
        List<(long Slot, long Time, long Count)> durations, List<(long Slot, RunSums Sums)> sums)
    {
        _reasons = reasons.ToLookup(static one => one.Slot);
        _firstTokens = firstTokens.ToLookup(static one => one.Slot);
        _durations = durations.ToLookup(static one => one.Slot);
        _sums = sums.ToDictionary();
    }

    public static async ValueTask<RunSlots> ReadAsync(ISqlSession db, UsageScope scope, TimeSlots slots) => new(
        await db.CountReasonsAsync(scope, slots), await db.CountFirstTokensAsync(scope, slots), await db.CountDurationsAsync(scope, slots),
        await db.SumRunsAsync(scope, slots));

    public long CountOf(long slot) => _reasons[slot].Sum(static one => one.Count);

    public Dictionary<string, long> ReasonsOf(long slot) => _reasons[slot].ToDictionary(static one => one.Reason, static one => one.Count);

    public UsageRunTimes? FirstTokenOf(long slot) => TimesOf([.. _firstTokens[slot]]);

    public UsageRunTimes? DurationOf(long slot) => TimesOf([.. _durations[slot]]);

    public RunSums SumsOf(long slot) => _sums.GetValueOrDefault(slot);

    /// <param name="counts">The number of runs by their time, the shortest first.</param>
    private static UsageRunTimes? TimesOf(List<(long Slot, long Time, long Count)> counts) => counts.Count == 0
        ? null
        : new UsageRunTimes { P50 = Percentile(counts, 50), P95 = Percentile(counts, 95) };

    private static long Percentile(List<(long Slot, long Time, long Count)> counts, int percent)
    {
        var rank = ((counts.Sum(static one => one.Count) * percent) + 99) / 100;
        foreach (var (_, time, count) in counts)
        {
            rank -= count;
            if (rank <= 0)
                return time;
        }

        return counts[^1].Time;
    }
}
