using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.PostgreSql;
using ChatBotKit.TestModels;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatBotKit.Server.Tests.Data;

/// <summary>The base of tests with their own PostgreSQL database.</summary>
public abstract class PostgresTests : IAsyncLifetime
{
    private readonly List<string> _directories = [];

    private protected string Database { get; private set; } = "";

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public virtual async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(PostgresServer.Binaries is null, PostgresServer.Missing);
        Database = await CreateDatabaseAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        foreach (var directory in _directories)
            Directory.Delete(directory, recursive: true);
        if (Database.Length > 0)
            await TestStore.DeleteDatabaseAsync(Database);
        GC.SuppressFinalize(this);
    }

    private protected virtual Task<string> CreateDatabaseAsync() => TestStore.CreateDatabaseAsync();

    private protected virtual ValueTask EndAsync() => ValueTask.CompletedTask;

    private protected string NewDirectory()
    {
        var directory = Directory.CreateTempSubdirectory("chatbotkit-store-").FullName;
        _directories.Add(directory);
        return directory;
    }

    private protected Task<PostgresStore> OpenAsync(string directory, string? database = null) => PostgresStore.OpenAsync(
        new StoreOptions { DataDirectory = directory, Postgres = PostgresSettings.Parse(database ?? Database) },
        new ChangeFeed(), TimeProvider.System, NullLogger.Instance, Cancellation);

    private protected Task<object?> RunAsync(string sql) => TestStore.RunAsync(Database, sql);
}
