using ChatBotKit.Bench.Harness;
using ChatBotKit.Bench.Load;

namespace ChatBotKit.Bench.Benchmarks;

/// <summary>Streamed answers of a model with a constant pace: the time of a token from the model to the client.</summary>
internal sealed class PacedCompleteBenchmark : IBenchmark
{
    private const string StoringProxy = "storing proxy";

    public string Name => "complete-paced";

    public Task RunAsync(BenchContext context, CancellationToken cancellationToken) => StreamingServers.CompareAsync(
        context, (model, servers, load) => CompareAsync(context, model, servers, load, cancellationToken), cancellationToken);

    private async Task CompareAsync(
        BenchContext context, ModelUpstream model, StreamingServers servers, StreamingLoad load, CancellationToken cancellationToken)
    {
        var streams = load.Streams;
        IReadOnlyList<Target> targets = streams == 1 ? [] : [Target.AtMost("token on its way p50", 1.5), Target.AtMost("token on its way p99", 2)];
        Task<Sample> RunAsync(StreamLoad to, IEnumerable<StreamCall> all, CancellationToken token) =>
            to.RunAsync(all, model.PacedTokens, isTimed: true, token);
        await Rounds.RunAsync(context, $"{Name}, {streams} streams",
        [
            new("proxy", token => RunAsync(load.ToProxy, Enumerable.Repeat(StreamCalls.OfFloor(ModelUpstream.Paced), streams), token)),
            new("stateless", token => RunAsync(load.ToOurs, Enumerable.Repeat(StreamCalls.Stateless(ModelUpstream.Paced), streams), token))
            {
                Targets = targets,
            },
            new(StoringProxy, token => RunAsync(load.ToStoringProxy, StreamCalls.OfStoringFloor(ModelUpstream.Paced, streams, turns: 1), token))
            {
                IsFloor = true,
            },
            new("stored", async token => await RunAsync(
                load.ToOurs, await StreamCalls.StatefulAsync(servers.Ours, ModelUpstream.Paced, streams, token), token))
            {
                Against = StoringProxy,
                Targets = targets,
            },
        ], cancellationToken);
    }
}
