using ChatBotKit.Bench.Harness;
using ChatBotKit.Bench.Load;

namespace ChatBotKit.Bench.Benchmarks;

/// <summary>What an open stream that waits for its model holds in memory.</summary>
internal sealed class OpenStreamsBenchmark : IBenchmark
{
    public string Name => "open-streams";

    public async Task RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var options = context.Options;
        var streams = options.IsQuick ? 20 : 200;
        using var data = new TempDirectory();
        await using var model = await ModelUpstream.StartAsync(options, cancellationToken);
        // A process whose memory has grown once tells nothing any more, so each measurement takes a new one.
        var few = context with { Options = options with { WarmUps = 0, Rounds = options.IsQuick ? 1 : Math.Min(options.Rounds, 3) } };
        Task<ServerProcess> OursAsync(CancellationToken token) =>
            Servers.StartOursAsync(options, data, model.BaseUrl, token, Servers.SmallGarbage);
        Task<ServerProcess> FloorAsync(CancellationToken token) =>
            Servers.StartProxyFloorAsync(data, model.BaseUrl, token, Servers.SmallGarbage);

        await Rounds.RunAsync(few, $"{Name}, {streams} streams",
        [
            new("floor", token => MeasureAsync(FloorAsync, streams, options.Settling, FloorCallsAsync, token)),
            new("stateless", token => MeasureAsync(OursAsync, streams, options.Settling, StatelessCallsAsync, token)),
            new("stateful", token => MeasureAsync(OursAsync, streams, options.Settling, StatefulCallsAsync, token)),
        ], cancellationToken);
    }

    private static Task<IEnumerable<StreamCall>> FloorCallsAsync(ServerProcess floor, int count, CancellationToken cancellationToken) =>
        Task.FromResult(Enumerable.Repeat(StreamCalls.OfFloor(ModelUpstream.Held), count));

    private static Task<IEnumerable<StreamCall>> StatelessCallsAsync(ServerProcess ours, int count, CancellationToken cancellationToken) =>
        Task.FromResult(Enumerable.Repeat(StreamCalls.Stateless(ModelUpstream.Held), count));

    private static Task<IEnumerable<StreamCall>> StatefulCallsAsync(ServerProcess ours, int count, CancellationToken cancellationToken) =>
        StreamCalls.StatefulAsync(ours, ModelUpstream.Held, count, cancellationToken);

    private static async Task<Sample> MeasureAsync(
        Func<CancellationToken, Task<ServerProcess>> startAsync, int streams, TimeSpan settling,
        Func<ServerProcess, int, CancellationToken, Task<IEnumerable<StreamCall>>> callsAsync, CancellationToken cancellationToken)
    {
        await using var server = await startAsync(cancellationToken);
        using var load = new StreamLoad(server, streams);
        var open = new List<HttpResponseMessage>();
        try
        {
            // The first ones load and compile code; they stay open, so that none of the others takes over their memory.
            await OpenAsync(load, await callsAsync(server, streams / 2, cancellationToken), open, cancellationToken);
            await Task.Delay(settling, cancellationToken);
            var calls = await callsAsync(server, streams, cancellationToken);
            var before = server.WorkingSet;
            await OpenAsync(load, calls, open, cancellationToken);
            await Task.Delay(settling, cancellationToken);
            return new Sample([new("memory per open stream", "kB", (server.WorkingSet - before) / 1e3 / streams)]);
        }
        finally
        {
            open.ForEach(response => response.Dispose());
        }
    }

    private static async Task OpenAsync(
        StreamLoad load, IEnumerable<StreamCall> calls, List<HttpResponseMessage> open, CancellationToken cancellationToken)
    {
        foreach (var group in calls.Chunk(20))
            open.AddRange(await Task.WhenAll(group.Select(call => load.OpenAsync(call, cancellationToken))));
    }
}
