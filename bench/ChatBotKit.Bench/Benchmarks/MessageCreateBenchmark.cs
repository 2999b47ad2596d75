using ChatBotKit.Bench.Harness;
using ChatBotKit.Bench.Load;

namespace ChatBotKit.Bench.Benchmarks;

/// <summary>Storing a message so that it survives a power cut.</summary>
internal sealed class MessageCreateBenchmark : IBenchmark
{
    private const string Json = """{"type":"user","text":"Which flowers last longest in a vase?"}""";

    public string Name => "message-create";

    public async Task RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        await using var servers = await StoringServers.StartAsync(context, cancellationToken);
        foreach (var connections in new[] { 1, 16, 64 })
        {
            await Rounds.RunAsync(context, $"{Name}, {connections} connections",
            [
                servers.Contend("floor", servers.Floor, connections, id => Request(id)),
                servers.Contend("plain", servers.Ours, connections, id => Request(id)),
                servers.Contend("with Idempotency-Key", servers.Ours, connections, id => Request(id, hasIdempotencyKey: true)),
            ], cancellationToken);
        }
    }

    public static RequestTemplate Request(string conversationId, bool hasIdempotencyKey = false) =>
        RequestTemplate.Post($"/api/v1/conversation/{conversationId}/message/create", Json, hasIdempotencyKey);
}
