namespace ChatBotKit.Cli.Operations;

/// <summary>All operations, read from the tables that the program carries.</summary>
internal static class OperationTable
{
    // Answered with an archive and not with JSON; cbk backup is its command.
    private const string Backup = "backupServer";

    public static IReadOnlyList<Operation> Read()
    {
        var fields = Rows("fields.tsv")
            .Where(row => row[1] is "request" or "query" && !row[2].Contains("[]", StringComparison.Ordinal) && !row[2].Contains('*', StringComparison.Ordinal))
            .ToLookup(row => row[0], row => new OperationField(row[2], row[3], row[1] == "query", row[4] == "yes"));
        var official = Rows("operations.tsv")
            .Select(row => new Operation(row[0], row[1], row[2], row[3] == "yes", [.. fields[row[0]]]));
        var own = Rows("served.tsv")
            .Where(row => row.Length > 2 && row[2].Length > 0 && row[0] != Backup)
            .Select(row => new Operation(row[0], row[1], row[2], row[2].EndsWith("/list", StringComparison.Ordinal), []));
        return [.. official.Concat(own).DistinctBy(operation => operation.Name)];
    }

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
