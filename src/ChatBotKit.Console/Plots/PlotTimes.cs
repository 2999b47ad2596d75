using System.Globalization;

namespace ChatBotKit.AdminConsole.Plots;

/// <summary>The days or hours of a plot in UTC, oldest first.</summary>
public sealed record PlotTimes
{
    private readonly bool _areHours;

    private PlotTimes(IReadOnlyList<string> labels, bool areHours) => (Labels, _areHours) = (labels, areHours);

    /// <summary>Gets each day or hour as text.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>Gets the number of days or hours.</summary>
    public int Count => Labels.Count;

    /// <summary>Gets the whole period as text, such as <c>7 days</c>.</summary>
    public string Period => $"{Count} {(_areHours ? "hours" : "days")}";

    /// <summary>Gets the heading of a column with the days or hours.</summary>
    public string Heading => _areHours ? "Hour (UTC)" : "Day (UTC)";

    /// <summary>Creates the times of days.</summary>
    public static PlotTimes Of(IEnumerable<DateOnly> days) => new([.. days.Select(TextOf)], areHours: false);

    /// <summary>Creates the times of hours.</summary>
    public static PlotTimes Of(IEnumerable<DateTimeOffset> hours) =>
        new([.. hours.Select(static hour => hour.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture))], areHours: true);

    /// <summary>Returns a day as the API writes it.</summary>
    public static string TextOf(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Returns when something was, such as <c>on 2026-03-28</c>.</summary>
    public string At(int time) => $"{(_areHours ? "at" : "on")} {Labels[time]}";
}
