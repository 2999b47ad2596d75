namespace ChatBotKit.Cli.Operations;

/// <summary>Gets all operations, read from the tables that are embedded in the program.</summary>
internal static class OperationTable
{
    // They have commands of their own, because their answers or bodies are not JSON: cbk backup and cbk dataset record import.
    private static readonly string[] Others = ["backupServer", "importDatasetRecords"];

    private const string Whole = "-";
    private const string Group = "*";

    public static IReadOnlyList<Operation> Read()
    {
        var words = Descriptions();
        var fields = Rows("fields.tsv")
            .Where(row => row[1] is "request" or "query" && !row[2].Contains("[]", StringComparison.Ordinal) && !row[2].Contains('*', StringComparison.Ordinal))
            .ToLookup(row => row[0], row => new OperationField(row[2], row[3], row[1] == "query", row[4] == "yes")
            {
                Description = words.GetValueOrDefault((row[0], row[2])),
            });
        var official = Rows("operations.tsv")
            .Select(row => new Operation(row[0], row[1], row[2], row[3] == "yes", [.. fields[row[0]]]));
        var own = Rows("served.tsv")
            .Where(row => row.Length > 2 && row[2].Length > 0 && !Others.Contains(row[0]))
            .Select(row => new Operation(row[0], row[1], row[2], row[2].EndsWith("/list", StringComparison.Ordinal), []));
        return
        [
            .. official.Concat(own).DistinctBy(operation => operation.Name)
                .Select(operation => operation with { Summary = words.GetValueOrDefault((operation.Name, Whole)) }),
        ];
    }

    /// <summary>The descriptions of the groups of operations, by their words, such as <c>conversation session</c>.</summary>
    public static IReadOnlyDictionary<string, string> Groups() =>
        Descriptions().Where(pair => pair.Key.Operation == Group).ToDictionary(pair => pair.Key.Field, pair => pair.Value);

    private static Dictionary<(string Operation, string Field), string> Descriptions() =>
        Rows("descriptions.tsv").ToDictionary(row => (row[0], row[1]), row => row[2]);

    private static IEnumerable<string[]> Rows(string table)
    {
        using var stream = typeof(OperationTable).Assembly.GetManifestResourceStream(table)!;
        using var reader = new StreamReader(stream);
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0)
                yield return line.Split('\t');
        }
    }
}
