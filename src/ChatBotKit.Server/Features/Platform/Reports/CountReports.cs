using System.Text.Json.Nodes;
using ChatBotKit.Server.Data;

namespace ChatBotKit.Server.Features.Platform.Reports;

/// <summary>Reports that consist of one number.</summary>
internal static class CountReports
{
    public static IReadOnlyList<Report> All { get; } =
    [
        new(PlatformReportIds.TotalRatings, "Ratings", "Counts the ratings, good and bad.", RatingsAsync),
        new(PlatformReportIds.ThumbsUp, "Good ratings", "Counts the good ratings.", async run => run.Period().Metric((await RatingsOf(run)).Up)),
        new(PlatformReportIds.ThumbsDown, "Bad ratings", "Counts the bad ratings.", async run => run.Period().Metric((await RatingsOf(run)).Down)),
        new(PlatformReportIds.TotalContacts, "Contacts", "Counts all contacts.", ContactsAsync),
        new(PlatformReportIds.ActiveContacts, "Active contacts", "Counts the contacts whose conversations got messages.", ActiveContactsAsync),
        new(
            PlatformReportIds.TotalConversations, "Conversations", "Counts the new conversations.",
            async run => run.Period().Metric(await run.Db.CountConversationsByDayAsync(run.Account, run.Period().Both))),
        new(PlatformReportIds.TotalMessages, "Messages", "Counts the messages of every type.", async run => run.Period().Metric((await MessagesOf(run)).All)),
        new(PlatformReportIds.UserMessages, "Messages of users", "Counts the messages of users.", async run => run.Period().Metric((await MessagesOf(run)).User)),
        new(PlatformReportIds.BotMessages, "Messages of bots", "Counts the messages of bots.", async run => run.Period().Metric((await MessagesOf(run)).Bot)),
        new(
            PlatformReportIds.ActivityMessages, "Activity messages", "Counts the calls of functions and their results, a message each.",
            async run => run.Period().Metric((await MessagesOf(run)).Activities)),
        new(
            PlatformReportIds.AverageUserMessages, "Messages of users per conversation", "Averages the messages of users over the active conversations.",
            run => AverageAsync(run, static depths => depths.User)),
        new(
            PlatformReportIds.AverageBotMessages, "Messages of bots per conversation", "Averages the messages of bots over the active conversations.",
            run => AverageAsync(run, static depths => depths.Bot)),
        new(
            PlatformReportIds.AverageActions, "Activity messages per conversation", "Averages the calls of functions and their results over the active conversations.",
            run => AverageAsync(run, static depths => depths.Activities)),
        new("cm7k3m5n8k000008jq7h9e5b1a", "Records of datasets", "Counts the records of some datasets.", RecordsAsync),
        new("cru3m5n8k001008jq7h9e5b2c", "Usage of conversations", "Adds up the tokens and messages of some conversations.", ConversationsAsync),
    ];

    private static ValueTask<RatingTotals> RatingsOf(ReportRun run) => run.Db.CountRatingsByDayAsync(run.Account, run.Period().Both);

    private static ValueTask<MessageTotals> MessagesOf(ReportRun run) => run.Db.CountMessagesByDayAsync(run.Account, run.Period().Both);

    private static async ValueTask<JsonObject> RatingsAsync(ReportRun run)
    {
        var (period, ratings) = (run.Period(), await RatingsOf(run));
        var report = period.Metric(ratings.All);
        report["thumbsUp"] = period.Split(ratings.Up).Current;
        report["thumbsDown"] = period.Split(ratings.Down).Current;
        return report;
    }

    private static async ValueTask<JsonObject> ContactsAsync(ReportRun run) => new()
    {
        ["value"] = await run.Db.CountCreatedAsync(run.AccountId, "contact", 0, long.MaxValue),
        ["period"] = "all time",
    };

    private static async ValueTask<JsonObject> ActiveContactsAsync(ReportRun run)
    {
        var period = run.Period();
        var current = await run.Db.CountActiveContactsAsync(run.AccountId, period.Days);
        return new JsonObject
        {
            ["value"] = current,
            ["change"] = current - await run.Db.CountActiveContactsAsync(run.AccountId, period.Before),
            ["period"] = period.Text,
            ["breakdown"] = period.Breakdown(await run.Db.CountActiveContactsByDayAsync(run.AccountId, period.Days)),
        };
    }

    private static async ValueTask<JsonObject> AverageAsync(ReportRun run, Func<ConversationDepths, long> select)
    {
        var period = run.Period();
        var depths = await run.Db.CountDepthsAsync(run.Account, period.Days);
        return new JsonObject { ["value"] = ReportPeriod.Average(select(depths), depths.Count), ["period"] = period.Text };
    }

    private static async ValueTask<JsonObject> RecordsAsync(ReportRun run)
    {
        var datasets = await run.Db.CountRecordsAsync(run.AccountId, run.Input.Ids("datasetIds"));
        return new JsonObject
        {
            ["totalRecords"] = datasets.Sum(static dataset => dataset.Records),
            ["breakdown"] = new JsonArray([.. datasets.Select(static dataset => new JsonObject { ["datasetId"] = dataset.DatasetId, ["records"] = dataset.Records })]),
        };
    }

    private static async ValueTask<JsonObject> ConversationsAsync(ReportRun run)
    {
        const int MaxDays = 90;
        var (ids, period) = (run.Input.Ids("conversationIds"), run.Period(MaxDays, MaxDays));
        var found = (await run.Db.SumConversationsAsync(run.AccountId, ids, period.Days)).ToDictionary(static one => one.Id);
        var usage = ids.Where(found.ContainsKey).Select(id => found[id]).ToList();
        return new JsonObject
        {
            ["totalTokens"] = usage.Sum(static one => one.Tokens),
            ["totalConversations"] = usage.Count,
            ["totalMessages"] = usage.Sum(static one => one.Messages),
            ["period"] = period.Text,
            ["items"] = new JsonArray([.. usage.Select(static one => new JsonObject
            {
                ["conversationId"] = one.Id,
                ["tokens"] = one.Tokens,
                ["conversations"] = 1,
                ["messages"] = one.Messages,
            })]),
        };
    }
}
