using System.Globalization;

namespace ChatBotKit.Bench.Harness;

/// <summary>
/// A target for a metric: for the ratio of the server to the floor, for the difference between both, or for the server alone. A sample
/// with errors misses it.
/// </summary>
internal sealed record Target
{
    private readonly Basis _basis;
    private readonly bool _isLeast;
    private readonly double _limit;

    private Target(string metric, Basis basis, bool isLeast, double limit)
    {
        Metric = metric;
        _basis = basis;
        _isLeast = isLeast;
        _limit = limit;
    }

    public string Metric { get; }

    /// <summary>The server divided by the floor is at least this.</summary>
    public static Target AtLeast(string metric, double ratio) => new(metric, Basis.Ratio, isLeast: true, ratio);

    /// <summary>The server divided by the floor is at most this.</summary>
    public static Target AtMost(string metric, double ratio) => new(metric, Basis.Ratio, isLeast: false, ratio);

    /// <summary>The value of the server is at most this.</summary>
    public static Target NoMoreThan(string metric, double value) => new(metric, Basis.Itself, isLeast: false, value);

    /// <summary>The value of the server is at least this.</summary>
    public static Target NoLessThan(string metric, double value) => new(metric, Basis.Itself, isLeast: true, value);

    /// <summary>The value of the server is above that of the floor by at most this.</summary>
    public static Target NoMoreAbove(string metric, double difference) => new(metric, Basis.Difference, isLeast: false, difference);

    public string Judge(double ours, double floor, int errors)
    {
        var value = _basis switch { Basis.Ratio => ours / floor, Basis.Difference => ours - floor, _ => ours };
        var holds = errors == 0 && (_isLeast ? value >= _limit : value <= _limit);
        return string.Create(CultureInfo.InvariantCulture,
            $"{(_isLeast ? '≥' : '≤')} {_limit:0.##}{_basis switch { Basis.Ratio => "", Basis.Difference => " above it", _ => " as it is" }}: {(holds ? "met" : "missed")}");
    }

    private enum Basis
    {
        Ratio,
        Difference,
        Itself,
    }
}
