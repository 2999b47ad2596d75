using ChatBotKit.Server.Data;

namespace ChatBotKit.Server.Features.Usage;

/// <summary>Adds up the usage of an account.</summary>
internal sealed class UsageSummary(IStore store, TimeProvider time)
{
    /// <summary>The number of days of a series. Today is the last one.</summary>
    private const int SeriesDays = 90;

    /// <summary>Adds up the usage since the first day of the current month in UTC, and counts what is stored.</summary>
    public ValueTask<UsageResponse> FetchAsync(string accountId, CancellationToken cancellationToken)
    {
        var days = DayRange.Until(time.GetUtcNow(), time.GetUtcNow().Day);
        var scope = new UsageScope(accountId);
        return store.QueryAsync(
            async db =>
            {
                var stored = await db.CountStoredAsync(accountId);
                return new UsageResponse
                {
                    Tokens = (await db.SumTokensByDayAsync(scope, days)).Sum,
                    Conversations = (await db.CountConversationsByDayAsync(scope, days)).Sum,
                    Messages = (await db.CountMessagesByDayAsync(scope, days)).Said.Sum,
                    Database = new UsageDatabase
                    {
                        Datasets = stored.GetValueOrDefault("dataset"),
                        Records = stored.GetValueOrDefault("record"),
                        Skillsets = stored.GetValueOrDefault("skillset"),
                        Abilities = stored.GetValueOrDefault("ability"),
                        Files = stored.GetValueOrDefault("file"),
                        Users = stored.GetValueOrDefault("user"),
                    },
                };
            },
            cancellationToken);
    }

    public ValueTask<UsageSeriesResponse> FetchSeriesAsync(string accountId, CancellationToken cancellationToken)
    {
        var days = DayRange.Until(time.GetUtcNow(), SeriesDays);
        var scope = new UsageScope(accountId);
        return store.QueryAsync(
            async db => new UsageSeriesResponse
            {
                Tokens = PointsOf(await db.SumTokensByDayAsync(scope, days)),
                Conversations = PointsOf(await db.CountConversationsByDayAsync(scope, days)),
                Messages = PointsOf((await db.CountMessagesByDayAsync(scope, days)).Said),
            },
            cancellationToken);
    }

    private static List<UsageSeriesPoint> PointsOf(DayTotals totals) =>
        [.. totals.Days.Select(day => new UsageSeriesPoint { Date = DayRange.TimeOf(day.Day), Total = day.Total })];
}
