using System.Globalization;

namespace ChatBotKit.Bench.Harness;

/// <summary>A number of one measurement.</summary>
internal readonly record struct Metric(string Name, string Unit, double Value);

/// <summary>The result of one measurement.</summary>
internal sealed record Sample(IReadOnlyList<Metric> Metrics, int Errors = 0);

/// <summary>The numbers of all rounds of one metric.</summary>
internal sealed record Spread(double Median, double Min, double Max)
{
    public static Spread Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        var middle = sorted.Length / 2;
        var median = sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[^1]);
    }

    public override string ToString() => $"{Format(Median)} ({Format(Min)}–{Format(Max)})";

    private static string Format(double value) => value.ToString(
        Math.Abs(value) switch { >= 100 => "N0", >= 10 => "N1", >= 1 => "N2", _ => "N3" }, CultureInfo.InvariantCulture);
}
