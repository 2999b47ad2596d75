using ChatBotKit.Bench.Harness;
using ChatBotKit.Bench.Load;

namespace ChatBotKit.Bench.Benchmarks;

/// <summary>
/// A page of the bots that have a reference or a value in <c>meta</c>, one request at a time. If few or no bots match, all of them
/// are read.
/// </summary>
internal sealed class BotFilterBenchmark : IBenchmark
{
    /// <summary>A bot far from both ends of the list.</summary>
    private const int Bot = 4_242;

    private const double MostMilliseconds = 20;

    public string Name => "bot-filter";

    public async Task RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        await using var servers = await BotServers.StartAsync(context, cancellationToken);
        var skillset = servers.Skillsets[Bot % servers.Skillsets.Count];
        (string Case, string Ours, string Floor)[] filters =
        [
            ("skillsetId, 100 bots", $"skillsetId={skillset}", $"skillsetId={skillset}"),
            ("skillsetId by a name, 100 bots", $"skillsetId=(Tools%20{Bot % servers.Skillsets.Count})", $"skillsetId={skillset}"),
            ("meta.key, 100 bots", $"meta.team={BotServers.TeamOf(Bot)}", $"meta.team={BotServers.TeamOf(Bot)}"),
            ("meta[key], 100 bots", $"meta[team]={BotServers.TeamOf(Bot)}", $"meta.team={BotServers.TeamOf(Bot)}"),
            ("meta.key, one bot", $"meta.customer={BotServers.CustomerOf(Bot)}", $"meta.customer={BotServers.CustomerOf(Bot)}"),
            ("meta.key, no bot", "meta.customer=nobody", "meta.customer=nobody"),
            ("meta.key, a number, one bot", $"meta.seat={Bot}", $"meta.seat={Bot}"),
            ("skillsetId and meta.key, one bot",
                $"skillsetId={skillset}&meta.customer={BotServers.CustomerOf(Bot)}", $"skillsetId={skillset}"),
        ];
        foreach (var (name, ours, floor) in filters)
        {
            await Rounds.RunAsync(context, $"{Name} of {BotServers.Count:N0}",
            [
                Contend("floor", servers.Floor, floor),
                Contend(name, servers.Ours, ours) with { Targets = [Target.NoMoreThan("p50", MostMilliseconds)] },
            ], cancellationToken);
        }

        Contender Contend(string name, ServerProcess server, string filter)
        {
            IReadOnlyList<RequestTemplate> request = [RequestTemplate.Get($"/api/v1/bot/list?take=25&{filter}")];
            return new(name, token => LoadGenerator.RunAsync(server, request, context.Options.LoadDuration, token));
        }
    }
}
