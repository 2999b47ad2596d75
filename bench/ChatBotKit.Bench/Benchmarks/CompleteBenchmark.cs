using ChatBotKit.Bench.Harness;
using ChatBotKit.Bench.Load;

namespace ChatBotKit.Bench.Benchmarks;

/// <summary>
/// A streamed answer, from a model that says everything at once and from one that speaks at its pace: how soon the first
/// token is there, how many tokens get through, and what each costs.
/// </summary>
internal sealed class CompleteBenchmark : IBenchmark
{
    public string Name => "complete";

    public async Task RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        using var data = new TempDirectory();
        await using var model = await ModelUpstream.StartAsync(context.Options, cancellationToken);
        await using var ours = await Servers.StartOursAsync(context.Options, data, model.BaseUrl, cancellationToken);
        await using var floor = await Servers.StartProxyFloorAsync(data, model.BaseUrl, cancellationToken);
        foreach (var streams in new[] { 1, 64 })
        {
            using var toOurs = new StreamLoad(ours, streams);
            using var toFloor = new StreamLoad(floor, streams);
            var calls = context.Options.IsQuick ? 2 * streams : streams == 1 ? 200 : 10 * streams;
            await CompareAsync(context, model, ours, toOurs, toFloor, streams, ModelUpstream.Fast, calls, cancellationToken);
            await CompareAsync(context, model, ours, toOurs, toFloor, streams, ModelUpstream.Paced, streams, cancellationToken);
        }
    }

    private async Task CompareAsync(
        BenchContext context, ModelUpstream upstream, ServerProcess ours, StreamLoad toOurs, StreamLoad toFloor, int streams,
        string model, int calls, CancellationToken cancellationToken)
    {
        var isTimed = model == ModelUpstream.Paced;
        var tokens = isTimed ? upstream.PacedTokens : ModelUpstream.FastTokens;
        await Rounds.RunAsync(context, $"{Name}, {model} model, {streams} streams",
        [
            new("floor", token => toFloor.RunAsync(Enumerable.Repeat(StreamCalls.OfFloor(model), calls), tokens, isTimed, token)),
            new("stateless", token => toOurs.RunAsync(Enumerable.Repeat(StreamCalls.Stateless(model), calls), tokens, isTimed, token)),
            new("stateful", async token => await toOurs.RunAsync(
                await StreamCalls.StatefulAsync(ours, model, calls, token), tokens, isTimed, token)),
        ], cancellationToken);
    }
}
