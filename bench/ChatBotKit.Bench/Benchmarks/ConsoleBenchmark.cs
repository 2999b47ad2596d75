using System.Diagnostics;
using ChatBotKit.Bench.Harness;

namespace ChatBotKit.Bench.Benchmarks;

/// <summary>What the console costs a server on which nobody opens it, and how long its page of a long list takes.</summary>
internal sealed class ConsoleBenchmark : IBenchmark
{
    private const int Conversations = 10_000;
    private const int Pages = 20;

    private static readonly Dictionary<string, string> Off = new() { ["CHATBOTKIT_CONSOLE"] = "off" };

    public string Name => "console";

    public async Task RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var programs = await PublishedPrograms.FindAsync(context.Options, cancellationToken);
        await CompareStartsAsync(context, programs.Options, cancellationToken);
        await MeasurePagesAsync(context, programs.Options, cancellationToken);
    }

    private async Task CompareStartsAsync(BenchContext context, BenchOptions server, CancellationToken cancellationToken)
    {
        using var data = new TempDirectory();
        // A single warm-up creates the database, so that the measured starts find it.
        var once = context with { Options = context.Options with { WarmUps = 1 } };
        await Rounds.RunAsync(once, Name,
        [
            new("without", token => MeasureAsync(Off, token)),
            new("not opened", token => MeasureAsync(environment: null, token))
            {
                Targets = [Target.AtMost("ready after", 1.05), Target.NoMoreAbove("memory when idle", 2)],
            },
        ], cancellationToken);

        async Task<Sample> MeasureAsync(IReadOnlyDictionary<string, string>? environment, CancellationToken token)
        {
            await using var started = await Servers.StartOursAsync(server, data, modelUrl: null, token, environment);
            await Task.Delay(context.Options.Settling, token);
            return new Sample(
            [
                new("ready after", "ms", started.StartDuration.TotalMilliseconds),
                new("memory when idle", "MB", started.WorkingSet / 1e6),
            ]);
        }
    }

    private async Task MeasurePagesAsync(BenchContext context, BenchOptions server, CancellationToken cancellationToken)
    {
        using var data = new TempDirectory();
        await using var started = await Servers.StartOursAsync(server, data, modelUrl: null, cancellationToken);
        await Servers.CreateConversationsAsync(started, Conversations, "extractive", cancellationToken);
        using var visitor = await ConsoleVisitor.SignInAsync(started.Address, cancellationToken);
        var second = await visitor.NextPageAsync("/console/conversations", cancellationToken);
        await Rounds.RunAsync(context, $"{Name}: list of {Conversations:N0}",
        [
            new("a list without rows", token => MeasureAsync("/console/contacts", token)),
            new("first page", token => MeasureAsync("/console/conversations", token)) { Targets = [Target.NoMoreThan("page p50", 300)] },
            new("next page", token => MeasureAsync(second, token)) { Targets = [Target.NoMoreThan("page p50", 300)] },
        ], cancellationToken);

        async Task<Sample> MeasureAsync(string path, CancellationToken token)
        {
            var times = new double[Pages];
            for (var page = 0; page < Pages; page++)
            {
                var start = Stopwatch.GetTimestamp();
                await visitor.ReadAsync(path, token);
                times[page] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }

            Array.Sort(times);
            return new Sample([new("page p50", "ms", times[Pages / 2])]);
        }
    }
}
