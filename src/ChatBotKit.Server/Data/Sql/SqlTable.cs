namespace ChatBotKit.Server.Data;

/// <summary>Writes the values of a row, in the order of the table's columns, to a span of that length.</summary>
internal delegate void SqlBinder<in T>(T row, Span<SqlValue> values);

/// <summary>A table whose rows are read and written as a whole.</summary>
/// <param name="name">The name of the table.</param>
/// <param name="columns">All columns; those of the primary key come first.</param>
/// <param name="read">Reads a row that was selected with <see cref="Columns"/>.</param>
/// <param name="bind">Writes the values of a row.</param>
/// <param name="keys">The number of columns of the primary key.</param>
/// <param name="references">The columns with ids of resources. A row is read without an id whose resource no longer exists.</param>
internal sealed class SqlTable<T>(
    string name, string[] columns, Func<SqlRow, T> read, SqlBinder<T> bind, int keys = 1, params ResourceColumn[] references)
{
    /// <summary>The condition for the row of an id. Values: id.</summary>
    public const string ById = """WHERE "Id" = $1""";

    public Func<SqlRow, T> Read => read;

    public SqlBinder<T> Bind => bind;

    public int ColumnCount => columns.Length;

    public string Name => name;

    /// <summary>The column list of a SELECT. Every result column has the name of its column, so that a query can be sorted by it.</summary>
    public string Columns { get; } = string.Join(
        ", ", columns.Select(column => Array.Find(references, one => one.Column == column) is { } reference
            ? $"{reference.Value} AS \"{column}\""
            : $"\"{column}\""));

    /// <summary>The statement that inserts a row; its parameters are all columns.</summary>
    public string Insert { get; } = $"""
        INSERT INTO "{name}" ("{string.Join("\", \"", columns)}") VALUES ({string.Join(", ", columns.Select((_, index) => $"${index + 1}"))})
        """;

    /// <summary>The statement that updates the row with the same key; its parameters are all columns.</summary>
    public string Update { get; } = $"""
        UPDATE "{name}" SET {string.Join(", ", Assignments(columns, keys..))} WHERE {string.Join(" AND ", Assignments(columns, ..keys))}
        """;

    /// <summary>Creates a query for whole rows. The condition follows the table's name.</summary>
    public string Select(string condition) => $"SELECT {Columns} FROM \"{name}\" {condition}";

    /// <summary>Creates a query for one column.</summary>
    public string Select(string column, string condition) => $"SELECT \"{column}\" FROM \"{name}\" {condition}";

    private static IEnumerable<string> Assignments(string[] columns, Range range) =>
        columns.Select((column, index) => $"\"{column}\" = ${index + 1}").Take(range);
}
