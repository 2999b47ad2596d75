using System.Text.Json;
using System.Text.Json.Nodes;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Json;

namespace ChatBotKit.Server.Features.Platform.Reports;

/// <summary>Reports on one bot.</summary>
internal static class BotReports
{
    private const int TopActions = 10;
    private const int DefaultItems = 20;

    public static IReadOnlyList<Report> All { get; } =
    [
        new("clr3m5n8k000e08jqbs0t1u5o", "Figures of a bot", "Adds up what a bot was used for, and how it was rated.", StatsAsync),
        new("clr3m5n8k000g08jqdt1u2v7q", "Performance of a bot", "Compares the use of a bot with the period before, and shows each day.", PerformanceAsync),
        new("clr3m5n8k000h08jqeu2v3w8r", "Conversations of a bot", "Shows how long the conversations with a bot are, and what it does in them.", QualityAsync),
        new("clr3m5n8k000j08jqgw4x5y0t", "Bad ratings of a bot", "Lists the newest bad ratings of a bot.", ComplaintsAsync),
    ];

    /// <summary>Returns the sign of ratings in a word.</summary>
    public static string Sentiment(long up, long down) => up + down == 0 ? "unknown" : up > down ? "positive" : down > up ? "negative" : "neutral";

    private static async ValueTask<JsonObject> StatsAsync(ReportRun run)
    {
        var (bot, period) = (await run.BotAsync(), run.Period());
        var ratings = await run.Db.CountRatingsByDayAsync(bot, period.Days);
        return new JsonObject
        {
            ["totalConversations"] = (await run.Db.CountConversationsByDayAsync(bot, period.Days)).Sum,
            ["totalMessages"] = (await run.Db.CountMessagesByDayAsync(bot, period.Days)).All.Sum,
            ["totalTokens"] = (await run.Db.SumTokensByDayAsync(bot, period.Days)).Sum,
            ["totalRatings"] = ratings.All.Sum,
            ["thumbsUp"] = ratings.Up.Sum,
            ["thumbsDown"] = ratings.Down.Sum,
            ["sentimentSignal"] = Sentiment(ratings.Up.Sum, ratings.Down.Sum),
            ["period"] = period.Text,
        };
    }

    private static async ValueTask<JsonObject> PerformanceAsync(ReportRun run)
    {
        var (bot, period) = (await run.BotAsync(), run.Period());
        return new JsonObject
        {
            ["conversations"] = Compared(period, await run.Db.CountConversationsByDayAsync(bot, period.Both)),
            ["messages"] = Compared(period, (await run.Db.CountMessagesByDayAsync(bot, period.Both)).All),
            ["tokens"] = Compared(period, await run.Db.SumTokensByDayAsync(bot, period.Both)),
            ["ratings"] = RatingsOf(period, await run.Db.CountRatingsByDayAsync(bot, period.Both)),
            ["period"] = period.Text,
        };
    }

    private static JsonObject Compared(ReportPeriod period, DayTotals both)
    {
        var (current, previous) = period.Split(both);
        return new JsonObject { ["current"] = current, ["previous"] = previous, ["change"] = current - previous, ["breakdown"] = period.Breakdown(both) };
    }

    private static JsonObject RatingsOf(ReportPeriod period, RatingTotals ratings)
    {
        var (up, down, all) = (period.Split(ratings.Up).Current, period.Split(ratings.Down).Current, period.Split(ratings.All));
        return new JsonObject
        {
            ["thumbsUp"] = up,
            ["thumbsDown"] = down,
            ["total"] = all.Current,
            ["change"] = all.Current - all.Previous,
            ["sentimentSignal"] = Sentiment(up, down),
            ["breakdown"] = RatingDays(period, ratings),
        };
    }

