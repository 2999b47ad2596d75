using System.Globalization;

namespace ChatBotKit.Bench.Harness;

/// <summary>What must hold of a metric: of ours ÷ floor, or of ours alone. With an error it does not hold.</summary>
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

    /// <summary>Ours ÷ floor is at least this.</summary>
    public static Target AtLeast(string metric, double ratio) => new(metric, isRatio: true, isLeast: true, ratio);

    /// <summary>Ours ÷ floor is at most this.</summary>
    public static Target AtMost(string metric, double ratio) => new(metric, isRatio: true, isLeast: false, ratio);

    /// <summary>Ours is at most this, whatever the floor does.</summary>
    public static Target NoMoreThan(string metric, double value) => new(metric, isRatio: false, isLeast: false, value);

    public string Judge(double ours, double floor, int errors)
    {
        var value = _isRatio ? ours / floor : ours;
        var holds = errors == 0 && (_isLeast ? value >= _limit : value <= _limit);
        return string.Create(CultureInfo.InvariantCulture,
            $"{(_isLeast ? '≥' : '≤')} {_limit:0.##}{(_isRatio ? "" : " as it is")}: {(holds ? "met" : "missed")}");
    }
}
