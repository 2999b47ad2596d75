using System.Globalization;
using ChatBotKit.Bench.Harness;
using ChatBotKit.Bench.Load;

namespace ChatBotKit.Bench.Benchmarks;

/// <summary>
/// Stores messages durably: first as fast as possible, then on a schedule at fractions of the rate of the slower contender.
/// </summary>
internal sealed class MessageCreateBenchmark : IBenchmark
{
    private const string Json = """{"type":"user","text":"Which flowers last longest in a vase?"}""";
    private const int MostConnections = 64;

    public string Name => "message-create";

    public async Task RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        await using var servers = await StoringServers.StartAsync(context, cancellationToken);
        var capacity = 0.0;
        foreach (var connections in new[] { 1, 16, MostConnections })
        {
            var samples = await Rounds.RunAsync(context, $"{Name}, {connections} connections",
            [
                servers.Contend("floor", servers.Floor, connections, id => Request(id)),
                servers.Contend("plain", servers.Ours, connections, id => Request(id), Target.AtLeast("requests", 0.6), Target.AtMost("p99", 3)),
                servers.Contend("with Idempotency-Key", servers.Ours, connections, id => Request(id, hasIdempotencyKey: true)),
            ], cancellationToken);
            capacity = Math.Min(RateOf(samples[0]), RateOf(samples[1]));
        }

        foreach (var share in new[] { 0.5, 0.8 })
        {
            var rate = share * capacity;
            await Rounds.RunAsync(
                context, string.Create(CultureInfo.InvariantCulture, $"{Name}, scheduled at {share:P0} ({rate:N0}/s)"),
                [
                    servers.ContendScheduled("floor", servers.Floor, MostConnections, rate, id => Request(id)),
                    servers.ContendScheduled(
                        "plain", servers.Ours, MostConnections, rate, id => Request(id), Target.AtMost("p99 from when due", 3)),
                ], cancellationToken);
        }
    }

    public static RequestTemplate Request(string conversationId, bool hasIdempotencyKey = false) =>
        RequestTemplate.Post($"/api/v1/conversation/{conversationId}/message/create", Json, hasIdempotencyKey);

    private static double RateOf(IReadOnlyList<Sample> samples) =>
        Spread.Of(samples.Select(sample => sample.Metrics.Single(metric => metric.Name == "requests").Value)).Median;
}
