using ChatBotKit.Bench.Harness;
using ChatBotKit.Bench.Load;

namespace ChatBotKit.Bench.Benchmarks;

/// <summary>Durable updates of bots. Each connection updates a bot of its own repeatedly.</summary>
internal sealed class BotUpdateBenchmark : IBenchmark
{
    private const int Connections = 16;

    private const string Json = $$"""
        {"name":"Florist {{RequestTemplate.Counter}}","backstory":"You sell flowers and are brief. You ask for the length of the stem before you name a price."}
        """;

    public string Name => "bot-update";

    public async Task RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        await using var servers = await BotServers.StartAsync(context, cancellationToken);
        await Rounds.RunAsync(context, $"{Name} of {BotServers.Count:N0}, {Connections} connections",
        [
            Contend("floor", servers.Floor),
            Contend("plain", servers.Ours) with { Targets = [Target.AtLeast("requests", 0.6)] },
        ], cancellationToken);

        Contender Contend(string name, ServerProcess server)
        {
            var bots = servers.BotsOf(server);
            var requests = Enumerable.Range(0, Connections)
                .Select(i => RequestTemplate.Post($"/api/v1/bot/{bots[i * (bots.Count / Connections)]}/update", Json)).ToList();
            return new(name, token => LoadGenerator.RunAsync(server, requests, context.Options.LoadDuration, token));
        }
    }
}
