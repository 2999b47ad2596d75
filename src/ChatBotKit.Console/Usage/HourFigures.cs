using System.Globalization;
using System.Text;
using ChatBotKit.AdminConsole.Plots;
using ChatBotKit.AdminConsole.Web;

namespace ChatBotKit.AdminConsole.Usage;

/// <summary>The usage of the last 24 hours, hour by hour. Ratings and active contacts are counted by days only.</summary>
internal static class HourFigures
{
    /// <summary>The number of bots with a part of their own.</summary>
    private const int Bots = 5;

    public static async Task<IReadOnlyList<UsageHour>> ReadAsync(Page page, string? botId = null) =>
        (await page.Api.Usage.Series.FetchHoursAsync(new() { PeriodHours = UsagePeriods.Hours, BotId = botId }, page.Aborted)).Hours;

    /// <summary>Returns the plots of hours, with the messages divided into those of some bots and the rest.</summary>
    public static async Task<IReadOnlyList<Plot>> PlotsAsync(Page page, IReadOnlyList<UsageHour> hours, IReadOnlyList<TopBot> bots)
    {
        var parts = (await Task.WhenAll(bots.Take(Bots).Select(bot => PartAsync(page, bot)))).OfType<PlotSeries>().Where(part => part.Values.Count == hours.Count);
        return PlotsOf(hours, MessagesByBot.Divide([.. parts], new("Messages", [.. hours.Select(static hour => (long?)hour.Messages)])));
    }

    /// <summary>Returns the plots of hours.</summary>
    /// <param name="hours">The hours.</param>
    /// <param name="messages">The messages, in one or several series; null for one.</param>
    public static IReadOnlyList<Plot> PlotsOf(IReadOnlyList<UsageHour> hours, IReadOnlyList<PlotSeries>? messages = null)
    {
        var times = PlotTimes.Of(hours.Select(static hour => hour.Date));
        var slots = hours.Select(UsageSlot.Of).ToList();
        return
        [
            new("Messages of runs", times, messages ?? [new("Messages", [.. hours.Select(static hour => (long?)hour.Messages)])]),
            Figures.TokensOf(times, slots),
            new("New conversations", times, [new("Conversations", [.. hours.Select(static hour => (long?)hour.Conversations)])]),
            Figures.TimesOf(times, slots),
        ];
    }

    /// <summary>Writes the numbers of each hour as CSV. It has no names, which could be formulas in the program that opens it.</summary>
    public static byte[] CsvOf(IReadOnlyList<UsageHour> hours)
    {
        var lines = hours.Select(static hour => string.Create(
            CultureInfo.InvariantCulture, $"{hour.Date.UtcDateTime:yyyy-MM-dd HH:mm},{hour.InputTokens},{hour.OutputTokens},{hour.Conversations},{hour.Messages},{hour.Runs}"));
        return Encoding.UTF8.GetBytes(string.Join("\r\n", lines.Prepend("hour,inputTokens,outputTokens,conversations,messages,runs").Append("")));
    }

    /// <summary>Returns the messages of a bot; null when it was deleted meanwhile.</summary>
    private static async Task<PlotSeries?> PartAsync(Page page, TopBot bot)
    {
        try
        {
            return new(bot.Name.Or(bot.Id), [.. (await ReadAsync(page, bot.Id)).Select(static hour => (long?)hour.Messages)]);
        }
        catch (ChatBotKitException exception) when (exception.StatusCode == System.Net.HttpStatusCode.NotFound)
        {
            return null;
        }
    }
}
