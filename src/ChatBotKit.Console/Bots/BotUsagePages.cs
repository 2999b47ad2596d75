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
        var (id, days) = (page.Value("botId"), UsagePages.DaysOf(page));
        var bot = page.Api.Bot.FetchAsync(id, page.Aborted);
        var report = MessagesByBot.ReportAsync(page, id, days);
        var runs = page.Api.Usage.Series.FetchRunsAsync(new() { PeriodDays = days, BotId = id }, page.Aborted);
        await Task.WhenAll(bot, report, runs);
        return page.View<BotUsageView, BotUsage>(new BotUsage(
            await bot, days, [.. PlotsOf(await report), Figures.TimesOf((await runs).Days)], Figures.EndsOf((await runs).Days)));
    }

    private static IEnumerable<Plot> PlotsOf(JsonObject report)
    {
        foreach (var (name, field) in new[] { ("Messages", "messages"), ("Tokens", "tokens"), ("Conversations", "conversations") })
            yield return new(name, Figures.DaysOf(report[field]!.AsObject()), [Figures.SeriesOf(name, report[field]!.AsObject())]);
        var ratings = report["ratings"]!.AsObject();
        yield return new("Ratings", Figures.DaysOf(ratings), [Figures.SeriesOf("good", ratings, "thumbsUp"), Figures.SeriesOf("bad", ratings, "thumbsDown")]);
    }
}

/// <summary>The usage of a bot.</summary>
/// <param name="Bot">The bot.</param>
/// <param name="Days">The number of days.</param>
/// <param name="Plots">The plots.</param>
/// <param name="Ends">The number of runs by the reason of their end.</param>
public sealed record BotUsage(BotItem Bot, int Days, IReadOnlyList<Plot> Plots, IReadOnlyList<Bar> Ends);
