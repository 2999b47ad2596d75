using ChatBotKit.Bench.Harness;
using ChatBotKit.Bench.Load;

namespace ChatBotKit.Bench.Benchmarks;

/// <summary>Creates conversations durably.</summary>
internal sealed class ConversationCreateBenchmark : IBenchmark
{
    public string Name => "conversation-create";

    public async Task RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        await using var servers = await StoringServers.StartAsync(context, cancellationToken);
        foreach (var connections in new[] { 16, 64 })
        {
            await Rounds.RunAsync(context, $"{Name}, {connections} connections",
            [
                servers.Contend("floor", servers.Floor, connections, _ => Request()),
                servers.Contend("plain", servers.Ours, connections, _ => Request(), Target.AtLeast("requests", 0.4)),
            ], cancellationToken);
        }
    }

    public static RequestTemplate Request() =>
        RequestTemplate.Post("/api/v1/conversation/create", """{"model":"extractive","backstory":"You sell flowers and are brief."}""");
}
