using ChatBotKit.Bench.Harness;
using ChatBotKit.Bench.Load;

namespace ChatBotKit.Bench.Benchmarks;

/// <summary>
/// Streamed answers of a model that sends everything at once: the time to the first token, the tokens per second, and the cost of
/// each. Stateless runs are compared with a proxy, those in the OpenAI protocol with stateless ones, and stored conversations with a proxy
/// that stores.
/// </summary>
internal sealed class CompleteBenchmark : IBenchmark
{
    /// <summary>The number of turns of one conversation, so that the last ones have a long history to read.</summary>
    private const int Turns = 10;

    private const string StoringProxy = "storing proxy";
    private const string FirstTurnOfProxy = "storing proxy, first turns";

    public string Name => "complete";

    public Task RunAsync(BenchContext context, CancellationToken cancellationToken) => StreamingServers.CompareAsync(
        context, (_, servers, load) => CompareAsync(context, servers, load, cancellationToken), cancellationToken);

    private async Task CompareAsync(BenchContext context, StreamingServers servers, StreamingLoad load, CancellationToken cancellationToken)
    {
        var streams = load.Streams;
        var calls = context.Options.IsQuick ? 2 * streams : streams == 1 ? 200 : 10 * streams;
        var turns = context.Options.IsQuick ? 2 : Turns;
        Task<Sample> RunAsync(StreamLoad to, IEnumerable<StreamCall> all, CancellationToken token) =>
            to.RunAsync(all, ModelUpstream.FastTokens, isTimed: false, token);
        Contender Floor(string name, int turns) => new(name, token => RunAsync(
            load.ToStoringProxy, StreamCalls.OfStoringFloor(ModelUpstream.Fast, calls / turns, turns), token))
        {
            IsFloor = true,
        };
        Contender Stateful(string name, string against, int turns) => new(name, async token => await RunAsync(
            load.ToOurs, await StreamCalls.StatefulAsync(servers.Ours, ModelUpstream.Fast, calls / turns, token, turns), token))
        {
            Against = against,
            Targets = StatefulTargets(streams),
        };

        await Rounds.RunAsync(context, $"{Name}, fast model, {streams} streams",
        [
            new("proxy", token => RunAsync(load.ToProxy, Enumerable.Repeat(StreamCalls.OfFloor(ModelUpstream.Fast), calls), token)),
            new("stateless", token => RunAsync(load.ToOurs, Enumerable.Repeat(StreamCalls.Stateless(ModelUpstream.Fast), calls), token))
            {
                Targets = [Target.AtLeast("tokens", 0.6), Target.AtMost("processor per token", 2), Target.NoMoreThan("allocated per token", 250)],
            },
            new("openai", token => RunAsync(load.ToOurs, Enumerable.Repeat(StreamCalls.OpenAi(ModelUpstream.Fast), calls), token))
            {
                Against = "stateless",
                Targets = [Target.AtMost("processor per token", 1.1)],
            },
            Floor(StoringProxy, turns),
            Stateful($"stored, {turns} turns", StoringProxy, turns),
            Floor(FirstTurnOfProxy, turns: 1),
            Stateful("stored, first turns", FirstTurnOfProxy, turns: 1),
        ], cancellationToken);
    }

    private static IReadOnlyList<Target> StatefulTargets(int streams) =>
    [
        Target.AtLeast("tokens", 0.5),
        Target.AtMost("processor per token", 2),
        Target.NoMoreThan("allocated per token", 400),
        .. streams == 1 ? new[] { Target.AtMost("first token p50", 2) } : [],
    ];
}
