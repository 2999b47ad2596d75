using System.Collections.Concurrent;

namespace ChatBotKit.Faults.Kill.Checks;

/// <summary>What is not as it was promised.</summary>
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

    /// <summary>Something that was acknowledged or seen is not there.</summary>
    public void Lose(string what) => _lost.Enqueue(what);

    /// <summary>Something is there twice.</summary>
    public void Double(string what) => _doubled.Enqueue(what);

    /// <summary>Something is there and not right.</summary>
    public void Fault(string what) => _wrong.Enqueue(what);

    /// <summary>Something must be there exactly once.</summary>
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
