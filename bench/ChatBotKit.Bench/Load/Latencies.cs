using System.Diagnostics;

namespace ChatBotKit.Bench.Load;

/// <summary>Durations in ticks of the stopwatch, and their percentiles.</summary>
internal sealed class Latencies
{
    private readonly long[] _sorted;

    public Latencies(IEnumerable<long> ticks)
    {
        _sorted = [.. ticks];
        Array.Sort(_sorted);
    }

    public double Milliseconds(double percentile)
    {
        if (_sorted.Length == 0)
            return 0;
        var index = (int)Math.Ceiling(percentile / 100 * _sorted.Length) - 1;
        return _sorted[Math.Clamp(index, 0, _sorted.Length - 1)] * 1000.0 / Stopwatch.Frequency;
    }
}