    /// <summary>Returns the ratings of each day.</summary>
    public static JsonArray RatingDays(ReportPeriod period, RatingTotals ratings) =>
    [
        .. ratings.Up.Last(period.Days.Count).Days.Zip(ratings.Down.Last(period.Days.Count).Days, static (up, down) => new JsonObject
        {
            ["date"] = ReportPeriod.DateOf(up.Day),
            ["total"] = up.Total + down.Total,
            ["thumbsUp"] = up.Total,
            ["thumbsDown"] = down.Total,
        }),
    ];

    private static async ValueTask<JsonObject> QualityAsync(ReportRun run)
    {
        var (bot, period) = (await run.BotAsync(), run.Period());
        var depths = await run.Db.CountDepthsAsync(bot, period.Days);
        return new JsonObject
        {
            ["avgMessagesPerConversation"] = new JsonObject
            {
                ["user"] = ReportPeriod.Average(depths.User, depths.Count),
                ["bot"] = ReportPeriod.Average(depths.Bot, depths.Count),
                ["activity"] = ReportPeriod.Average(depths.Activities, depths.Count),
            },
            ["conversationDepth"] = new JsonObject
            {
                ["singleTurn"] = depths.Single,
                ["short"] = depths.Short,
                ["medium"] = depths.Medium,
                ["long"] = depths.Long,
            },
            ["totalConversations"] = depths.Count,
            ["abandonmentRate"] = ReportPeriod.Average(depths.Single * 100.0, depths.Count),
            ["avgTokensPerConversation"] = ReportPeriod.Average(depths.Tokens, depths.Count),
            ["avgTokensPerMessage"] = ReportPeriod.Average(depths.Tokens, depths.User + depths.Bot),
            ["topActions"] = await TopActionsAsync(run, bot, period),
            ["period"] = period.Text,
        };
    }

    /// <summary>Returns the most frequent actions in the newest conversations. A call counts once, and not again with its result.</summary>
    public static async ValueTask<JsonArray> TopActionsAsync(ReportRun run, UsageScope scope, ReportPeriod period)
    {
        var names = (await run.Db.ListActionsAsync(scope, period.Days))
            .Select(static meta => ToolActivity.Parse(JsonElement.Parse(meta, JsonRules.Stored)))
            .Where(static activity => activity?.Kind == ToolActivity.Request).Select(static activity => activity!.Name);
        return
        [
            .. names.CountBy(static name => name).OrderByDescending(static one => one.Value).ThenBy(static one => one.Key, StringComparer.Ordinal).Take(TopActions)
                .Select(static one => new JsonObject { ["type"] = "function", ["name"] = one.Key, ["count"] = one.Value }),
        ];
    }

    private static async ValueTask<JsonObject> ComplaintsAsync(ReportRun run)
    {
        var (bot, period) = (await run.BotAsync(), run.Period());
        var take = run.Input.Number("limit", DefaultItems, ReportInput.MaxIds);
        var ratings = await run.Db.CountRatingsByDayAsync(bot, period.Days);
        var items = await run.Db.ListComplaintsAsync(run.AccountId, bot.BotId!, period.Days, take);
        return new JsonObject
        {
            ["items"] = new JsonArray([.. items.Select(static one => ItemOf(one.Rating, one.Contact))]),
            ["total"] = ratings.All.Sum,
            ["thumbsDown"] = ratings.Down.Sum,
            ["thumbsUp"] = ratings.Up.Sum,
            ["period"] = period.Text,
        };
    }

    private static JsonObject ItemOf(RatingRow rating, string? contact) => new()
    {
        ["id"] = rating.Id,
        ["value"] = rating.Value,
        ["reason"] = rating.Reason,
        ["conversationId"] = rating.ConversationId,
        ["messageId"] = rating.MessageId,
        ["contactId"] = rating.ContactId,
        ["contactName"] = contact is null ? null : JsonNode.Parse(contact)?["name"]?.DeepClone(),
        ["createdAt"] = DateTimeOffset.FromUnixTimeMilliseconds(rating.CreatedAt).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture),
    };
}
