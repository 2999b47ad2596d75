using ChatBotKit.Bench.Harness;

namespace ChatBotKit.Bench.Benchmarks;

/// <summary>From the start of the process on an existing database until it can serve, and its memory when it does nothing.</summary>
internal sealed class StartBenchmark : IBenchmark
{
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);

    public string Name => "start";

    public async Task RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        using var data = new TempDirectory();
        await Rounds.RunAsync(context, Name,
        [
            new("floor", token => MeasureAsync(() => Servers.StartRowFloorAsync(data, token), token)),
            new("server", token => MeasureAsync(() => Servers.StartOursAsync(context.Options, data, modelUrl: null, token), token)),
        ], cancellationToken);
    }

    // The warm-up makes the database, so that the measured starts find it.
    private static async Task<Sample> MeasureAsync(Func<Task<ServerProcess>> startAsync, CancellationToken cancellationToken)
    {
        await using var server = await startAsync();
        await Task.Delay(Settling, cancellationToken);
        return new Sample(
        [
            new("ready after", "ms", server.StartDuration.TotalMilliseconds),
            new("memory when idle", "MB", server.WorkingSet / 1e6),
        ]);
    }
}
