using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using ChatBotKit.Server.Data;

namespace ChatBotKit.Server.Features.Platform.Reports;

/// <summary>Reports that put several numbers together.</summary>
internal static class OverviewReports
{
    private const string ActivityMessages = "Activity messages";
    private const int DefaultItems = 5;
    private const int MaxItems = 50;

    private static readonly string[] WorkKinds = ["bot", "dataset", "skillset", "task", "portal", "blueprint"];

    public static IReadOnlyList<Report> All { get; } =
    [
        new(
            "clr3m5n8k000d08jqar7s8t4n", "Overview", "Shows ratings, contacts, conversations and messages as cards.",
            static async run => new JsonObject { ["data"] = new JsonArray([.. await CardsAsync(run)]) }),
        new("gpv2an25fuhe2k6v6ckv85v8", "Analytics", "Shows the cards of the overview, and tokens, top bots and top actions.", AnalyticsAsync),
        new("pov1s2k3l4m5n6o7p8q9r0sov", "Overview of the account", "Shows resources, usage, ratings, top bots and the newest resources.", AccountAsync),
    ];

    private static async ValueTask<List<JsonObject>> CardsAsync(ReportRun run)
    {
        var period = run.Period();
        var ratings = await run.Db.CountRatingsByDayAsync(run.Account, period.Both);
        var messages = await run.Db.CountMessagesByDayAsync(run.Account, period.Both);
        var contacts = await run.Db.CountActiveContactsAsync(run.AccountId, period.Days);
        return
        [
            Card(period, "Ratings", "Good and bad ratings", ratings.All, BotReports.RatingDays(period, ratings)),
            Card(
                period, "Active contacts", "Contacts whose conversations got messages", contacts,
                contacts - await run.Db.CountActiveContactsAsync(run.AccountId, period.Before),
                period.Breakdown(await run.Db.CountActiveContactsByDayAsync(run.AccountId, period.Days))),
            Card(period, "Conversations", "New conversations", await run.Db.CountConversationsByDayAsync(run.Account, period.Both)),
            Card(period, "Messages", "Messages of every type", messages.All),
            Card(period, "Messages of users", "Messages that users wrote", messages.User),
            Card(period, "Messages of bots", "Messages that bots wrote", messages.Bot),
            Card(period, ActivityMessages, "Calls of functions and their results", messages.Activities),
        ];
    }

    private static async ValueTask<JsonObject> AnalyticsAsync(ReportRun run)
    {
        var (period, cards) = (run.Period(), await CardsAsync(run));
        var tokens = Card(period, "Tokens", "Tokens of the models", await run.Db.SumTokensByDayAsync(run.Account, period.Both));
        var bots = await TopBotsAsync(run, period, DefaultItems);
        tokens["details"]!["list"] = new JsonArray([.. bots.Select(static bot => new JsonObject
        {
            ["id"] = bot.Id,
            ["name"] = bot.Name,
            ["description"] = $"{bot.Tokens.ToString(CultureInfo.InvariantCulture)} tokens",
        })]);
        cards.Add(tokens);
        var actions = cards.Find(static card => card["title"]!.GetValue<string>() == ActivityMessages)!;
        actions["details"]!["list"] = new JsonArray([.. (await BotReports.TopActionsAsync(run, run.Account, period)).Select(static action => new JsonObject
        {
            ["id"] = action!["name"]!.GetValue<string>(),
            ["name"] = action["name"]!.GetValue<string>(),
            ["description"] = $"{action["count"]!.GetValue<int>().ToString(CultureInfo.InvariantCulture)} calls",
        })]);
        return new JsonObject { ["data"] = new JsonArray([.. cards]) };
    }

    private static JsonObject Card(ReportPeriod period, string title, string description, DayTotals both, JsonArray? days = null)
    {
        var (current, previous) = period.Split(both);
        return Card(period, title, description, current, current - previous, days ?? period.Breakdown(both));
    }

    private static JsonObject Card(ReportPeriod period, string title, string description, long value, long change, JsonArray days) => new()
    {
        ["title"] = title,
        ["description"] = description,
        ["value"] = value,
        ["change"] = change,
        ["period"] = period.Text,
        ["details"] = new JsonObject { ["chart"] = new JsonObject { ["type"] = "line", ["data"] = days } },
    };

