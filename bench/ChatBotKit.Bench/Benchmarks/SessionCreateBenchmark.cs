using ChatBotKit.Bench.Harness;
using ChatBotKit.Bench.Load;

namespace ChatBotKit.Bench.Benchmarks;

/// <summary>Creates sessions: a signed token and a durable row.</summary>
internal sealed class SessionCreateBenchmark : IBenchmark
{
    public string Name => "session-create";

    public async Task RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        await using var servers = await StoringServers.StartAsync(context, cancellationToken);
        foreach (var connections in new[] { 16, 64 })
        {
            await Rounds.RunAsync(context, $"{Name}, {connections} connections",
            [
                servers.Contend("floor", servers.Floor, connections, Request),
                servers.Contend("plain", servers.Ours, connections, Request, Target.AtLeast("requests", 0.5)),
            ], cancellationToken);
        }
    }

    private static RequestTemplate Request(string conversationId) =>
        RequestTemplate.Post($"/api/v1/conversation/{conversationId}/session/create", """{"durationInSeconds":3600}""");
}
