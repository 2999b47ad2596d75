using System.Globalization;

namespace ChatBotKit.Faults.Simulation;

/// <summary>
/// The events of one simulation, as a hash that distinguishes two runs of a seed, and optionally as text. Random values, such as
/// ids of the engine, are not included.
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
