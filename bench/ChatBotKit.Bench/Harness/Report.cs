using System.Globalization;

namespace ChatBotKit.Bench.Harness;

/// <summary>The results as one Markdown table.</summary>
internal sealed class Report
{
    private readonly List<string> _rows = [];

    /// <summary>Adds a row for each metric that both have.</summary>
    public void Add(string benchmark, IReadOnlyList<Sample> ours, IReadOnlyList<Sample> floor, IReadOnlyList<Target>? targets = null)
    {
        foreach (var (name, unit, _) in ours[0].Metrics.Where(one => floor[0].Metrics.Any(other => other.Name == one.Name)))
        {
            var one = SpreadOf(ours, name);
            var other = SpreadOf(floor, name);
            var ratio = other.Median == 0 ? "–" : (one.Median / other.Median).ToString("N2", CultureInfo.InvariantCulture);
            var judged = targets?.FirstOrDefault(target => target.Metric == name)?.Judge(one.Median, other.Median, Errors(ours));
            AddRow($"| {benchmark} | {name} ({unit}) | {one} | {other} | {ratio} | {judged} | {Errors(ours)} / {Errors(floor)} |");
        }
    }

    /// <summary>Says in the table that something was not measured.</summary>
    public void Skip(string benchmark, string reason) => AddRow($"| {benchmark} | not measured: {reason} | – | – | – | | – |");

    public void Write(TextWriter output, BenchOptions options)
    {
        output.WriteLine(Machine.Describe());
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Medians of {options.Rounds} interleaved rounds (smallest–largest){(options.IsQuick ? "; a quick run, too short for its numbers to mean much" : "")}."));
        output.WriteLine();
        output.WriteLine("| Benchmark | What | Ours | Floor | Ours ÷ floor | Target | Errors |");
        output.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var row in _rows)
            output.WriteLine(row);
    }

    private void AddRow(string row)
    {
        _rows.Add(row);
        Console.Error.WriteLine(row);
    }

    private static Spread SpreadOf(IReadOnlyList<Sample> samples, string metric) =>
        Spread.Of(samples.Select(sample => sample.Metrics.Single(one => one.Name == metric).Value));

    private static int Errors(IReadOnlyList<Sample> samples) => samples.Sum(sample => sample.Errors);
}
