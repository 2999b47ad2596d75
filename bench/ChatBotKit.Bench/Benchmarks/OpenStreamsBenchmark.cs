using ChatBotKit.Bench.Harness;
using ChatBotKit.Bench.Load;

namespace ChatBotKit.Bench.Benchmarks;

/// <summary>
/// The memory of open streams that wait for their model. Streams are opened and ended three times in one process, so that a leak
/// becomes visible.
/// </summary>
internal sealed class OpenStreamsBenchmark : IBenchmark
{
    private const int Times = 3;
    private const string PerStream = "memory per open stream";
    private const string WhenOpen = "memory with all open";
    private const string AfterEnd = "memory after their end";

    public string Name => "open-streams";

    public async Task RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var options = context.Options;
        var streams = options.IsQuick ? 50 : 1000;
        using var data = new TempDirectory();
        await using var model = await ModelUpstream.StartAsync(options, cancellationToken);
        var programs = await PublishedPrograms.FindAsync(options, cancellationToken);
        // The memory of a process does not shrink after it has grown once, so each measurement uses a new process.
        var few = context with { Options = programs.Options with { WarmUps = 0, Rounds = options.IsQuick ? 1 : Math.Min(options.Rounds, 4) } };
        var later = new Dictionary<string, List<Sample>>();
        Contender Contend(string name, Func<CancellationToken, Task<ServerProcess>> startAsync, Func<ServerProcess, int, CancellationToken, Task<IEnumerable<StreamCall>>> callsAsync) =>
            new(name, async token =>
            {
                var (first, last) = await MeasureAsync(startAsync, model, streams, options.Settling, callsAsync, token);
                if (!later.TryGetValue(name, out var samples))
                    later[name] = samples = [];
                samples.Add(last);
                return first;
            })
            {
                Targets = [Target.AtMost(PerStream, 2)],
            };

        Task<ServerProcess> OursAsync(CancellationToken token) =>
            Servers.StartOursAsync(programs.Options, data, model.BaseUrl, token, Servers.SmallGarbage);
        Task<ServerProcess> FloorAsync(CancellationToken token) =>
            Servers.StartProxyFloorAsync(data, model.BaseUrl, token, Servers.SmallGarbage, program: programs.FloorPath);
        var contenders = new[]
        {
            Contend("floor", FloorAsync, FloorCallsAsync),
            Contend("stateless", OursAsync, StatelessCallsAsync),
            Contend("stored", OursAsync, StatefulCallsAsync),
        };
        var first = await Rounds.RunAsync(few, $"{Name}, {streams} streams", contenders, cancellationToken);
        foreach (var (contender, samples) in contenders.Zip(first))
            context.Report.Add(
                $"{Name}, {streams} streams, {contender.Name}: time {Times} ÷ time 1", later[contender.Name], samples,
                contender == contenders[0] ? [] : [Target.AtMost(WhenOpen, 1.1), Target.AtMost(AfterEnd, 1.1)]);
    }

    private static Task<IEnumerable<StreamCall>> FloorCallsAsync(ServerProcess floor, int count, CancellationToken cancellationToken) =>
        Task.FromResult(Enumerable.Repeat(StreamCalls.OfFloor(ModelUpstream.Held), count));

    private static Task<IEnumerable<StreamCall>> StatelessCallsAsync(ServerProcess ours, int count, CancellationToken cancellationToken) =>
        Task.FromResult(Enumerable.Repeat(StreamCalls.Stateless(ModelUpstream.Held), count));

    private static Task<IEnumerable<StreamCall>> StatefulCallsAsync(ServerProcess ours, int count, CancellationToken cancellationToken) =>
        StreamCalls.StatefulAsync(ours, ModelUpstream.Held, count, cancellationToken);

    private static async Task<(Sample First, Sample Last)> MeasureAsync(
        Func<CancellationToken, Task<ServerProcess>> startAsync, ModelUpstream model, int streams, TimeSpan settling,
        Func<ServerProcess, int, CancellationToken, Task<IEnumerable<StreamCall>>> callsAsync, CancellationToken cancellationToken)
    {
        await using var server = await startAsync(cancellationToken);
        using var load = new StreamLoad(server, streams);
        // The first streams load and compile code. They stay open at first, so that the measured ones do not reuse their memory.
        await using var warm = await OpenStreams.OpenAsync(load, await callsAsync(server, streams / 10, cancellationToken), cancellationToken);
        var samples = new List<Sample>();
        for (var time = 0; time < Times; time++)
        {
            var calls = await callsAsync(server, streams, cancellationToken);
            await Task.Delay(settling, cancellationToken);
            var before = server.WorkingSet;
            await using var open = await OpenStreams.OpenAsync(load, calls, cancellationToken);
            await Task.Delay(settling, cancellationToken);
            var whenOpen = server.WorkingSet;
            model.Release();
            var ended = await open.EndAsync(cancellationToken);
            await Task.Delay(settling, cancellationToken);
            samples.Add(new Sample(
                [
                    .. time == 0 ? [new(PerStream, "kB", (whenOpen - before) / 1e3 / streams)] : Enumerable.Empty<Metric>(),
                    new(WhenOpen, "MB", whenOpen / 1e6),
                    new(AfterEnd, "MB", server.WorkingSet / 1e6),
                ],
                streams - ended));
        }

        return (samples[0], samples[^1]);
    }
}
