using System.Globalization;

namespace ChatBotKit.AdminConsole.Plots;

/// <summary>The places of the values of a plot in its picture, whose lower edge is zero.</summary>
internal sealed class PlotShape(Plot plot)
{
    public const int Width = 640;
    public const int Height = 160;

    /// <summary>The room above the highest value, for its mark.</summary>
    private const int Margin = 8;

    private const double WidestBar = 36;

    private readonly double _top = Math.Max(1, plot.Top);
    private readonly double _step = (double)Width / Math.Max(1, plot.Times.Count);

    /// <summary>Returns the bars of a series, on those of the series before it.</summary>
    public IEnumerable<(int Day, string X, string Y, string Width, string Height)> BarsOf(int series)
    {
        var width = Math.Min(WidestBar, _step * 0.72);
        for (var day = 0; day < plot.Times.Count; day++)
        {
            var value = plot.Series[series].Values[day] ?? 0;
            if (value <= 0)
                continue;
            var below = plot.Series.Take(series).Sum(one => (double)(one.Values[day] ?? 0));
            // A small value beside a huge one is still seen.
            var height = Math.Max(1, HeightOf(value));
            yield return (day, Text((_step * (day + 0.5)) - (width / 2)), Text(Math.Max(0, Height - HeightOf(below) - height)), Text(width), Text(height));
        }
    }

    /// <summary>Returns the line of a series, with a gap for each day without a value.</summary>
    public string LineOf(int series)
    {
        var (line, isDrawn) = (new System.Text.StringBuilder(), false);
        for (var day = 0; day < plot.Times.Count; day++)
        {
            if (plot.Series[series].Values[day] is { } value)
                line.Append(isDrawn ? 'L' : 'M').Append(X(day)).Append(' ').Append(Y(value));
            isDrawn = plot.Series[series].Values[day] is not null;
        }

        return line.ToString();
    }

    /// <summary>Returns the mark of a series around each of its values: its form tells the series apart without colors.</summary>
    public IEnumerable<(int Day, string Path)> MarksOf(int series)
    {
        for (var day = 0; day < plot.Times.Count; day++)
        {
            if (plot.Series[series].Values[day] is { } value)
                yield return (day, $"M{X(day)} {Y(value)}{FormOf(series)}");
        }
    }

    /// <summary>Returns the outline of a mark, from its middle.</summary>
    public static string FormOf(int series) => (series % 4) switch
    {
        0 => "m-3 0a3 3 0 1 0 6 0a3 3 0 1 0-6 0",
        1 => "m-3-3h6v6h-6z",
        2 => "m0-4l4 4l-4 4l-4-4z",
        _ => "m0-4l4 7h-8z",
    };

    private string X(int day) => Text(_step * (day + 0.5));

    private string Y(long value) => Text(Height - HeightOf(value));

    private double HeightOf(double value) => (Height - Margin) * Math.Max(0, value) / _top;

    private static string Text(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);
}
