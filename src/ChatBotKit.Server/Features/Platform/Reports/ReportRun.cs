using System.Globalization;
using System.Text.Json.Nodes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Bots;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Platform.Reports;

/// <summary>The generation of one report.</summary>
/// <param name="Db">The connection.</param>
/// <param name="AccountId">The account.</param>
/// <param name="Input">The parameters.</param>
/// <param name="Now">The current time.</param>
internal sealed record ReportRun(ISqlSession Db, string AccountId, ReportInput Input, DateTimeOffset Now)
{
    public UsageScope Account => new(AccountId);

    /// <summary>Returns the period of the report. Its last day is today, in UTC.</summary>
    /// <exception cref="ApiException">400: the number of days is invalid.</exception>
    public ReportPeriod Period(int fallback = ReportInput.DefaultDays, int max = ReportInput.MaxDays)
    {
        var days = Input.Days(fallback, max);
        return new ReportPeriod(DayRange.Until(Now, days), DayRange.Until(Now, days * 2), $"last {days} days");
    }

    /// <summary>Finds the bot of the report.</summary>
    /// <exception cref="ApiException">400: the id is missing; 404: the account has no such bot.</exception>
    public async ValueTask<UsageScope> BotAsync() =>
        await Db.FindOwnAsync(BotKind.Name, Input.Id("botId"), AccountId) is { } bot
            ? new UsageScope(AccountId, bot.Id)
            : throw ApiException.NotFound("Bot");
}

/// <summary>The period of a report.</summary>
/// <param name="Days">Its days.</param>
/// <param name="Both">Its days, and as many before them.</param>
/// <param name="Text">The period in words.</param>
internal sealed record ReportPeriod(DayRange Days, DayRange Both, string Text)
{
    public DayRange Before => new(Both.First, Days.First - 1);

    /// <summary>Returns the sum of the period, and the sum of the one before it, from the totals of both.</summary>
    public (long Current, long Previous) Split(DayTotals both)
    {
        var current = both.Last(Days.Count).Sum;
        return (current, both.Sum - current);
    }

    /// <summary>Returns the number of the period, its change, and the number of each day.</summary>
    public JsonObject Metric(DayTotals both)
    {
        var (current, previous) = Split(both);
        return new JsonObject
        {
            ["value"] = current,
            ["change"] = current - previous,
            ["period"] = Text,
            ["breakdown"] = Breakdown(both),
        };
    }

    /// <summary>Returns the number of each day of the period.</summary>
    public JsonArray Breakdown(DayTotals both) =>
        [.. both.Last(Days.Count).Days.Select(static day => new JsonObject { ["date"] = DateOf(day.Day), ["total"] = day.Total })];

    public static string DateOf(long day) => DayRange.TimeOf(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Divides, with two decimals; 0 when there is nothing to divide by.</summary>
    public static double Average(double sum, double count) => count == 0 ? 0 : Math.Round(sum / count, 2);
}
