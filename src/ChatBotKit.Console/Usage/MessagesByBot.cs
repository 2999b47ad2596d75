using System.Text.Json.Nodes;
using ChatBotKit.AdminConsole.Plots;
using ChatBotKit.AdminConsole.Web;

namespace ChatBotKit.AdminConsole.Usage;

/// <summary>The messages of each day, divided into those of the bots with the most tokens and the rest.</summary>
internal static class MessagesByBot
{
    /// <summary>The number of bots with a part of their own: each takes a request, and a plot with more parts can't be read.</summary>
    private const int Bots = 5;

    /// <summary>The report with the messages of a bot, day by day.</summary>
    private const string BotReport = "clr3m5n8k000g08jqdt1u2v7q";

    public static async Task<Plot> ReadAsync(Page page, IReadOnlyList<TopBot> bots, IReadOnlyList<UsageSeriesPoint> all, int days)
    {
        var parts = await Task.WhenAll(bots.Take(Bots).Select(bot => PartAsync(page, bot, days)));
        var found = parts.OfType<PlotSeries>().Where(part => part.Values.Count == days).ToList();
        return new Plot("Messages", [.. all.TakeLast(days).Select(point => Figures.DayOf(point.Date))], Divide(found, Figures.SeriesOf("Messages", all, days)));
    }

    /// <summary>Returns the parts, and what they leave of the total.</summary>
    public static IReadOnlyList<PlotSeries> Divide(IReadOnlyList<PlotSeries> parts, PlotSeries total)
    {
        var rest = total.Values.Select((value, at) => (long?)Math.Max(0, (value ?? 0) - parts.Sum(part => part.Values[at] ?? 0)));
        return [.. parts, new PlotSeries(parts.Count == 0 ? "all" : "other", [.. rest])];
    }

    /// <summary>Returns the messages of a bot; null when it was deleted meanwhile.</summary>
    private static async Task<PlotSeries?> PartAsync(Page page, TopBot bot, int days)
    {
        try
        {
            return Figures.SeriesOf(bot.Name.Or(bot.Id), (await ReportAsync(page, bot.Id, days))["messages"]!.AsObject());
        }
        catch (ChatBotKitException exception) when (exception.StatusCode == System.Net.HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    public static Task<JsonObject> ReportAsync(Page page, string botId, int days) =>
        page.Api.Platform.Report.GenerateAsync(BotReport, new JsonObject { ["botId"] = botId, ["periodDays"] = days }, page.Aborted);
}
