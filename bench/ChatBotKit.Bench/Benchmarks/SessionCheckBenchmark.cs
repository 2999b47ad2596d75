using System.Diagnostics;
using ChatBotKit.Bench.Harness;
using ChatBotKit.Bench.Load;

namespace ChatBotKit.Bench.Benchmarks;

/// <summary>
/// The cost of authentication: the same request with an API token, with a session token that the server has cached, and with one
/// whose signature and row it must check.
/// </summary>
internal sealed class SessionCheckBenchmark : IBenchmark
{
    public string Name => "session-check";

    public async Task RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var count = context.Options.IsQuick ? 200 : 2000;
        using var data = new TempDirectory();
        await using var ours = await Servers.StartOursAsync(context.Options, data, modelUrl: null, cancellationToken, isProbed: true);
        var conversation = (await Servers.CreateConversationsAsync(ours, 1, "extractive", cancellationToken))[0];
        var path = $"/api/v1/conversation/{conversation}/message/list";
        await Rounds.RunAsync(context, Name,
        [
            new("API token", token => MeasureAsync(ours, [RequestTemplate.Get(path)], count, token)),
            new("session, warm", async token => await MeasureAsync(ours, await RequestsAsync(ours, conversation, path, 1, token), count, token)),
            new("session, cold", async token => await MeasureAsync(ours, await RequestsAsync(ours, conversation, path, count, token), count, token)),
        ], cancellationToken);
    }

    /// <summary>Sends the requests in turn over one connection.</summary>
    private static async Task<Sample> MeasureAsync(
        ServerProcess ours, IReadOnlyList<RequestTemplate> requests, int count, CancellationToken cancellationToken)
    {
        using var connection = await RawConnection.ConnectAsync(ours.Address, cancellationToken);
        var ticks = new List<long>(count);
        var errors = 0;
        var used = ours.Usage;
        for (var i = 0; i < count; i++)
        {
            var start = Stopwatch.GetTimestamp();
            if (await connection.SendAsync(requests[i % requests.Count].Next(), cancellationToken) != 200)
                errors++;
            ticks.Add(Stopwatch.GetTimestamp() - start);
        }

        var latencies = new Latencies(ticks);
        return new Sample(
            [
                new("p50", "µs", latencies.Milliseconds(50) * 1000),
                new("p99", "µs", latencies.Milliseconds(99) * 1000),
                .. (ours.Usage - used).Per("request", count),
            ],
            errors);
    }

    private static async Task<IReadOnlyList<RequestTemplate>> RequestsAsync(
        ServerProcess ours, string conversation, string path, int count, CancellationToken cancellationToken)
    {
        var tokens = await Servers.CreateSessionsAsync(ours, conversation, count, cancellationToken);
        return [.. tokens.Select(token => RequestTemplate.Get(path, token))];
    }
}
