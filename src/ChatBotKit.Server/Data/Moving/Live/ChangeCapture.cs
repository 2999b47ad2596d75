using ChatBotKit.Server.Data.Sqlite;
using Microsoft.Data.Sqlite;

namespace ChatBotKit.Server.Data.Moving;

/// <summary>
/// Records the keys of rows that change while a database is moved, in a table of the SQLite database. Triggers write it, so that it
/// has also the changes of cascades and of other programs, and each in the transaction of the change.
/// </summary>
internal static class ChangeCapture
{
    /// <summary>The table of the keys. A key has one row, whose number increases with each change.</summary>
    public const string TableName = "ChangedRows";

    private const string Triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name GLOB 'ChangedRows_*'";

    private static readonly string[] Keys = ["Key1", "Key2", "Key3"];

    /// <summary>Returns the statements that begin the recording.</summary>
    public static IEnumerable<string> Begin(IEnumerable<MovedTable> tables) =>
    [
        $"""CREATE TABLE "{TableName}" ("No" INTEGER PRIMARY KEY, "Name" TEXT NOT NULL, "Key1" NOT NULL, "Key2" NOT NULL, "Key3" NOT NULL)""",
        $"""CREATE INDEX "IX_ChangedRows" ON "{TableName}" ("Name", "Key1", "Key2", "Key3")""",
        .. tables.SelectMany(TriggersOf),
    ];

    /// <summary>Returns the statements that end the recording; none when there is none.</summary>
    public static List<string> End(SqliteConnection connection)
    {
        using var statement = new SqliteStatement(connection, Triggers);
        var statements = SqliteRows.List(statement.Query(), row => $"""DROP TRIGGER "{row.GetString(0)}" """);
        if (connection.Scalar($"SELECT 1 FROM sqlite_master WHERE name = '{TableName}'") is not null)
            statements.Add($"""DROP TABLE "{TableName}" """);
        return statements;
    }

    /// <summary>Removes what the recording of a killed move has left.</summary>
    public static void Remove(SqliteConnection connection)
    {
        foreach (var statement in End(connection))
            connection.Run(statement);
    }

    /// <summary>Returns the statement that forgets the changes up to a number. The last row stays, because the next number follows from it.</summary>
    public static string Forget(long last) => FormattableString.Invariant(
        $"""DELETE FROM "{TableName}" WHERE "No" <= {last} AND "No" < (SELECT max("No") FROM "{TableName}")""");

    /// <summary>Returns the query of the keys of a table that have changed.</summary>
    public static string KeysOf(MovedTable table) =>
        $"""SELECT DISTINCT {string.Join(", ", Keys.Take(table.Keys.Count).Select(key => $"\"{key}\""))} FROM "{TableName}" WHERE "Name" = '{table.Name}'""";

    /// <summary>Returns the query of the rows of a table that have changed and still exist.</summary>
    public static string RowsOf(MovedTable table) => $"""
        SELECT {string.Join(", ", table.Columns.Select(column => $"t.\"{column.Name}\""))} FROM ({KeysOf(table)}) k
        CROSS JOIN "{table.Name}" t ON {string.Join(" AND ", table.Keys.Select((key, index) => $"t.\"{key}\" = k.\"{Keys[index]}\""))}
        """;

    private static string[] TriggersOf(MovedTable table) =>
    [
        $"""CREATE TRIGGER "ChangedRows_{table.Name}_insert" AFTER INSERT ON "{table.Name}" BEGIN {Record(table, "NEW")} END""",
        $"""CREATE TRIGGER "ChangedRows_{table.Name}_update" AFTER UPDATE ON "{table.Name}" BEGIN {Record(table, "OLD")} {Record(table, "NEW")} END""",
        $"""CREATE TRIGGER "ChangedRows_{table.Name}_delete" AFTER DELETE ON "{table.Name}" BEGIN {Record(table, "OLD")} END""",
    ];

    // An INSERT with a clause for conflicts would not do: a trigger uses the clause of the statement that fires it.
    private static string Record(MovedTable table, string row)
    {
        var values = Keys.Select((_, index) => index < table.Keys.Count ? $"{row}.\"{table.Keys[index]}\"" : "''").ToList();
        return $"""
            INSERT INTO "{TableName}" ("Name", "Key1", "Key2", "Key3") VALUES ('{table.Name}', {string.Join(", ", values)});
            DELETE FROM "{TableName}" WHERE "Name" = '{table.Name}' AND {string.Join(" AND ", Keys.Select((key, index) => $"\"{key}\" = {values[index]}"))} AND "No" < last_insert_rowid();
            """;
    }
}
