using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.PostgreSql;
using ChatBotKit.Server.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatBotKit.Server.Tests.Data;

/// <summary>The base of tests with a store on a real file in a temporary directory.</summary>
public abstract class StoreTests : IAsyncLifetime
{
    private IOpenStore? _store;

    private protected string DataDirectory { get; } = Directory.CreateTempSubdirectory("chatbotkit-store-").FullName;

    /// <summary>Skips a test of the database file when the tests run on PostgreSQL.</summary>
    private protected static void OnFiles() => Assert.SkipWhen(TestStore.IsPostgres, TestStore.OfFiles);

    private protected string DatabasePath => Path.Combine(DataDirectory, "chatbotkit.db");

    private protected IOpenStore Store => _store ?? throw new InvalidOperationException("The store is closed.");

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public virtual async ValueTask InitializeAsync() => await ReopenAsync();

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        Directory.Delete(DataDirectory, recursive: true);
        await TestStore.DeleteDatabaseOfAsync(DataDirectory);
        GC.SuppressFinalize(this);
    }

    private protected async Task CloseAsync()
    {
        if (_store is not null)
            await _store.DisposeAsync();
        _store = null;
    }

    private protected async Task ReopenAsync()
    {
        await CloseAsync();
        _store = await OpenAsync(DataDirectory);
    }

    private protected static Task<IOpenStore> OpenAsync(string directory) => OpenAsync(directory, new ChangeFeed());

    /// <summary>Opens the store of a directory, which is a file, or a PostgreSQL database when the tests run on PostgreSQL.</summary>
    internal static async Task<IOpenStore> OpenAsync(string directory, ChangeFeed changes)
    {
        var options = new StoreOptions { DataDirectory = directory };
        return TestStore.IsPostgres
            ? await PostgresStore.OpenAsync(
                options with { Postgres = PostgresSettings.Parse(await TestStore.DatabaseOfAsync(directory)) },
                changes, TimeProvider.System, NullLogger.Instance, Cancellation)
            : await SqliteStore.OpenAsync(options, changes, TimeProvider.System, NullLogger.Instance, Cancellation);
    }

    private protected Task AddConversationAsync(string id = "c1", long? expiresAt = null) =>
        Store.CommitAsync(new WriteSet { Conversation = Rows.Conversation(id, expiresAt) });
}
