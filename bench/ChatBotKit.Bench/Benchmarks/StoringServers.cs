using ChatBotKit.Bench.Harness;
using ChatBotKit.Bench.Load;

namespace ChatBotKit.Bench.Benchmarks;

/// <summary>The server and the floor that stores rows, with the same requests.</summary>
internal sealed class StoringServers : IAsyncDisposable
{
    private readonly BenchContext _context;
    private readonly TempDirectory _data;

    private StoringServers(BenchContext context, TempDirectory data, ServerProcess ours, ServerProcess floor)
    {
        _context = context;
        _data = data;
        Ours = ours;
        Floor = floor;
    }

    public ServerProcess Ours { get; }

    public ServerProcess Floor { get; }

    /// <param name="context">The options.</param>
    /// <param name="cancellationToken">The token that cancels the start.</param>
    /// <param name="database">The PostgreSQL database of both; null for files.</param>
    public static async Task<StoringServers> StartAsync(BenchContext context, CancellationToken cancellationToken, string? database = null)
    {
        var data = new TempDirectory();
        ServerProcess? ours = null;
        try
        {
            ours = await Servers.StartOursAsync(
                context.Options, data, modelUrl: null, cancellationToken, PostgresDatabases.SettingsOf(database), isProbed: true);
            var floor = database is null
                ? await Servers.StartRowFloorAsync(data, cancellationToken, isProbed: true)
                : await Servers.StartPostgresRowFloorAsync(data, $"{database};Search Path=floor", cancellationToken);
            return new StoringServers(context, data, ours, floor);
        }
        catch
        {
            await (ours?.DisposeAsync() ?? ValueTask.CompletedTask);
            data.Dispose();
            throw;
        }
    }

    /// <summary>Creates a load of one request at a time per connection, each on a conversation that is new in this round.</summary>
    public Contender Contend(
        string name, ServerProcess server, int connections, Func<string, RequestTemplate> requestOf, params IReadOnlyList<Target> targets) =>
        new(name, async token => await LoadGenerator.RunAsync(
            server, await RequestsAsync(server, connections, requestOf, token), _context.Options.LoadDuration, token))
        {
            Targets = targets,
        };

    /// <summary>Creates a load with a fixed number of requests per second, whatever the speed of the server.</summary>
    public Contender ContendScheduled(
        string name, ServerProcess server, int connections, double rate, Func<string, RequestTemplate> requestOf,
        params IReadOnlyList<Target> targets) =>
        new(name, async token => await OpenLoopLoad.RunAsync(
            server, await RequestsAsync(server, connections, requestOf, token), rate, _context.Options.LoadDuration * 2, token))
        {
            Targets = targets,
        };

    private async Task<IReadOnlyList<RequestTemplate>> RequestsAsync(
        ServerProcess server, int count, Func<string, RequestTemplate> requestOf, CancellationToken cancellationToken)
    {
        var conversations = server == Ours
            ? await Servers.CreateConversationsAsync(Ours, count, "extractive", cancellationToken)
            : [.. Enumerable.Range(0, count).Select(_ => Guid.NewGuid().ToString("N"))];
        return [.. conversations.Select(requestOf)];
    }

    public async ValueTask DisposeAsync()
    {
        await Ours.DisposeAsync();
        await Floor.DisposeAsync();
        _data.Dispose();
    }
}
