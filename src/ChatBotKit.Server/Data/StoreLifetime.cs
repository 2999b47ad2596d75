using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data.PostgreSql;
using ChatBotKit.Server.Data.Sqlite;

namespace ChatBotKit.Server.Data;

/// <summary>Owns the store of the process from its opening at start until the container is disposed.</summary>
internal sealed class StoreLifetime(StoreOptions options, ChangeFeed changes, TimeProvider time, ILogger<StoreLifetime> logger) : IAsyncDisposable
{
    private IOpenStore? _store;

    public IOpenStore Store => _store ?? throw new InvalidOperationException("The store is not open yet.");

    public async Task OpenAsync(CancellationToken cancellationToken) =>
        _store = options.Postgres is null
            ? await SqliteStore.OpenAsync(options, changes, time, logger, cancellationToken)
            : await PostgresStore.OpenAsync(options, changes, time, logger, cancellationToken);

    public ValueTask DisposeAsync() => _store?.DisposeAsync() ?? default;
}
