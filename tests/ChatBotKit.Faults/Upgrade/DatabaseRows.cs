using ChatBotKit.Server.Data.Sqlite;
using Microsoft.Data.Sqlite;

namespace ChatBotKit.Faults.Upgrade;

/// <summary>The rows of a database file as text, to be compared with those of the same file later.</summary>
internal sealed class DatabaseRows
{
    private readonly Dictionary<string, string[]> _columns = [];
    private readonly Dictionary<string, HashSet<string>> _rows = [];

    public int Count => _rows.Values.Sum(rows => rows.Count);

    /// <summary>Reads all rows of all tables except those with the version of the schema.</summary>
    public static DatabaseRows Read(string path)
    {
        var read = new DatabaseRows();
        using var connection = Open(path);
        foreach (var table in TablesOf(connection))
        {
            read._columns[table] = [.. ColumnsOf(connection, "main", table).Where(column => !IsChangedByAStart(table, column))];
            read._rows[table] = read.ReadTable(connection, table);
        }
        return read;
    }

    public bool HasTable(string table) => _rows.ContainsKey(table);

    /// <summary>Returns how many of these rows, compared by their original columns, are missing in the database file.</summary>
    public int CountMissing(string path)
    {
        using var connection = Open(path);
        return _rows.Sum(table => table.Value.Except(ReadTable(connection, table.Key)).Count());
    }

    /// <summary>Returns how many migrations the database has; zero when it has no table of migrations.</summary>
    public static int CountMigrations(string path)
    {
        using var connection = Open(path);
        var table = connection.HasTable("Schema") ? "Schema" : "__EFMigrationsHistory";
        return (int)(long)Scalar(connection, $"SELECT count(*) FROM \"{table}\"")!;
    }

    public static string CheckIntegrity(string path)
    {
        using var connection = Open(path);
        return (string)Scalar(connection, "PRAGMA integrity_check")!;
    }

    public static IReadOnlyList<string> TablesOf(SqliteConnection connection) =>
        List(connection, "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name <> 'Schema' AND name NOT LIKE '\\_\\_EF%' ESCAPE '\\'");

    public static string[] ColumnsOf(SqliteConnection connection, string schema, string table) =>
        [.. List(connection, $"SELECT name FROM pragma_table_info('{table}', '{schema}')")];

    public static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    /// <summary>
    /// Whether a start changes the column. It converts the hashes of tokens; requests check separately that the tokens are still
    /// accepted. It takes the work that is due.
    /// </summary>
    private static bool IsChangedByAStart(string table, string column) => table switch
    {
        "ApiTokens" => column == "Hash",
        "Attachments" => column == "Stored",
        "DueWork" => column is not ("Kind" or "Key" or "Payload" or "CreatedAt"),
        _ => false,
    };

    private HashSet<string> ReadTable(SqliteConnection connection, string table)
    {
        var row = string.Join(" || '|' || ", _columns[table].Select(column => $"quote(\"{column}\")"));
        return [.. List(connection, $"SELECT {row} FROM {SourceOf(connection, table)}")];
    }

    /// <summary>Returns a table, or a query that restores its rows from those that replaced them.</summary>
    private static string SourceOf(SqliteConnection connection, string table) => table switch
    {
        "Contacts" when !connection.HasTable(table) => """
            (SELECT "Id", "AccountId", "Key" AS "Fingerprint", "Data" ->> '$.verifiedAt' IS NOT NULL AS "Verified",
                "Data" ->> '$.name' AS "Name", "Data" ->> '$.description' AS "Description", "Data" ->> '$.email' AS "Email",
                "Data" ->> '$.phone' AS "Phone", "Data" ->> '$.nick' AS "Nick", "Data" ->> '$.meta' AS "Meta", "CreatedAt", "UpdatedAt"
            FROM "Resources" WHERE "Kind" = 'contact')
            """,
        // Its payload is the last message that was looked at.
        "DueWork" => """
            (SELECT "Kind", "Key", CASE "Kind" WHEN 'conversation-idle' THEN '' ELSE "Payload" END AS "Payload", "CreatedAt" FROM "DueWork")
            """,
        _ => $"\"{table}\"",
    };

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection($"Data Source={path};Mode=ReadOnly;Pooling=False");
        connection.Open();
        return connection;
    }

    private static List<string> List(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var values = new List<string>();
        while (reader.Read())
            values.Add(reader.GetString(0));
        return values;
    }
}
