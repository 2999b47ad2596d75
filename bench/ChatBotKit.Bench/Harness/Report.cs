using System.Globalization;

namespace ChatBotKit.Bench.Harness;

/// <summary>Formats the results as a Markdown table.</summary>
internal sealed class Report
{
    private readonly List<string> _rows = [];
    private readonly List<string> _curves = [];

    /// <summary>Adds a row for each metric that both samples have.</summary>
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

    /// <summary>Adds a row that says why a benchmark was not measured.</summary>
    public void Skip(string benchmark, string reason) => AddRow($"| {benchmark} | not measured: {reason} | – | – | – | | – |");

    /// <summary>Adds a separate table with a column for each size.</summary>
    public void AddCurves(string by, IReadOnlyList<int> sizes, IReadOnlyList<Curve> curves)
    {
        string[] table =
        [
            $"| Ours, {by} | {string.Join(" | ", sizes.Select(size => size.ToString("N0", CultureInfo.InvariantCulture)))} |",
            $"|---|{string.Concat(sizes.Select(_ => "---|"))}",
            .. curves.Select(curve => $"| {curve.Name} ({curve.Unit}) | {string.Join(" | ", curve.Points.Select(point => point?.ToString() ?? "not measured: too few open files allowed"))} |"),
            "",
        ];
        _curves.AddRange(table);
        foreach (var line in table)
            Console.Error.WriteLine(line);
    }

    public void Write(TextWriter output, BenchOptions options)
    {
        output.WriteLine(Machine.Describe());
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Medians of {options.Rounds} interleaved rounds (smallest–largest){(options.IsQuick ? "; a quick run, too short for its numbers to mean much" : "")}."));
        output.WriteLine();
        WriteRows(output);
        foreach (var line in _curves)
            output.WriteLine(line);
    }

    private void WriteRows(TextWriter output)
    {
        if (_rows.Count == 0)
            return;
        output.WriteLine("| Benchmark | What | Ours | Floor | Ours ÷ floor | Target | Errors |");
        output.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var row in _rows)
            output.WriteLine(row);
        output.WriteLine();
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
