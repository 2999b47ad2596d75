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

    /// <summary>The report that counts the records of datasets.</summary>
    private const string RecordsReport = "cm7k3m5n8k000008jq7h9e5b1a";

    private const int MostDatasets = 100;
    private const int ShownDatasets = 10;

    public static void MapUsage(this IEndpointRouteBuilder routes)
    {
        routes.Show("/usage", ShowAsync);
        routes.Show("/usage/days.csv", ExportAsync);
    }

    private static Task<IResult> ShowAsync(Page page)
    {
        var days = UsagePeriods.Of(page);
        return days == UsagePeriods.OfHours ? ShowHoursAsync(page) : ShowDaysAsync(page, days);
    }

    private static async Task<IResult> ShowHoursAsync(Page page)
    {
        var (usage, hours, top, records) = (page.Api.Usage.FetchAsync(page.Aborted), HourFigures.ReadAsync(page), TopBotsAsync(page, days: 1), RecordsAsync(page));
        await Task.WhenAll(usage, hours, top, records);
        var slots = (await hours).Select(UsageSlot.Of).ToList();
        return page.View<UsageView, UsagePage>(new UsagePage
        {
            Days = UsagePeriods.OfHours,
            Month = await usage,
            Plots = await HourFigures.PlotsAsync(page, await hours, await top),
            Ends = Figures.EndsOf(slots),
            Records = await records,
            Bots = await top,
            Runs = [.. slots.Where(static hour => hour.Runs > 0).Reverse()],
        });
    }

    private static async Task<IResult> ShowDaysAsync(Page page, int days)
    {
        var (api, token) = (page.Api, page.Aborted);
        var usage = api.Usage.FetchAsync(token);
        var series = api.Usage.Series.FetchAsync(token);
        var runs = api.Usage.Series.FetchRunsAsync(new() { PeriodDays = days }, token);
        var top = TopBotsAsync(page, days);
        var reports = ReportsAsync(page, days);
        var records = RecordsAsync(page);
        await Task.WhenAll(usage, series, runs, top, reports, records);
        var slots = (await runs).Days.Select(UsageSlot.Of).ToList();
        return page.View<UsageView, UsagePage>(new UsagePage
        {
            Days = days,
            Month = await usage,
            Plots =
            [
                await MessagesByBot.ReadAsync(page, await top, (await series).Messages, days),
                Figures.TokensOf(Figures.DaysOf(slots), slots),
                .. PlotsOf(await reports),
                Figures.TimesOf(Figures.DaysOf(slots), slots),
            ],
            Ends = Figures.EndsOf(slots),
            Records = await records,
            Bots = await top,
            Runs = [.. slots.Where(static day => day.Runs > 0).Reverse()],
        });
    }

    private static async Task<IReadOnlyList<TopBot>> TopBotsAsync(Page page, int days)
    {
        var report = await page.Api.Platform.Report.GenerateAsync(
            TopBotsReport, new JsonObject { ["periodDays"] = days, ["topBotsLimit"] = TopBots }, page.Aborted);
        return [.. report["topBots"]!.AsArray().Select(static bot => TopBot.From(bot!.AsObject()))];
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

    /// <summary>Writes the numbers of each day as CSV. It has no names, which could be formulas in the program that opens it.</summary>
    private static async Task<IResult> ExportAsync(Page page)
    {
        var days = UsagePeriods.Of(page);
        if (days == UsagePeriods.OfHours)
            return Results.File(HourFigures.CsvOf(await HourFigures.ReadAsync(page)), "text/csv; charset=utf-8", "usage-hours.csv");
        var series = await page.Api.Usage.Series.FetchAsync(page.Aborted);
        var runs = await page.Api.Usage.Series.FetchRunsAsync(new() { PeriodDays = days }, page.Aborted);
        var lines = series.Tokens.Zip(series.Conversations, series.Messages).TakeLast(days).Zip(runs.Days)
            .Select(static day => string.Create(
                CultureInfo.InvariantCulture,
                $"{PlotTimes.TextOf(Figures.DayOf(day.First.First.Date))},{day.First.First.Total},{day.First.Second.Total},{day.First.Third.Total},{day.Second.InputTokens},{day.Second.OutputTokens}"));
        var text = string.Join("\r\n", lines.Prepend("day,tokens,conversations,messages,inputTokens,outputTokens").Append(""));
        return Results.File(Encoding.UTF8.GetBytes(text), "text/csv; charset=utf-8", "usage.csv");
    }
}

/// <summary>The content of the page.</summary>
public sealed record UsagePage
{
    /// <summary>Gets the number of days of the figures; 1 when they are those of the last 24 hours.</summary>
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

    /// <summary>Gets the days or hours with runs, the newest first.</summary>
    public required IReadOnlyList<UsageSlot> Runs { get; init; }
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
