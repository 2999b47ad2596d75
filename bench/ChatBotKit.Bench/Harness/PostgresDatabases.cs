using ChatBotKit.TestModels;
using Npgsql;

namespace ChatBotKit.Bench.Harness;

/// <summary>A PostgreSQL server that flushes each commit to the disk, and the databases of the measured servers.</summary>
internal static class PostgresDatabases
{
    /// <summary>Starts the server. Reports the reason, and returns null, when PostgreSQL is not installed.</summary>
    public static async Task<PostgresServer?> StartAsync(BenchContext context, string benchmark)
    {
        if (PostgresServer.Binaries is not null)
            return await PostgresServer.StartAsync(isDurable: true);
        context.Report.Skip(benchmark, PostgresServer.Missing);
        return null;
    }

    /// <summary>Creates a database with a second schema for the floor, and returns its connection string.</summary>
    public static async Task<string> CreateAsync(PostgresServer server, CancellationToken cancellationToken)
    {
        await RunAsync(server.ConnectionString("postgres"), "CREATE DATABASE measured", cancellationToken);
        await RunAsync(server.ConnectionString("measured"), "CREATE SCHEMA floor", cancellationToken);
        return server.ConnectionString("measured");
    }

    /// <summary>Returns the settings of a server on a database; null for a server on a file.</summary>
    public static IReadOnlyDictionary<string, string>? SettingsOf(string? database) =>
        database is null ? null : new Dictionary<string, string> { ["CHATBOTKIT_POSTGRES"] = database };

    /// <summary>Runs a statement on a connection of its own.</summary>
    public static async Task RunAsync(string database, string sql, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create($"{database};Pooling=false");
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
