using ChatBotKit.Bench.Harness;
using ChatBotKit.Bench.Load;

namespace ChatBotKit.Bench.Benchmarks;

/// <summary>The server and the proxies, all with the same model.</summary>
internal sealed class StreamingServers : IAsyncDisposable
{
    private readonly List<ServerProcess> _started = [];

    private StreamingServers()
    {
    }

    public ServerProcess Ours => _started[0];

    private static async Task<StreamingServers> StartAsync(
        BenchContext context, TempDirectory data, Uri model, CancellationToken cancellationToken)
    {
        var servers = new StreamingServers();
        try
        {
            servers._started.Add(await Servers.StartOursAsync(context.Options, data, model, cancellationToken, isProbed: true));
            servers._started.Add(await Servers.StartProxyFloorAsync(data, model, cancellationToken, isProbed: true));
            servers._started.Add(await Servers.StartStoringProxyFloorAsync(data, model, cancellationToken, isProbed: true));
            return servers;
        }
        catch
        {
            await servers.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a model and the servers, and compares them with one stream and with 64.</summary>
    public static async Task CompareAsync(
        BenchContext context, Func<ModelUpstream, StreamingServers, StreamingLoad, Task> compareAsync, CancellationToken cancellationToken)
    {
        using var data = new TempDirectory();
        await using var model = await ModelUpstream.StartAsync(context.Options, cancellationToken);
        await using var servers = await StartAsync(context, data, model.BaseUrl, cancellationToken);
        foreach (var streams in new[] { 1, 64 })
        {
            using var load = servers.Load(streams);
            await compareAsync(model, servers, load);
        }
    }

    private StreamingLoad Load(int streams) =>
        new(streams, new StreamLoad(_started[0], streams), new StreamLoad(_started[1], streams), new StreamLoad(_started[2], streams));

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _started)
            await server.DisposeAsync();
    }
}

/// <summary>The loads with the same number of streams for each server.</summary>
internal sealed record StreamingLoad(int Streams, StreamLoad ToOurs, StreamLoad ToProxy, StreamLoad ToStoringProxy) : IDisposable
{
    public void Dispose()
    {
        ToOurs.Dispose();
        ToProxy.Dispose();
        ToStoringProxy.Dispose();
    }
}
