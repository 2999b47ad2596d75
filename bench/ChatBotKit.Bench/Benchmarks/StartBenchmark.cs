using ChatBotKit.Bench.Harness;

namespace ChatBotKit.Bench.Benchmarks;

/// <summary>The time from the start of the published program on an existing database until it is ready, and its memory when idle.</summary>
internal sealed class StartBenchmark : IBenchmark
{
    public string Name => "start";

    public async Task RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        using var data = new TempDirectory();
        var programs = await PublishedPrograms.FindAsync(context.Options, cancellationToken);
        // A single warm-up creates the database, so that the measured starts find it.
        var settling = context.Options.Settling;
        var once = context with { Options = context.Options with { WarmUps = 1 } };
        await Rounds.RunAsync(once, Name,
        [
            new("floor", token => MeasureAsync(() => Servers.StartRowFloorAsync(data, token, program: programs.FloorPath), settling, token)),
            new("server", token => MeasureAsync(() => Servers.StartOursAsync(programs.Options, data, modelUrl: null, token), settling, token))
            {
                Targets = [Target.AtMost("ready after", 2), Target.AtMost("memory when idle", 1.5)],
            },
        ], cancellationToken);
    }

    private static async Task<Sample> MeasureAsync(
        Func<Task<ServerProcess>> startAsync, TimeSpan settling, CancellationToken cancellationToken)
    {
        await using var server = await startAsync();
        await Task.Delay(settling, cancellationToken);
        return new Sample(
        [
            new("ready after", "ms", server.StartDuration.TotalMilliseconds),
            new("memory when idle", "MB", server.WorkingSet / 1e6),
        ]);
    }
}
