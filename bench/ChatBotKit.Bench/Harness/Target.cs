using System.Globalization;

namespace ChatBotKit.Bench.Harness;

/// <summary>
/// A target for a metric, either for the ratio of the server to the floor or for the server alone. A sample with errors misses it.
/// </summary>
internal sealed record Target
{
    private readonly bool _isRatio;
    private readonly bool _isLeast;
    private readonly double _limit;

    private Target(string metric, bool isRatio, bool isLeast, double limit)
    {
        Metric = metric;
        _isRatio = isRatio;
        _isLeast = isLeast;
        _limit = limit;
    }

    public string Metric { get; }

    /// <summary>The server divided by the floor is at least this.</summary>
    public static Target AtLeast(string metric, double ratio) => new(metric, isRatio: true, isLeast: true, ratio);

    /// <summary>The server divided by the floor is at most this.</summary>
    public static Target AtMost(string metric, double ratio) => new(metric, isRatio: true, isLeast: false, ratio);

    /// <summary>The value of the server is at most this.</summary>
    public static Target NoMoreThan(string metric, double value) => new(metric, isRatio: false, isLeast: false, value);

    /// <summary>The value of the server is at least this.</summary>
    public static Target NoLessThan(string metric, double value) => new(metric, isRatio: false, isLeast: true, value);

    public string Judge(double ours, double floor, int errors)
    {
        var value = _isRatio ? ours / floor : ours;
        var holds = errors == 0 && (_isLeast ? value >= _limit : value <= _limit);
        return string.Create(CultureInfo.InvariantCulture,
            $"{(_isLeast ? '≥' : '≤')} {_limit:0.##}{(_isRatio ? "" : " as it is")}: {(holds ? "met" : "missed")}");
    }
}
