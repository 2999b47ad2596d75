using System.Collections.Concurrent;
using ChatBotKit.Server.Data.PostgreSql;
using ChatBotKit.TestModels;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace ChatBotKit.Server.Tests;

/// <summary>
/// Selects the database of the test servers: SQLite, or PostgreSQL when <c>CHATBOTKIT_TEST_STORE</c> is <c>postgres</c>. On PostgreSQL
/// each data directory has its own database, which is a copy of a template with all tables.
/// </summary>
internal static class TestStore
{
    private const string Template = "cbk_template";

    private static readonly Lazy<Task> MakingTemplate = new(MakeTemplateAsync);
    private static readonly Lazy<Task<NpgsqlDataSource>> Administration = new(async () =>
        NpgsqlDataSource.Create((await PostgresServer.GetAsync()).ConnectionString("postgres")));

    private static readonly ConcurrentDictionary<string, Lazy<Task<string>>> Databases = new();
    private static int _count;

    /// <summary>The reason why tests of the database file are skipped on PostgreSQL.</summary>
    public const string OfFiles = "This tests the SQLite file.";

    public static bool IsPostgres { get; } = Environment.GetEnvironmentVariable("CHATBOTKIT_TEST_STORE") == "postgres";

    /// <summary>Creates a database with all tables, and returns its connection string.</summary>
    public static async Task<string> CreateDatabaseAsync()
    {
        await MakingTemplate.Value;
        return await CreateAsync(Template);
    }

    /// <summary>Creates a database without tables, and returns its connection string.</summary>
    public static Task<string> CreateEmptyDatabaseAsync() => CreateAsync("template0");

    /// <summary>Returns the settings of a server on a data directory, as arguments of the program.</summary>
    public static async Task<string[]> ArgumentsOfAsync(string directory) => IsPostgres
        ? [$"--CHATBOTKIT_DATA_DIR={directory}", $"--CHATBOTKIT_POSTGRES={await DatabaseOfAsync(directory)}"]
        : [$"--CHATBOTKIT_DATA_DIR={directory}"];

    /// <summary>Adds the database of a data directory to the settings of a server.</summary>
    public static async Task<Dictionary<string, string>> WithDatabaseAsync(this Dictionary<string, string> settings, string directory)
    {
        if (IsPostgres)
            settings["CHATBOTKIT_POSTGRES"] = await DatabaseOfAsync(directory);
        return settings;
    }

    /// <summary>Changes the database of a data directory directly, without foreign keys, as an attacker with access to it could.</summary>
    public static async Task ChangeAsync(string directory, string sql)
    {
        if (IsPostgres)
        {
            await RunAsync(await DatabaseOfAsync(directory), $"SET session_replication_role = replica; {sql}");
            return;
        }

        await using var connection = new SqliteConnection($"Data Source={Path.Combine(directory, "chatbotkit.db")};Pooling=False;Foreign Keys=False");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are the test's own.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Deletes the keys of a stopped server, which are files beside a SQLite database and rows of a PostgreSQL database.</summary>
    public static async Task DeleteKeysAsync(string directory)
    {
        if (IsPostgres)
            await ChangeAsync(directory, """DELETE FROM "StoredKeys" """);
        else
            Directory.Delete(Path.Combine(directory, "keys"), recursive: true);
    }

    /// <summary>Returns the SQL of bytes.</summary>
    public static string Bytes(string hex) => IsPostgres ? $"decode('{hex}', 'hex')" : $"x'{hex}'";

    /// <summary>Runs a statement directly on a database, and returns the first value of the result.</summary>
    public static async Task<object?> RunAsync(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create($"{connectionString};Pooling=false");
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken) is { } value and not DBNull ? value : null;
    }

    /// <summary>Returns the connection string of the database of a data directory. The first call creates the database.</summary>
    public static Task<string> DatabaseOfAsync(string directory) =>
        Databases.GetOrAdd(directory, _ => new(CreateDatabaseAsync)).Value;

    /// <summary>Deletes the database of a data directory, if it has one.</summary>
    public static async Task DeleteDatabaseOfAsync(string directory)
    {
        if (Databases.TryRemove(directory, out var database))
            await DeleteDatabaseAsync(await database.Value);
    }

    public static async Task DeleteDatabaseAsync(string connectionString)
    {
        var name = new NpgsqlConnectionStringBuilder(connectionString).Database;
        await using var command = (await Administration.Value).CreateCommand($"DROP DATABASE \"{name}\" WITH (FORCE)");
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }

    private static async Task<string> CreateAsync(string template, string? name = null)
    {
        var server = await PostgresServer.GetAsync();
        name ??= $"cbk{Interlocked.Increment(ref _count)}";
        await using var command = (await Administration.Value).CreateCommand($"CREATE DATABASE {name} TEMPLATE {template}");
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
