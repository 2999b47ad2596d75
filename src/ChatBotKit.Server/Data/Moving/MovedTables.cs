using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.Data.PostgreSql;
using ChatBotKit.Server.Data.Sqlite;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace ChatBotKit.Server.Data.Moving;

/// <summary>
/// Finds the tables to move in the catalogues of both databases, so that no table of a later schema is forgotten. A table or a column
/// that only one of them has is refused, unless it is known to be of PostgreSQL alone.
/// </summary>
internal static class MovedTables
{
    /// <summary>
    /// Tables that only PostgreSQL has: two with the state of a running server, and the keys and blobs, which are files with SQLite.
    /// </summary>
    public static readonly string[] OfPostgres = ["Lanes", "Leases", "StoredKeys", "Blobs", "BlobChunks"];

    /// <summary>The table of blobs, which is filled from files.</summary>
    public static readonly MovedTable Blobs = new(
        "Blobs", [new("Id", SqlType.Text), new("Length", SqlType.Number), new("Sha256", SqlType.Bytes), new("CreatedAt", SqlType.Number)], ["Id"]);

    /// <summary>The table of the chunks of blobs, which is filled from files.</summary>
    public static readonly MovedTable BlobChunks = new(
        "BlobChunks", [new("BlobId", SqlType.Text), new("No", SqlType.Number), new("Bytes", SqlType.Bytes)], ["BlobId", "No"]);

    private const string SchemaTable = "Schema";

    private const string PostgresColumns = """
        SELECT c.relname, a.attname, CAST(CAST(a.atttypid AS regtype) AS text)
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') ORDER BY c.relname COLLATE "C", a.attnum
        """;

    private const string SqliteColumns = """
        SELECT t.name, c.name, c.pk FROM pragma_table_list t JOIN pragma_table_info(t.name) c
        WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite%' ORDER BY t.name, c.cid
        """;

    /// <param name="source">The SQLite database.</param>
    /// <param name="target">The PostgreSQL database, which has the same schema.</param>
    /// <exception cref="StartupException">The tables of the databases differ.</exception>
    public static async Task<IReadOnlyList<MovedTable>> ReadAsync(SqliteConnection source, NpgsqlConnection target)
    {
        var there = (await target.ListAsync(PostgresColumns, row => (Table: row.GetString(0), Column: row.GetString(1), Type: row.GetString(2))))
            .Where(column => column.Table != SchemaTable && !OfPostgres.Contains(column.Table)).ToList();
        var here = ReadColumns(source).Where(column => column.Table is not SchemaTable and not ChangeCapture.TableName).ToList();
        var different = here.Select(column => $"{column.Table}.{column.Column}").ToHashSet();
        different.SymmetricExceptWith(there.Select(column => $"{column.Table}.{column.Column}"));
        if (different.Count > 0)
            throw new StartupException($"Only one of the databases has {string.Join(", ", different.Order(StringComparer.Ordinal).Take(5))}, so this program can't move them.");
        return
        [
            .. there.GroupBy(column => column.Table).Select(table => new MovedTable(
                table.Key,
                [.. table.Select(column => new MovedColumn(column.Column, TypeOf(column.Type)))],
                [.. here.Where(column => column.Table == table.Key && column.Key > 0).OrderBy(column => column.Key).Select(column => column.Column)])),
        ];
    }

    private static List<(string Table, string Column, long Key)> ReadColumns(SqliteConnection source)
    {
        using var statement = new SqliteStatement(source, SqliteColumns);
        return SqliteRows.List(statement.Query(), row => (row.GetString(0), row.GetString(1), row.GetInt64(2)));
    }

    private static SqlType TypeOf(string type) => type switch
    {
        "text" => SqlType.Text,
        "bigint" => SqlType.Number,
        "bytea" => SqlType.Bytes,
        "boolean" => SqlType.Boolean,
        _ => throw new StartupException($"This program can't move columns of the type {type}."),
    };
}
