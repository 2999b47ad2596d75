namespace ChatBotKit.Server.Data;

/// <summary>Puts the values of a row, in the order of the table's columns, into a span of that length.</summary>
internal delegate void SqlBinder<in T>(T row, Span<SqlValue> values);

/// <summary>A table whose rows are read and written whole.</summary>
/// <param name="name">The name of the table.</param>
/// <param name="columns">All columns; those of the primary key come first.</param>
/// <param name="read">Reads a row that was selected with <see cref="Columns"/>.</param>
/// <param name="bind">Gives the values of a row.</param>
/// <param name="keys">How many columns the primary key has.</param>
internal sealed class SqlTable<T>(string name, string[] columns, Func<SqlRow, T> read, SqlBinder<T> bind, int keys = 1)
{
    /// <summary>The condition for the row of an id. Values: id.</summary>
    public const string ById = """WHERE "Id" = $1""";

    public Func<SqlRow, T> Read => read;

    public SqlBinder<T> Bind => bind;

    public int ColumnCount => columns.Length;

    public string Name => name;

    /// <summary>The columns as a list for a SELECT.</summary>
    public string Columns { get; } = $"\"{string.Join("\", \"", columns)}\"";

    /// <summary>Inserts a row; its parameters are all columns.</summary>
    public string Insert { get; } = $"""
        INSERT INTO "{name}" ("{string.Join("\", \"", columns)}") VALUES ({string.Join(", ", columns.Select((_, index) => $"${index + 1}"))})
        """;

    /// <summary>Changes the row with the same key to the given one; its parameters are all columns.</summary>
    public string Update { get; } = $"""
        UPDATE "{name}" SET {string.Join(", ", Assignments(columns, keys..))} WHERE {string.Join(" AND ", Assignments(columns, ..keys))}
        """;

    /// <summary>A query that selects whole rows; what follows the table's name is given.</summary>
    public string Select(string condition) => $"SELECT {Columns} FROM \"{name}\" {condition}";

    /// <summary>The same for one column.</summary>
    public string Select(string column, string condition) => $"SELECT \"{column}\" FROM \"{name}\" {condition}";

    private static IEnumerable<string> Assignments(string[] columns, Range range) =>
        columns.Select((column, index) => $"\"{column}\" = ${index + 1}").Take(range);
}
