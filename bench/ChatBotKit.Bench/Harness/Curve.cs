namespace ChatBotKit.Bench.Harness;

/// <summary>The cost of an operation at growing sizes.</summary>
internal sealed class Curve(string name, string unit, IReadOnlyList<int> sizes)
{
    private readonly List<double>[] _values = [.. sizes.Select(_ => new List<double>())];

    public string Name => name;

    public string Unit => unit;

    /// <summary>Adds the result of one round for the size with this index.</summary>
    public void Add(int size, double value) => _values[size].Add(value);

    /// <summary>The medians of the rounds; null where nothing was measured.</summary>
    public IEnumerable<Spread?> Points => _values.Select(values => values.Count == 0 ? null : Spread.Of(values));
}