    private static async ValueTask<JsonObject> AccountAsync(ReportRun run)
    {
        var period = run.Period();
        var (top, recent) = (run.Input.Number("topBotsLimit", DefaultItems, MaxItems), run.Input.Number("recentWorkLimit", DefaultItems, MaxItems));
        var ratings = await run.Db.CountRatingsByDayAsync(run.Account, period.Both);
        var positive = period.Split(ratings.Up);
        return new JsonObject
        {
            ["period"] = period.Text,
            ["rangeLabel"] = $"{ReportPeriod.DateOf(period.Days.First)} to {ReportPeriod.DateOf(period.Days.Last)}",
            ["resources"] = new JsonObject
            {
                ["blueprints"] = await CountAsync(run, period, "blueprint"),
                ["portals"] = await CountAsync(run, period, "portal"),
                ["bots"] = await CountAsync(run, period, "bot"),
            },
            ["tokens"] = Plain(period, await run.Db.SumTokensByDayAsync(run.Account, period.Both)),
            ["conversations"] = Plain(period, await run.Db.CountConversationsByDayAsync(run.Account, period.Both)),
            ["messages"] = Plain(period, (await run.Db.CountMessagesByDayAsync(run.Account, period.Both)).All),
            ["negativeRatings"] = Plain(period, ratings.Down),
            ["positiveRatings"] = new JsonObject { ["value"] = positive.Current, ["change"] = positive.Current - positive.Previous },
            ["topBots"] = await DescribeAsync(run, period, await TopBotsAsync(run, period, top)),
            ["recentWork"] = await RecentAsync(run, recent),
        };
    }

    private static JsonObject Plain(ReportPeriod period, DayTotals both)
    {
        var metric = period.Metric(both);
        metric.Remove("period");
        return metric;
    }

    /// <summary>Counts the resources of a kind, and those that were created in the period.</summary>
    private static async ValueTask<JsonObject> CountAsync(ReportRun run, ReportPeriod period, string kind) => new()
    {
        ["value"] = await run.Db.CountCreatedAsync(run.AccountId, kind, 0, long.MaxValue),
        ["change"] = await run.Db.CountCreatedAsync(run.AccountId, kind, DayRange.TimeOf(period.Days.First).ToUnixTimeMilliseconds(), long.MaxValue),
    };

    /// <summary>Returns the bots with the most tokens. The name of a bot that is not the account's, or was deleted, is its id.</summary>
    private static async ValueTask<List<(string Id, string Name, long Tokens)>> TopBotsAsync(ReportRun run, ReportPeriod period, int take)
    {
        var top = await run.Db.ListTopBotsAsync(run.AccountId, period.Days, take);
        var names = (await run.Db.ListResourcesAsync(run.AccountId, [.. top.Select(static bot => bot.BotId)])).ToDictionary(static row => row.Id, NameOf);
        return top.ConvertAll(bot => (bot.BotId, names.GetValueOrDefault(bot.BotId) ?? bot.BotId, bot.Tokens));
    }

    private static async ValueTask<JsonArray> DescribeAsync(ReportRun run, ReportPeriod period, List<(string Id, string Name, long Tokens)> bots)
    {
        var ids = bots.ConvertAll(static bot => bot.Id);
        var days = (await run.Db.ListBotDaysAsync(run.AccountId, ids, period.Days)).ToLookup(static day => day.BotId);
        var ratings = (await run.Db.ListBotRatingsAsync(run.AccountId, ids, period.Days)).ToDictionary(static bot => bot.BotId);
        return [.. bots.Select(bot => Describe(period, bot, days[bot.Id], ratings.GetValueOrDefault(bot.Id)))];
    }

    private static JsonObject Describe(
        ReportPeriod period, (string Id, string Name, long Tokens) bot, IEnumerable<(string BotId, long Day, long Tokens, long Conversations)> days,
        (string BotId, long Up, long Down) ratings) => new()
        {
            ["id"] = bot.Id,
            ["name"] = bot.Name,
            ["tokens"] = bot.Tokens,
            ["conversations"] = days.Sum(static day => day.Conversations),
            ["thumbsUp"] = ratings.Up,
            ["thumbsDown"] = ratings.Down,
            ["thumbsUpRate"] = ratings.Up + ratings.Down == 0 ? null : ReportPeriod.Average(ratings.Up * 100.0, ratings.Up + ratings.Down),
            ["sparkline"] = new JsonArray([
                .. DayTotals.Of(period.Days, days.Select(static day => (day.Day, day.Tokens))).Days.Select(static day => JsonValue.Create(day.Total)),
            ]),
        };

    private static async ValueTask<JsonArray> RecentAsync(ReportRun run, int take)
    {
        var rows = new List<ResourceRow>();
        foreach (var kind in WorkKinds)
            rows.AddRange(await run.Db.ListNewestAsync(run.AccountId, kind, take));
        return
        [
            .. rows.OrderByDescending(static row => row.CreatedAt).ThenByDescending(static row => row.Id, StringComparer.Ordinal).Take(take).Select(static row => new JsonObject
            {
                ["id"] = row.Id,
                ["kind"] = row.Kind,
                ["name"] = NameOf(row),
                ["link"] = $"/v1/{row.Kind}/{row.Id}/fetch",
                ["createdAt"] = DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedAt).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            }),
        ];
    }

    private static string? NameOf(ResourceRow row) => JsonNode.Parse(Encoding.UTF8.GetString(row.Data))?["name"]?.GetValue<string>();
}
