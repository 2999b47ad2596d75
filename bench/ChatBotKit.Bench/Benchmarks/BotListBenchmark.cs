using ChatBotKit.Bench.Harness;
using ChatBotKit.Bench.Load;

namespace ChatBotKit.Bench.Benchmarks;

/// <summary>The first page of a list of many bots, as an example of any kind of resources.</summary>
internal sealed class BotListBenchmark : IBenchmark
{
    private const int Connections = 16;

    public string Name => "bot-list";

    public async Task RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        await using var servers = await BotServers.StartAsync(context, cancellationToken);
        var requests = Enumerable.Range(0, Connections).Select(_ => RequestTemplate.Get("/api/v1/bot/list?take=25")).ToList();
        await Rounds.RunAsync(context, $"{Name} of 25 of {BotServers.Count:N0}, {Connections} connections",
        [
            new("floor", token => LoadGenerator.RunAsync(servers.Floor, requests, context.Options.LoadDuration, token)),
            new("plain", token => LoadGenerator.RunAsync(servers.Ours, requests, context.Options.LoadDuration, token))
            {
                Targets = [Target.AtLeast("requests", 0.5)],
            },
        ], cancellationToken);
    }
}
