using ChatBotKit.Bench.Harness;
using ChatBotKit.Bench.Load;

namespace ChatBotKit.Bench.Benchmarks;

/// <summary>The first page of a list of many bots with all of its fields, by REST and by GraphQL on the same server.</summary>
internal sealed class GraphQlListBenchmark : IBenchmark
{
    private const int Connections = 16;

    private const string Query =
        "{ bots(take: 25) { cursor items { id alias name description backstory model datasetId skillsetId privacy moderation "
        + "blueprintId visibility meta createdAt updatedAt } } }";

    public string Name => "graphql-list";

    public async Task RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        await using var servers = await BotServers.StartAsync(context, cancellationToken);
        var rest = Enumerable.Range(0, Connections).Select(_ => RequestTemplate.Get("/api/v1/bot/list?take=25")).ToList();
        var graphQl = Enumerable.Range(0, Connections).Select(_ => RequestTemplate.Post("/api/v1/graphql", $$"""{"query":"{{Query}}"}""")).ToList();
        await Rounds.RunAsync(context, $"{Name} of 25 of {BotServers.Count:N0}, {Connections} connections",
        [
            new("rest", token => LoadGenerator.RunAsync(servers.Ours, rest, context.Options.LoadDuration, token)),
            new("graphql", token => LoadGenerator.RunAsync(servers.Ours, graphQl, context.Options.LoadDuration, token))
            {
                Targets = [Target.AtLeast("requests", 0.5)],
            },
        ], cancellationToken);
    }
}
