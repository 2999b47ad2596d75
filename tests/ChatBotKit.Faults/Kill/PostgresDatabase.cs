using System.Data.Common;
using ChatBotKit.Server.Tests;
using Npgsql;

namespace ChatBotKit.Faults.Kill;

/// <summary>A PostgreSQL database. Its server is not killed with ours.</summary>
internal sealed class PostgresDatabase(string connectionString) : KillDatabase
{
    // PostgreSQL has no integrity check. This finds logs whose numbers have a gap or an overlap.
    private const string BrokenLogs = """
        SELECT string_agg(DISTINCT "LogId", ', ') FROM "LogBatches" b
        WHERE "First" <> 1 + coalesce((SELECT max("Last") FROM "LogBatches" o WHERE o."LogId" = b."LogId" AND o."First" < b."First"), 0)
        """;

    public override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["CHATBOTKIT_DATA_DIR"] = Directory,
        ["CHATBOTKIT_POSTGRES"] = connectionString,
    };

    public override string CheckIntegrity() => Query(BrokenLogs) is string logs ? $"logs with missing or repeated lines: {logs}" : "ok";

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await TestStore.DeleteDatabaseAsync(connectionString);
    }

    protected override DbConnection Open()
    {
        var connection = new NpgsqlConnection($"{connectionString};Pooling=false");
        connection.Open();
        return connection;
    }
}
