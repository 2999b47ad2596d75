using System.Text.Json.Nodes;
using ChatBotKit.AdminConsole.Plots;
using ChatBotKit.AdminConsole.Usage;
using ChatBotKit.AdminConsole.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ChatBotKit.AdminConsole.Bots;

/// <summary>The usage of a bot, its ratings, and the ends of its runs.</summary>
internal static class BotUsagePages
{
    public static void MapBotUsage(this IEndpointRouteBuilder routes) => routes.Show("/bots/{botId}/usage", ShowAsync);

    private static async Task<IResult> ShowAsync(Page page)
    {
        var (id, days) = (page.Value("botId"), UsagePeriods.Of(page));
        var bot = page.Api.Bot.FetchAsync(id, page.Aborted);
        var figures = days == UsagePeriods.OfHours ? HoursAsync(page, id) : DaysAsync(page, id, days);
        await Task.WhenAll(bot, figures);
        var (plots, slots) = await figures;
        return page.View<BotUsageView, BotUsage>(new BotUsage(await bot, days, plots, Figures.EndsOf(slots)));
    }

    private static async Task<(IReadOnlyList<Plot> Plots, IReadOnlyList<UsageSlot> Slots)> HoursAsync(Page page, string botId)
    {
        var hours = await HourFigures.ReadAsync(page, botId);
        return (HourFigures.PlotsOf(hours), [.. hours.Select(UsageSlot.Of)]);
    }

    private static async Task<(IReadOnlyList<Plot> Plots, IReadOnlyList<UsageSlot> Slots)> DaysAsync(Page page, string botId, int days)
    {
        var report = MessagesByBot.ReportAsync(page, botId, days);
        var runs = page.Api.Usage.Series.FetchRunsAsync(new() { PeriodDays = days, BotId = botId }, page.Aborted);
        await Task.WhenAll(report, runs);
        var slots = (await runs).Days.Select(UsageSlot.Of).ToList();
        return ([.. PlotsOf(await report, Figures.TokensOf(Figures.DaysOf(slots), slots)), Figures.TimesOf(Figures.DaysOf(slots), slots)], slots);
    }

    private static IEnumerable<Plot> PlotsOf(JsonObject report, Plot tokens)
    {
        yield return PlotOf("Messages", "messages");
        yield return tokens;
        yield return PlotOf("Conversations", "conversations");
        var ratings = report["ratings"]!.AsObject();
        yield return new("Ratings", Figures.DaysOf(ratings), [Figures.SeriesOf("good", ratings, "thumbsUp"), Figures.SeriesOf("bad", ratings, "thumbsDown")]);

        Plot PlotOf(string name, string field) => new(name, Figures.DaysOf(report[field]!.AsObject()), [Figures.SeriesOf(name, report[field]!.AsObject())]);
    }
}

/// <summary>The usage of a bot.</summary>
/// <param name="Bot">The bot.</param>
/// <param name="Days">The number of days; 1 for the last 24 hours.</param>
/// <param name="Plots">The plots.</param>
/// <param name="Ends">The number of runs by the reason of their end.</param>
public sealed record BotUsage(BotItem Bot, int Days, IReadOnlyList<Plot> Plots, IReadOnlyList<Bar> Ends);
