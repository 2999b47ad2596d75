using ChatBotKit.Server.Data;
using Microsoft.Extensions.DependencyInjection;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>A server that copies its database only when the test allows it.</summary>
internal sealed class GatedServer : IAsyncDisposable
{
    private readonly ServerFactory _server;

    private GatedServer(ServerFactory server, GatedSnapshots store)
    {
        _server = server;
        Store = store;
        Owner = server.Client();
        Workspace = Path.Combine(server.App.Services.GetRequiredService<StoreOptions>().DataDirectory, "backup");
    }

    public GatedSnapshots Store { get; }

    public HttpClient Owner { get; }

    /// <summary>The directory of copies during a backup.</summary>
    public string Workspace { get; }

    public static async Task<GatedServer> StartAsync()
    {
        GatedSnapshots? store = null;
        var server = await ServerFactory.StartAsync(services: services => services.AddSingleton<IStoreMaintenance>(
            provider => store = new GatedSnapshots(provider.GetRequiredService<StoreLifetime>().Store)));
        return new GatedServer(server, store!);
    }

    /// <summary>Stops the server. The data is kept until the server is disposed.</summary>
    public Task StopAsync() => _server.App.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Owner.Dispose();
        await _server.DisposeAsync();
    }
}

internal sealed class GatedSnapshots(IStoreMaintenance store) : IStoreMaintenance
{
    private readonly TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _givenUp = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when a copy is requested.</summary>
    public Task Arrived => _arrived.Task;

    /// <summary>Completes when the request for the copy is cancelled.</summary>
    public Task GivenUp => _givenUp.Task;

    public void Open() => _open.SetResult();

    /// <summary>Makes the copy fail.</summary>
    public void Fail(string why) => _open.SetException(new StoreUnavailableException(why));

    public async Task<StoreSnapshot> TakeSnapshotAsync(string path, CancellationToken cancellationToken)
    {
        _arrived.TrySetResult();
        try
        {
            await _open.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            _givenUp.SetResult();
            throw;
        }

        return await store.TakeSnapshotAsync(path, cancellationToken);
    }

    public Task<int> DeleteEndedRunsAsync(long endedBefore, CancellationToken cancellationToken) =>
        store.DeleteEndedRunsAsync(endedBefore, cancellationToken);

    public Task<long> DeleteLogBatchesWithoutRunAsync(
        long afterRow, long createdBefore, Func<string, bool> keepsNumber, CancellationToken cancellationToken) =>
        store.DeleteLogBatchesWithoutRunAsync(afterRow, createdBefore, keepsNumber, cancellationToken);

    public Task ReleaseSpaceAsync(CancellationToken cancellationToken) => store.ReleaseSpaceAsync(cancellationToken);

    public Task<int> DeleteIdempotencyKeysAsync(long createdBefore, CancellationToken cancellationToken) =>
        store.DeleteIdempotencyKeysAsync(createdBefore, cancellationToken);

    public Task<int> DeleteExpiredConversationsAsync(long expiredBefore, CancellationToken cancellationToken) =>
        store.DeleteExpiredConversationsAsync(expiredBefore, cancellationToken);
}
