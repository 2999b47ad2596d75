using System.Globalization;

namespace ChatBotKit.AdminConsole.Plots;

/// <summary>Numbers of some days or hours, in one or several series.</summary>
/// <param name="Name">The name of the numbers.</param>
/// <param name="Times">The days or hours.</param>
/// <param name="Series">The series. Each has a value for each day or hour.</param>
public sealed record Plot(string Name, PlotTimes Times, IReadOnlyList<PlotSeries> Series)
{
    /// <summary>Initializes a new instance of the <see cref="Plot"/> class with numbers of days, oldest first.</summary>
    public Plot(string name, IReadOnlyList<DateOnly> days, IReadOnlyList<PlotSeries> series)
        : this(name, PlotTimes.Of(days), series)
    {
    }

    /// <summary>Gets whether the series are lines. Otherwise, each day or hour has a bar, in which the series are stacked.</summary>
    public bool HasLines { get; init; }

    /// <summary>Gets whether the sum of the days or hours means something. It does not for times, and for people who come again.</summary>
    public bool AddsUp { get; init; } = true;

    /// <summary>Gets the unit behind the numbers; empty for counts.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Gets whether there was more than was read.</summary>
    public bool IsPart { get; init; }

    /// <summary>Gets whether the numbers are counts, of which 0 is none.</summary>
    public bool IsCount => Unit.Length == 0;

    /// <summary>Gets the highest value that is drawn: of a line, or of a stack of bars.</summary>
    public double Top => HasLines
        ? Series.SelectMany(one => one.Values).Max(value => (double)(value ?? 0))
        : Enumerable.Range(0, Times.Count).Select(day => Series.Sum(one => (double)(one.Values[day] ?? 0))).DefaultIfEmpty().Max();

    /// <summary>Gets the sentence that describes the plot: the sums of numbers that add up, and the highest value of others.</summary>
    public string Sentence => Series.Count == 1 ? $"{Name}: {SingleFinding(Series[0])}."
        : $"{Name} in {Times.Period}{(AddsUp ? "" : ", at most")}: {string.Join("; ", Series.Select(one => $"{one.Name} {Finding(one)}"))}.";

    /// <summary>Returns a value for people; a dash for none.</summary>
    public string TextOf(long? value) => value is { } number ? $"{number.ToString("N0", CultureInfo.InvariantCulture)}{(IsCount ? "" : " " + Unit)}" : "–";

    private string SingleFinding(PlotSeries series) => DayOfMost(series) is not { } day ? $"none in {Times.Period}"
        : AddsUp ? $"{SumOf(series)} in {Times.Period}, the most {Times.At(day)} with {TextOf(series.Values[day])}"
        : $"at most {TextOf(series.Values[day])} in {Times.Period}, {Times.At(day)}";

    private string Finding(PlotSeries series) => DayOfMost(series) is not { } day ? "none"
        : AddsUp ? $"{SumOf(series)}, the most {Times.At(day)} ({TextOf(series.Values[day])})"
        : $"{TextOf(series.Values[day])} {Times.At(day)}";

    private string SumOf(PlotSeries series) => series.Total.ToString("N0", CultureInfo.InvariantCulture) + (IsPart ? " or more" : "");

    /// <summary>Returns the place of the day with the highest value; null when nothing was counted or measured.</summary>
    private int? DayOfMost(PlotSeries series)
    {
        var most = series.Values.Max();
        return most is null || (most == 0 && IsCount) ? null : series.Values.ToList().IndexOf(most);
    }
}

/// <summary>A series of a plot.</summary>
/// <param name="Name">The name.</param>
/// <param name="Values">The value of each day; null for a day without one.</param>
public sealed record PlotSeries(string Name, IReadOnlyList<long?> Values)
{
    /// <summary>Gets the sum. It is wider than a value, because the sum of many large values has no room in one.</summary>
    public Int128 Total => Values.Aggregate(Int128.Zero, static (sum, value) => sum + (value ?? 0));
}
