using System.Text.Json.Nodes;
using ChatBotKit.AdminConsole.Overview;
using ChatBotKit.AdminConsole.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ChatBotKit.AdminConsole.Usage;

/// <summary>What the account has used: figures of a period, the bots with the most tokens, and how its runs ended.</summary>
internal static class UsagePages
{
    /// <summary>The report with the bots of the most tokens.</summary>
    private const string TopBotsReport = "pov1s2k3l4m5n6o7p8q9r0sov";

    private const int TopBots = 10;
    private const int DefaultDays = 30;

    public static readonly IReadOnlyList<int> Periods = [7, DefaultDays, 90];

    public static void MapUsage(this IEndpointRouteBuilder routes) => routes.Show("/usage", ShowAsync);

    private static async Task<IResult> ShowAsync(Page page)
    {
        var (api, token) = (page.Api, page.Aborted);
        var days = Periods.FirstOrDefault(one => one.ToString(System.Globalization.CultureInfo.InvariantCulture) == page.Query("days"), DefaultDays);
        var usage = api.Usage.FetchAsync(token);
        var series = api.Usage.Series.FetchAsync(token);
        var runs = api.Usage.Series.FetchRunsAsync(new() { PeriodDays = days }, token);
        var report = api.Platform.Report.GenerateAsync(TopBotsReport, new JsonObject { ["periodDays"] = days, ["topBotsLimit"] = TopBots }, token);
        await Task.WhenAll(usage, series, runs, report);
        return page.View<UsageView, UsagePage>(new UsagePage
        {
            Days = days,
            Month = await usage,
            Figures =
            [
                FigureOf("Tokens", (await series).Tokens, days), FigureOf("Conversations", (await series).Conversations, days),
                FigureOf("Messages", (await series).Messages, days),
            ],
            Bots = [.. (await report)["topBots"]!.AsArray().Select(static bot => TopBot.From(bot!.AsObject()))],
            Runs = [.. (await runs).Days.Where(static day => day.Runs > 0).Reverse()],
        });
    }

    private static Figure FigureOf(string name, IReadOnlyList<UsageSeriesPoint> points, int days)
    {
        var last = points.TakeLast(days).ToList();
        return new Figure(name, [.. last.Select(static point => DateOnly.FromDateTime(point.Date.UtcDateTime))], [.. last.Select(static point => point.Total)], IsPart: false);
    }
}

/// <summary>The content of the page.</summary>
public sealed record UsagePage
{
    /// <summary>Gets the number of days of the figures.</summary>
    public required int Days { get; init; }

    /// <summary>Gets the usage of the current month, and what is stored.</summary>
    public required UsageResponse Month { get; init; }

    /// <summary>Gets the figures of the period.</summary>
    public required IReadOnlyList<Figure> Figures { get; init; }

    /// <summary>Gets the bots with the most tokens.</summary>
    public required IReadOnlyList<TopBot> Bots { get; init; }

    /// <summary>Gets the days with runs, the newest first.</summary>
    public required IReadOnlyList<UsageRunDay> Runs { get; init; }
}

/// <summary>A bot with many tokens.</summary>
/// <param name="Id">The id.</param>
/// <param name="Name">The name.</param>
/// <param name="Tokens">The tokens in the period.</param>
/// <param name="Conversations">The new conversations in the period.</param>
/// <param name="Good">The good ratings in the period.</param>
/// <param name="Bad">The bad ratings in the period.</param>
public sealed record TopBot(string Id, string Name, long Tokens, long Conversations, long Good, long Bad)
{
    internal static TopBot From(JsonObject bot) => new(
        bot["id"]!.GetValue<string>(), bot["name"]!.GetValue<string>(), NumberOf(bot, "tokens"), NumberOf(bot, "conversations"), NumberOf(bot, "thumbsUp"),
        NumberOf(bot, "thumbsDown"));

    private static long NumberOf(JsonObject bot, string field) => bot[field]!.GetValue<long>();
}
