using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Bots;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Usage;

/// <summary>
/// Describes the runs of each day: their number, the reasons of their ends, and their times. It is derived from the usage records, which
/// are stored with the ends of runs. A run that was cut off by the end of its process has none.
/// </summary>
internal sealed class RunFigures(IStore store, TimeProvider time)
{
    private const int DefaultDays = 30;
    private const int MaxDays = 90;

    /// <param name="accountId">The account.</param>
    /// <param name="botId">The id or alias of a bot of the account; null for all runs.</param>
    /// <param name="periodDays">The number of days in the request; null for the default.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <exception cref="ApiException">400: the number of days is invalid; 404: the account has no such bot.</exception>
    public ValueTask<UsageRunSeriesResponse> FetchAsync(string accountId, string? botId, string? periodDays, CancellationToken cancellationToken)
    {
        var count = DefaultDays;
        if (!string.IsNullOrEmpty(periodDays) && (!int.TryParse(periodDays, System.Globalization.CultureInfo.InvariantCulture, out count) || count is < 1 or > MaxDays))
            throw ApiException.BadRequest($"\"periodDays\" must be a whole number from 1 to {MaxDays}");
        var days = DayRange.Until(time.GetUtcNow(), count);
        return store.QueryAsync(
            async db =>
            {
                var scope = new UsageScope(accountId);
                if (!string.IsNullOrEmpty(botId))
                    scope = await db.FindOwnAsync(BotKind.Name, botId, accountId) is { } bot ? scope with { BotId = bot.Id } : throw ApiException.NotFound("Bot");
                return Of(
                    days, await db.CountReasonsAsync(scope, days), await db.CountFirstTokensAsync(scope, days), await db.CountDurationsAsync(scope, days));
            },
            cancellationToken);
    }

    private static UsageRunSeriesResponse Of(
        DayRange days, List<(long Day, string Reason, long Count)> reasons, List<(long Day, long Time, long Count)> firstTokens,
        List<(long Day, long Time, long Count)> durations)
    {
        var (byReason, byToken, byDuration) = (reasons.ToLookup(one => one.Day), firstTokens.ToLookup(one => one.Day), durations.ToLookup(one => one.Day));
        return new UsageRunSeriesResponse
        {
            Days =
            [
                .. Enumerable.Range(0, days.Count).Select(index => days.First + index).Select(day => new UsageRunDay
                {
                    Date = DayRange.TimeOf(day),
                    Runs = byReason[day].Sum(one => one.Count),
                    Reasons = byReason[day].ToDictionary(one => one.Reason, one => one.Count),
                    FirstToken = TimesOf([.. byToken[day].Select(one => (one.Time, one.Count))]),
                    Duration = TimesOf([.. byDuration[day].Select(one => (one.Time, one.Count))]),
                }),
            ],
        };
    }

    /// <param name="counts">The number of runs by their time, the shortest first.</param>
    private static UsageRunTimes? TimesOf(List<(long Time, long Count)> counts) => counts.Count == 0
        ? null
        : new UsageRunTimes { P50 = Percentile(counts, 50), P95 = Percentile(counts, 95) };

    private static long Percentile(List<(long Time, long Count)> counts, int percent)
    {
        var rank = ((counts.Sum(static one => one.Count) * percent) + 99) / 100;
        foreach (var (time, count) in counts)
        {
            rank -= count;
            if (rank <= 0)
                return time;
        }

        return counts[^1].Time;
    }
}
