using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using ChatBotKit.AdminConsole.Plots;
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

    /// <summary>The report that counts the records of datasets.</summary>
    private const string RecordsReport = "cm7k3m5n8k000008jq7h9e5b1a";

    private const int MostDatasets = 100;
    private const int ShownDatasets = 10;

    public static void MapUsage(this IEndpointRouteBuilder routes)
    {
        routes.Show("/usage", ShowAsync);
        routes.Show("/usage/days.csv", ExportAsync);
    }

    /// <summary>Returns the number of days that the reader has chosen.</summary>
    public static int DaysOf(Page page) =>
        Periods.FirstOrDefault(one => one.ToString(CultureInfo.InvariantCulture) == page.Query("days"), DefaultDays);

    private static async Task<IResult> ShowAsync(Page page)
    {
        var (api, token, days) = (page.Api, page.Aborted, DaysOf(page));
        var usage = api.Usage.FetchAsync(token);
        var series = api.Usage.Series.FetchAsync(token);
        var runs = api.Usage.Series.FetchRunsAsync(new() { PeriodDays = days }, token);
        var top = api.Platform.Report.GenerateAsync(TopBotsReport, new JsonObject { ["periodDays"] = days, ["topBotsLimit"] = TopBots }, token);
        var reports = ReportsAsync(page, days);
        var records = RecordsAsync(page);
        await Task.WhenAll(usage, series, runs, top, reports, records);
        IReadOnlyList<TopBot> bots = [.. (await top)["topBots"]!.AsArray().Select(static bot => TopBot.From(bot!.AsObject()))];
        return page.View<UsageView, UsagePage>(new UsagePage
        {
            Days = days,
            Month = await usage,
            Plots =
            [
                await MessagesByBot.ReadAsync(page, bots, (await series).Messages, days),
                new("Tokens", DaysOf((await series).Tokens, days), [Figures.SeriesOf("Tokens", (await series).Tokens, days)]),
                .. PlotsOf(await reports),
                Figures.TimesOf((await runs).Days),
            ],
            Ends = Figures.EndsOf((await runs).Days),
            Records = await records,
            Bots = bots,
            Runs = [.. (await runs).Days.Where(static day => day.Runs > 0).Reverse()],
        });
    }

    private static async Task<IReadOnlyDictionary<string, JsonObject>> ReportsAsync(Page page, int days) => await page.Api.Platform.Report.GenerateBatchAsync(
        new[] { PlatformReportIds.TotalConversations, PlatformReportIds.ActiveContacts, PlatformReportIds.ThumbsUp, PlatformReportIds.ThumbsDown }
            .ToDictionary(static id => id, _ => new JsonObject { ["periodDays"] = days }),
        page.Aborted);

    private static IEnumerable<Plot> PlotsOf(IReadOnlyDictionary<string, JsonObject> reports)
    {
        var conversations = reports[PlatformReportIds.TotalConversations];
        var days = Figures.DaysOf(conversations);
        yield return new("Conversations and contacts", days, [Figures.SeriesOf("new conversations", conversations), Figures.SeriesOf("active contacts", reports[PlatformReportIds.ActiveContacts])])
        {
            HasLines = true,
            AddsUp = false,
        };
        yield return new("Ratings", days, [Figures.SeriesOf("good", reports[PlatformReportIds.ThumbsUp]), Figures.SeriesOf("bad", reports[PlatformReportIds.ThumbsDown])]);
    }

    /// <summary>Returns the datasets with the most records, of the newest ones.</summary>
    private static async Task<IReadOnlyList<Bar>> RecordsAsync(Page page)
    {
        var datasets = (await page.Api.Dataset.ListAsync(new() { Take = MostDatasets }, page.Aborted)).Items;
        if (datasets.Count == 0)
            return [];
        var names = datasets.ToDictionary(static one => one.Id, static one => one.Name.Or(one.Id), StringComparer.Ordinal);
        var report = await page.Api.Platform.Report.GenerateAsync(
            RecordsReport, new JsonObject { ["datasetIds"] = new JsonArray([.. names.Keys.Select(static id => JsonValue.Create(id))]) }, page.Aborted);
        return
        [
            .. report["breakdown"]!.AsArray().Select(one => (Id: one!["datasetId"]!.GetValue<string>(), Records: one["records"]!.GetValue<long>()))
                .OrderByDescending(static one => one.Records).Take(ShownDatasets)
                .Select(one => new Bar(names.GetValueOrDefault(one.Id, one.Id), one.Records, $"/datasets/{one.Id}")),
        ];
    }

    private static IReadOnlyList<DateOnly> DaysOf(IReadOnlyList<UsageSeriesPoint> points, int days) => [.. points.TakeLast(days).Select(static point => Figures.DayOf(point.Date))];

    /// <summary>Writes the numbers of each day as CSV. It has no names, which could be formulas in the program that opens it.</summary>
    private static async Task<IResult> ExportAsync(Page page)
    {
        var (series, days) = (await page.Api.Usage.Series.FetchAsync(page.Aborted), DaysOf(page));
        var lines = series.Tokens.Zip(series.Conversations, series.Messages).TakeLast(days)
            .Select(static day => string.Create(CultureInfo.InvariantCulture, $"{Plot.TextOf(Figures.DayOf(day.First.Date))},{day.First.Total},{day.Second.Total},{day.Third.Total}"));
        var text = string.Join("\r\n", lines.Prepend("day,tokens,conversations,messages").Append(""));
        return Results.File(Encoding.UTF8.GetBytes(text), "text/csv; charset=utf-8", "usage.csv");
    }
}

/// <summary>The content of the page.</summary>
public sealed record UsagePage
{
    /// <summary>Gets the number of days of the figures.</summary>
    public required int Days { get; init; }

    /// <summary>Gets the usage of the current month, and what is stored.</summary>
    public required UsageResponse Month { get; init; }

    /// <summary>Gets the plots of the period.</summary>
    public required IReadOnlyList<Plot> Plots { get; init; }

    /// <summary>Gets the number of runs by the reason of their end.</summary>
    public required IReadOnlyList<Bar> Ends { get; init; }

    /// <summary>Gets the datasets with the most records.</summary>
    public required IReadOnlyList<Bar> Records { get; init; }

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
