using System.Globalization;
using System.Text.Json.Nodes;
using ChatBotKit.AdminConsole.Plots;

namespace ChatBotKit.AdminConsole.Usage;

/// <summary>Makes plots of the answers of the API.</summary>
internal static class Figures
{
    /// <summary>Returns the number of runs by the reason of their end, the most frequent first.</summary>
    public static IReadOnlyList<Bar> EndsOf(IEnumerable<UsageSlot> slots) =>
    [
        .. slots.SelectMany(static slot => slot.Reasons).GroupBy(static reason => reason.Key, StringComparer.Ordinal)
            .Select(static reason => new Bar(reason.Key, reason.Sum(static one => one.Value), Path: null))
            .OrderByDescending(static bar => bar.Value).ThenBy(static bar => bar.Name, StringComparer.Ordinal),
    ];

    /// <summary>Shows the tokens of prompts and of answers.</summary>
    public static Plot TokensOf(PlotTimes times, IReadOnlyList<UsageSlot> slots) => new("Tokens", times,
    [
        new("in prompts", [.. slots.Select(static slot => (long?)slot.InputTokens)]),
        new("in answers", [.. slots.Select(static slot => (long?)slot.OutputTokens)]),
    ]);

    /// <summary>Shows how long runs took: half of them, and 95 % of them, at most.</summary>
    public static Plot TimesOf(PlotTimes times, IReadOnlyList<UsageSlot> slots) =>
        new("Times of runs", times,
        [
            new("answer begins (half)", [.. slots.Select(static slot => slot.FirstToken?.P50)]),
            new("answer begins (95 %)", [.. slots.Select(static slot => slot.FirstToken?.P95)]),
            new("run ends (half)", [.. slots.Select(static slot => slot.Duration?.P50)]),
            new("run ends (95 %)", [.. slots.Select(static slot => slot.Duration?.P95)]),
        ])
        {
            HasLines = true,
            AddsUp = false,
            Unit = "ms",
        };

    /// <summary>Returns the days of runs.</summary>
    public static PlotTimes DaysOf(IEnumerable<UsageSlot> days) => PlotTimes.Of(days.Select(static day => DayOf(day.Date)));

    /// <summary>Returns the days of a report.</summary>
    public static IReadOnlyList<DateOnly> DaysOf(JsonObject report) =>
        [.. BreakdownOf(report).Select(static day => DateOnly.ParseExact(day["date"]!.GetValue<string>(), "yyyy-MM-dd", CultureInfo.InvariantCulture))];

    /// <summary>Returns the numbers of each day of a report.</summary>
    public static PlotSeries SeriesOf(string name, JsonObject report, string field = "total") =>
        new(name, [.. BreakdownOf(report).Select(day => (long?)day[field]!.GetValue<long>())]);

    /// <summary>Returns the last days of a series of the account.</summary>
    public static PlotSeries SeriesOf(string name, IReadOnlyList<UsageSeriesPoint> points, int days) =>
        new(name, [.. points.TakeLast(days).Select(static point => (long?)point.Total)]);

    public static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);

    private static IEnumerable<JsonObject> BreakdownOf(JsonObject report) => report["breakdown"]!.AsArray().Select(static day => day!.AsObject());
}
