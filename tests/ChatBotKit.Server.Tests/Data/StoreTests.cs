using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatBotKit.Server.Tests.Data;

/// <summary>The base of tests with a store on a real file in a temporary directory.</summary>
public abstract class StoreTests : IAsyncLifetime
{
    private SqliteStore? _store;

    private protected string DataDirectory { get; } = Directory.CreateTempSubdirectory("chatbotkit-store-").FullName;

    private protected string DatabasePath => Path.Combine(DataDirectory, "chatbotkit.db");

    private protected SqliteStore Store => _store ?? throw new InvalidOperationException("The store is closed.");

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public virtual async ValueTask InitializeAsync() => await ReopenAsync();

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        Directory.Delete(DataDirectory, recursive: true);
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

    private protected static Task<SqliteStore> OpenAsync(string directory) => SqliteStore.OpenAsync(
        new StoreOptions { DataDirectory = directory }, new ChangeFeed(), TimeProvider.System, NullLogger.Instance, Cancellation);

    private protected Task AddConversationAsync(string id = "c1", long? expiresAt = null) =>
        Store.CommitAsync(new WriteSet { Conversation = Rows.Conversation(id, expiresAt) });
}
