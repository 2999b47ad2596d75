using System.Globalization;
using System.Runtime.CompilerServices;
using ChatBotKit.Server.ModelProviders;

namespace ChatBotKit.Faults.Simulation;

/// <summary>A model whose behaviour the seed determines.</summary>
internal sealed class SimulatedModel(World world, SimulatedProcess process) : IModelProvider
{
    private int _calls;

    public string Name => "simulation";

    public IReadOnlyList<ModelDescription> Models { get; } = [new("simulated", "simulated", "", 1000, 1000, 1000)];

    public async IAsyncEnumerable<ModelEvent> StreamAsync(
        ModelRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var run = world.Ledger.RunOf(request);
        world.Note("model asked", run?.Id);
        if (run is not null)
            world.Ledger.CheckPrompt(run, request);
        var random = world.Random;
        var call = ++_calls;
        for (var thoughts = random.Next(8) == 0 ? random.Next(1, 4) : 0; thoughts > 0; thoughts--)
        {
            await PauseAsync(run, cancellationToken);
            yield return ModelEvent.OfReasoning("hm ");
        }
        for (var (piece, pieces) = (0, random.Next(4) == 0 ? random.Next(0, 3) : random.Next(1, 14)); piece < pieces; piece++)
        {
            await PauseAsync(run, cancellationToken);
            yield return ModelEvent.OfText(string.Create(CultureInfo.InvariantCulture, $"{call}.{piece} "));
        }
        await FailAsync(run, cancellationToken);
        var calls = CallsOf(request);
        foreach (var one in calls)
            yield return ModelEvent.OfToolCall(one);
        if (random.Next(2) == 0)
            yield return ModelEvent.OfUsage(random.Next(1, 50), random.Next(1, 50));
        var isCut = calls.Count == 0 && random.Next(12) == 0;
        yield return ModelEvent.OfEnd(calls.Count > 0 ? ModelEndReason.ToolCalls : isCut ? ModelEndReason.Length : ModelEndReason.Stop);
    }

    /// <summary>Most pieces come at once, some later, and a few much later.</summary>
    private async ValueTask PauseAsync(KnownRun? run, CancellationToken cancellationToken)
    {
        switch (world.Random.Next(20))
        {
            case < 12:
                cancellationToken.ThrowIfCancellationRequested();
                return;
            case < 18:
                await Task.Yield();
                cancellationToken.ThrowIfCancellationRequested();
                return;
            default:
                await WaitAsync(run, TimeSpan.FromMilliseconds(world.Random.Next(1, 3_000)), cancellationToken);
                return;
        }
    }

    private async ValueTask FailAsync(KnownRun? run, CancellationToken cancellationToken)
    {
        switch (world.Random.Next(100))
        {
            case < 4:
                var failure = (ModelFailure)world.Random.Next(6);
                throw new ModelProviderException(Name, failure, $"The model fails: {failure}.");
            case 4:
                throw new ProviderDefectException();
            case < 10:
                await WaitAsync(run, Timeout.InfiniteTimeSpan, cancellationToken);
                break;
        }
    }

    private async Task WaitAsync(KnownRun? run, TimeSpan time, CancellationToken cancellationToken)
    {
        var start = world.Now;
        try
        {
            await Task.Delay(time, process.Clock, cancellationToken);
        }
        finally
        {
            if (run is not null)
                world.Ledger.CheckAbort(run, start);
        }
    }

    /// <summary>Returns one or two calls of different functions, because calls with the same channel wait for each other.</summary>
    private List<ModelToolCall> CallsOf(ModelRequest request)
    {
        var random = world.Random;
        if (request.Tools.Count == 0 || random.Next(3) > 0)
            return [];
        var first = random.Next(request.Tools.Count);
        var names = new List<string> { request.Tools[first].Name };
        if (random.Next(4) == 0)
            names.Add("unknown");
        else if (request.Tools.Count > 1 && random.Next(2) == 0)
            names.Add(request.Tools[(first + 1) % request.Tools.Count].Name);
        return [.. names.Select(name => new ModelToolCall(
            $"call-{world.Ledger.NextNumber()}", name, random.Next(12) == 0 ? "not json" : $$"""{"a":{{random.Next(3)}}}"""))];
    }
}
