using System.Collections.Concurrent;

namespace ChatBotKit.Faults.Kill.Checks;

/// <summary>The broken promises that checks have found.</summary>
internal sealed class Findings
{
    private const int Shown = 20;

    private readonly ConcurrentQueue<string> _lost = [];
    private readonly ConcurrentQueue<string> _doubled = [];
    private readonly ConcurrentQueue<string> _wrong = [];

    public int Lost => _lost.Count;

    public int Doubled => _doubled.Count;

    public int Wrong => _wrong.Count;

    public bool IsEmpty => _lost.IsEmpty && _doubled.IsEmpty && _wrong.IsEmpty;

    /// <summary>Records that something acknowledged or seen is missing.</summary>
    public void Lose(string what) => _lost.Enqueue(what);

    /// <summary>Records that something exists twice.</summary>
    public void Double(string what) => _doubled.Enqueue(what);

    /// <summary>Records that something is wrong.</summary>
    public void Fault(string what) => _wrong.Enqueue(what);

    /// <summary>Checks that something exists exactly once.</summary>
    public void Once(int count, string what)
    {
        if (count == 0)
            Lose(what);
        AtMostOnce(count, what);
    }

    public void AtMostOnce(int count, string what)
    {
        if (count > 1)
            Double(what);
    }

    public override string ToString() => string.Join('\n',
        _lost.Select(one => $"lost: {one}").Concat(_doubled.Select(one => $"doubled: {one}")).Concat(_wrong.Select(one => $"wrong: {one}"))
            .Take(Shown));
}
