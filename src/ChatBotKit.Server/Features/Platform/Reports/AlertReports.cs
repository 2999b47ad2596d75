using System.Globalization;
using System.Text.Json.Nodes;
using ChatBotKit.Server.Data;

namespace ChatBotKit.Server.Features.Platform.Reports;

/// <summary>Reports on what an owner should look at: unusual use and bad ratings.</summary>
internal static class AlertReports
{
    private const int FewestRatings = 10;

    public static IReadOnlyList<Report> All { get; } =
    [
        new(
            "clr3m5n8k000f08jqcs1u2v6p", "Alerts", "Lists unusual use and bad ratings of the account.",
            static run => AlertsAsync(run, run.Account)),
        new(
            "clr3m5n8k000i08jqfv3w4x9s", "Alerts of a bot", "Lists unusual use and bad ratings of a bot.",
            static async run => await AlertsAsync(run, await run.BotAsync())),
    ];

    private static async ValueTask<JsonObject> AlertsAsync(ReportRun run, UsageScope scope)
    {
        var period = run.Period();
        var conversations = await run.Db.CountConversationsByDayAsync(scope, period.Both);
        var ratings = await run.Db.CountRatingsByDayAsync(scope, period.Days);
        List<JsonObject?> all =
        [
            Spike(period, await run.Db.SumTokensByDayAsync(scope, period.Days), "tokens"),
            Spike(period, conversations, "conversations"),
            Spike(period, (await run.Db.CountMessagesByDayAsync(scope, period.Days)).Said, "messages"),
            Complaints(ratings.Up.Sum, ratings.Down.Sum),
            Growth(period.Split(conversations)),
        ];
        var alerts = all.OfType<JsonObject>().ToList();
        return new JsonObject
        {
            ["alerts"] = new JsonArray([.. alerts]),
            ["summary"] = new JsonObject
            {
                ["totalAlerts"] = alerts.Count,
                ["criticalCount"] = CountOf(alerts, "critical"),
                ["warningCount"] = CountOf(alerts, "warning"),
                ["infoCount"] = CountOf(alerts, "info"),
            },
            ["period"] = period.Text,
        };
    }

    private static int CountOf(List<JsonObject> alerts, string severity) => alerts.Count(alert => alert["severity"]!.GetValue<string>() == severity);

    /// <summary>Compares today with the average of the days before it; null when today is less than 20 % above it.</summary>
    private static JsonObject? Spike(ReportPeriod period, DayTotals totals, string metric)
    {
        var days = totals.Last(period.Days.Count).Days.Select(static day => day.Total).ToList();
        if (days.Count < 3 || days.SkipLast(1).Average() is not (> 0 and var average))
            return null;
        var percentage = Math.Round((days[^1] - average) / average * 100, 1);
        return percentage < 20 ? null : Alert(
            "usageSpike", percentage >= 100 ? "critical" : percentage >= 50 ? "warning" : "info", $"More {metric} than usual",
            $"Today has {Text(days[^1])} {metric}, {Text(percentage)} % more than the average of {Text(Math.Round(average, 1))} a day.",
            days[^1], Math.Round(average, 2), percentage);
    }

    /// <summary>Returns null when there are few ratings, or less than 30 % of them are bad.</summary>
    private static JsonObject? Complaints(long up, long down)
    {
        var percentage = ReportPeriod.Average(down * 100.0, up + down);
        return up + down < FewestRatings || percentage < 30 ? null : Alert(
            "negativeFeedback", percentage >= 50 ? "critical" : "warning", "Many bad ratings",
            $"{Text(down)} of {Text(up + down)} ratings are bad.", down, up + down, percentage);
    }

    /// <summary>Returns null when there were fewer than three times as many conversations as in the period before.</summary>
    private static JsonObject? Growth((long Current, long Previous) conversations)
    {
        var percentage = ReportPeriod.Average((conversations.Current - conversations.Previous) * 100.0, conversations.Previous);
        return percentage < 200 ? null : Alert(
            "activity", "info", "Many more conversations",
            $"The period has {Text(conversations.Current)} conversations, and the one before it had {Text(conversations.Previous)}.",
            conversations.Current, conversations.Previous, percentage);
    }

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);

    private static JsonObject Alert(string type, string severity, string title, string message, double current, double baseline, double percentage) => new()
    {
        ["type"] = type,
        ["severity"] = severity,
        ["title"] = title,
        ["message"] = message,
        ["metric"] = new JsonObject { ["current"] = current, ["baseline"] = baseline, ["percentage"] = percentage },
    };
}
