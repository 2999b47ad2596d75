using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.Data.PostgreSql;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace ChatBotKit.Server.Data.Moving;

/// <summary>The changed rows of a table in one round. Temporary tables of the target hold their keys, and the rows that still exist.</summary>
/// <param name="table">The table.</param>
internal sealed class ChangedTable(MovedTable table)
{
    private readonly string _keys = $"KeysOf{table.Name}";
    private readonly string _rows = RowsOf(table.Name);
    private readonly string _keyList = string.Join(", ", table.Keys.Select(key => $"\"{key}\""));

    public MovedTable Table => table;

    /// <summary>The digest of the rows that still exist.</summary>
    public TableDigest Digest { get; } = new();

    /// <summary>Deletes the rows of all keys.</summary>
    public string DeleteAll => $"""DELETE FROM "{table.Name}" t USING "{_keys}" k WHERE {Same("t", "k")}""";

    /// <summary>Deletes the rows that do not exist any more.</summary>
    public string DeleteGone => $"""{DeleteAll} AND NOT EXISTS (SELECT 1 FROM "{_rows}" r WHERE {Same("r", "k")})""";

    /// <summary>Inserts the rows.</summary>
    public string Insert => $"""INSERT INTO "{table.Name}" ({table.ColumnList}) SELECT {table.ColumnList} FROM "{_rows}" """;

    /// <summary>Inserts or updates the rows.</summary>
    public string Upsert
    {
        get
        {
            var others = table.Columns.Where(column => !table.Keys.Contains(column.Name)).Select(column => $"\"{column.Name}\" = EXCLUDED.\"{column.Name}\"").ToList();
            return $"{Insert} ON CONFLICT ({_keyList}) DO {(others.Count == 0 ? "NOTHING" : $"UPDATE SET {string.Join(", ", others)}")}";
        }
    }

    /// <summary>Returns the name of the temporary table with the rows that still exist.</summary>
    public static string RowsOf(string table) => $"RowsOf{table}";

    /// <summary>Copies the keys and the rows to the target.</summary>
    /// <returns>Whether there are any.</returns>
    public async Task<bool> StageAsync(SqliteConnection source, NpgsqlConnection target, CancellationToken cancellationToken)
    {
        var keyColumns = table.Keys.Select(key => table.Columns.First(column => column.Name == key)).ToList();
        var keys = new MovedTable(_keys, keyColumns, table.Keys);
        using (var first = new SqliteTuples(source, keys, $"{ChangeCapture.KeysOf(table)} LIMIT 1"))
        {
            if (!await first.ReadAsync(cancellationToken))
                return false;
        }

        await target.RunAsync($"""
            CREATE TEMPORARY TABLE "{_keys}" ON COMMIT DROP AS SELECT {_keyList} FROM "{table.Name}" WITH NO DATA;
            CREATE TEMPORARY TABLE "{_rows}" ON COMMIT DROP AS SELECT {table.ColumnList} FROM "{table.Name}" WITH NO DATA
            """);
        using (var tuples = new SqliteTuples(source, keys, ChangeCapture.KeysOf(table)))
            await TableCopy.CopyAsync(tuples, target, keys, new TableDigest(), cancellationToken);
        using (var tuples = new SqliteTuples(source, table, ChangeCapture.RowsOf(table)))
            await TableCopy.CopyAsync(tuples, target, table with { Name = _rows }, Digest, cancellationToken);
        await target.RunAsync($"""ANALYZE "{_keys}"; ANALYZE "{_rows}" """);
        return true;
    }

    /// <summary>Compares what the target stores for the keys with what was read.</summary>
    /// <exception cref="StartupException">The rows differ.</exception>
    public async Task VerifyAsync(NpgsqlConnection target, CancellationToken cancellationToken)
    {
        var stored = table with { Condition = $"""WHERE ({_keyList}) IN (SELECT {_keyList} FROM "{_keys}")""" };
        var there = await TableCopy.DigestAsync(target, stored, cancellationToken);
        if (!there.Matches(Digest))
            throw new StartupException($"The changes of the table {table.Name} were not copied correctly: {Digest} were read, and {there} are stored.");
    }

    private string Same(string one, string other) => string.Join(" AND ", table.Keys.Select(key => $"{one}.\"{key}\" = {other}.\"{key}\""));
}
