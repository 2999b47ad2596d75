using ChatBotKit.Server.Data.Schema;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace ChatBotKit.Server.Tests.Data;

/// <summary>Both databases have tables, columns and indexes with the same names. The exceptions are listed here.</summary>
public sealed class PostgresCatalogueTests : PostgresTests
{
    /// <summary>Tables that only PostgreSQL has.</summary>
    private static readonly string[] OfPostgres = ["Lanes", "Leases", "StoredKeys", "Blobs", "BlobChunks"];

    /// <summary>Indexes that only PostgreSQL has. SQLite uses row ids and a primary key instead.</summary>
    private static readonly string[] IndexesOfPostgres = ["LogBatches IX_LogBatches_CreatedAt", "EventSpans IX_EventSpans"];

    private const string PostgresColumns = """
        SELECT c.relname || ' ' || a.attname || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
        """;

    private const string PostgresKeys = """
        SELECT r.conrelid::regclass::text || ' ' || a.attname || ' -> ' || r.confrelid::regclass::text || ' ' || CAST(r.confdeltype AS text)
        FROM pg_constraint r JOIN pg_attribute a ON a.attrelid = r.conrelid AND a.attnum = r.conkey[1] WHERE r.contype = 'f'
        """;

    private const string PostgresIndexes = """
        SELECT t.relname || ' ' || i.relname || CASE WHEN x.indisunique THEN ' unique' ELSE '' END
        FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
        WHERE t.relnamespace = 'public'::regnamespace AND NOT x.indisprimary
        """;

    private const string SqliteColumns = """
        SELECT t.name || ' ' || c.name || CASE WHEN c."notnull" OR c.pk THEN ' not null' ELSE '' END
        FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%'
        """;

    private const string SqliteKeys = """
        SELECT '"' || t.name || '" ' || k."from" || ' -> "' || k."table" || '" ' || CASE k.on_delete WHEN 'CASCADE' THEN 'c' WHEN 'SET NULL' THEN 'n' ELSE 'a' END
        FROM sqlite_master t, pragma_foreign_key_list(t.name) k WHERE t.type = 'table' AND k.seq = 0
        """;

    private const string SqliteIndexes = """
        SELECT t.name || ' ' || i.name || CASE WHEN i."unique" THEN ' unique' ELSE '' END
        FROM sqlite_master t, pragma_index_list(t.name) i WHERE t.type = 'table' AND i.origin = 'c'
        """;

    [Fact]
    public async Task BothDatabases_HaveTheSameTables()
    {
        using var sqlite = new SqliteConnection("Data Source=:memory:");
        sqlite.Open();
        foreach (var script in SchemaScript.Sqlite)
            Run(sqlite, script.Sql);

        var postgres = (await ListAsync(PostgresColumns)).Where(line => !IsOfPostgres(line) && !line.StartsWith("Schema ", StringComparison.Ordinal));
        Assert.Equal(List(sqlite, SqliteColumns).Order(StringComparer.Ordinal), postgres.Order(StringComparer.Ordinal));
        Assert.Equal(
            List(sqlite, SqliteIndexes).Concat(IndexesOfPostgres).Order(StringComparer.Ordinal),
            (await ListAsync(PostgresIndexes)).Order(StringComparer.Ordinal));
        Assert.Equal(
            List(sqlite, SqliteKeys).Order(StringComparer.Ordinal), (await ListAsync(PostgresKeys)).Where(line => !IsOfPostgres(line)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void BothDatabases_HaveTheSameNewestScript() =>
        Assert.Equal(SchemaScript.Sqlite[^1].Number, SchemaScript.PostgreSql[^1].Number);

    /// <summary>A column with the collation of a language would sort other than SQLite.</summary>
    [Fact]
    public async Task EveryText_SortsByItsBytes() => Assert.Empty(await ListAsync("""
        SELECT c.relname || ' ' || a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND a.attcollation NOT IN (0, '"C"'::regcollation)
        """));

    private static bool IsOfPostgres(string line) => OfPostgres.Contains(line.Split(' ')[0].Trim('"'));

    private async Task<List<string>> ListAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create($"{Database};Pooling=false");
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        var lines = new List<string>();
        while (await reader.ReadAsync(Cancellation))
            lines.Add(reader.GetString(0));
        return lines;
    }

    private static List<string> List(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var lines = new List<string>();
        while (reader.Read())
            lines.Add(reader.GetString(0));
        return lines;
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
