namespace ChatBotKit.Conventions.Tests;

/// <summary>The content of the files in <c>spec/</c>.</summary>
internal static class SpecTables
{
    private const string None = "-";

    /// <summary>Gets the operations of the published API.</summary>
    public static IReadOnlyList<SpecOperation> Official { get; } =
    [
        .. Rows("operations", columns: 5).Select(row => new SpecOperation(
            row[0], row[1], row[2], Streams: row[3] == "yes", row[4] == None ? [] : row[4].Split('|'), IsOwn: false)),
    ];

    public static ILookup<string, SpecField> Fields { get; } = Rows("fields", columns: 6)
        .Select(row => new SpecField(row[0], row[1], row[2], row[3], row[4] == "yes", row[5] == "yes"))
        .ToLookup(field => field.Operation);

    /// <summary>Gets the operations that the server supports, including its own ones.</summary>
    public static IReadOnlyList<SpecOperation> Served { get; } = [.. Rows("served", columns: 5).Select(ServedOperation)];

    /// <summary>Gets the operations that the published API does not have.</summary>
    public static IReadOnlyList<SpecOperation> Own { get; } = [.. Served.Where(operation => operation.IsOwn)];

    public static IReadOnlyList<SpecException> Exceptions { get; } =
        [.. Rows("exceptions", columns: 5).Select(row => new SpecException(row[0], row[1], row[2], row[3], row[4]))];

    private static SpecOperation ServedOperation(string[] row) => row switch
    {
        [var name, "", "", "", var access] => Official.SingleOrDefault(operation => operation.Name == name) is { } official
            ? official with { Access = access }
            : throw new InvalidDataException($"spec/served.tsv: the published API has no {name}; say verb, path and own."),
        [var name, var verb, var path, "own", var access] =>
            new SpecOperation(name, verb, path, Streams: false, [], IsOwn: true) { Access = access },
        _ => throw new InvalidDataException($"spec/served.tsv: {row[0]} has neither verb, path and own nor none of them."),
    };

    private static IEnumerable<string[]> Rows(string table, int columns) => Lines(table).Select(line =>
        line.Split('\t') is { } row && row.Length == columns
            ? row
            : throw new InvalidDataException($"spec/{table}.tsv: \"{line}\" has not {columns} columns."));

    private static IEnumerable<string> Lines(string table) =>
        Repository.Read($"spec/{table}.tsv").Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1);
}
