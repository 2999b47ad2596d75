using System.Globalization;

namespace ChatBotKit.Faults.Simulation;

/// <summary>
/// What happened in one simulation, as a hash that tells two runs of a seed apart, and as text when somebody wants to read
/// it. Nothing that is random by itself, such as an id of the engine, goes in.
/// </summary>
internal sealed class Trace(bool keepText)
{
    private const int MaxLines = 20_000;

    private readonly List<string> _lines = [];

    public ulong Hash { get; private set; } = 14695981039346656037;

    public IReadOnlyList<string> Lines => _lines;

    public void Step(int index, int count) => Mix((uint)(index << 16 ^ count));

    public void Add(long milliseconds, string what, string? about = null, long number = 0)
    {
        foreach (var character in what)
            Mix(character);
        foreach (var character in about ?? "")
            Mix(character);
        Mix((ulong)number);
        Mix((ulong)milliseconds);
        if (keepText && _lines.Count < MaxLines)
            _lines.Add(string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1000.0,10:0.000}  {what} {about} {number}"));
    }

    private void Mix(ulong value) => Hash = (Hash ^ value) * 1099511628211;
}
