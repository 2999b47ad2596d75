using System.Collections.Concurrent;
using ChatBotKit.Server.Data.PostgreSql;
using ChatBotKit.TestModels;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace ChatBotKit.Server.Tests;

/// <summary>
/// Which database the servers of the tests store in: SQLite, or PostgreSQL when <c>CHATBOTKIT_TEST_STORE</c> is <c>postgres</c>. Each
/// data directory has a database of its own there, which is a copy of one that has all tables.
/// </summary>
internal static class TestStore
{
    private const string Template = "cbk_template";

    private static readonly Lazy<Task> MakingTemplate = new(MakeTemplateAsync);
    private static readonly ConcurrentDictionary<string, Lazy<Task<string>>> Databases = new();
    private static int _count;

    /// <summary>Why tests of the file are skipped on PostgreSQL.</summary>
    public const string OfFiles = "This is about the SQLite file.";

    public static bool IsPostgres { get; } = Environment.GetEnvironmentVariable("CHATBOTKIT_TEST_STORE") == "postgres";

    /// <summary>A connection string of a new database with all tables.</summary>
    public static async Task<string> CreateDatabaseAsync()
    {
        await MakingTemplate.Value;
        return await CreateAsync(Template);
    }

    /// <summary>A connection string of a new database without tables.</summary>
    public static Task<string> CreateEmptyDatabaseAsync() => CreateAsync("template0");

    /// <summary>Runs a statement on a database, past every server.</summary>
    public static async Task<object?> RunAsync(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create($"{connectionString};Pooling=false");
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken) is { } value and not DBNull ? value : null;
    }

    /// <summary>The database of a data directory.</summary>
    public static Task<string> DatabaseOfAsync(string directory) =>
        Databases.GetOrAdd(directory, _ => new(CreateDatabaseAsync)).Value;

    /// <summary>Deletes the database of a data directory that is not used any more.</summary>
    public static async Task DeleteDatabaseOfAsync(string directory)
    {
        if (Databases.TryRemove(directory, out var database))
            await DeleteDatabaseAsync(await database.Value);
    }

    public static async Task DeleteDatabaseAsync(string connectionString)
    {
        var name = new NpgsqlConnectionStringBuilder(connectionString).Database;
        await using var source = NpgsqlDataSource.Create($"{connectionString};Database=postgres;Pooling=false");
        await using var command = source.CreateCommand($"DROP DATABASE \"{name}\" WITH (FORCE)");
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }

    private static async Task<string> CreateAsync(string template, string? name = null)
    {
        var server = await PostgresServer.GetAsync();
        name ??= $"cbk{Interlocked.Increment(ref _count)}";
        await using var source = NpgsqlDataSource.Create($"{server.ConnectionString("postgres")};Pooling=false");
        await using var command = source.CreateCommand($"CREATE DATABASE {name} TEMPLATE {template}");
        await command.ExecuteNonQueryAsync(CancellationToken.None);
        return server.ConnectionString(name);
    }

    private static async Task MakeTemplateAsync()
    {
        var settings = PostgresSettings.Parse(await CreateAsync("template0", Template));
        await using var source = settings.CreateUnpooled("template");
        await new PostgresSchema(settings, TimeProvider.System, NullLogger.Instance).PrepareAsync(source, CancellationToken.None);
    }
}
