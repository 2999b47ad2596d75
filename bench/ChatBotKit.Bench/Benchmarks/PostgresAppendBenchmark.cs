using ChatBotKit.Bench.Harness;

namespace ChatBotKit.Bench.Benchmarks;

/// <summary>Stores messages durably in PostgreSQL. The floor stores in the same PostgreSQL server.</summary>
internal sealed class PostgresAppendBenchmark : IBenchmark
{
    public string Name => "postgres-append";

    public async Task RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        if (await PostgresDatabases.StartAsync(context, Name) is not { } postgres)
            return;
        await using var stopping = postgres;
        await using var servers = await StoringServers.StartAsync(
            context, cancellationToken, await PostgresDatabases.CreateAsync(postgres, cancellationToken));
        foreach (var (connections, least) in new[] { (1, 0), (16, 0.6), (64, 1.0) })
        {
            await Rounds.RunAsync(context, $"{Name}, {connections} connections",
            [
                servers.Contend("floor", servers.Floor, connections, id => MessageCreateBenchmark.Request(id)),
                servers.Contend(
                    "plain", servers.Ours, connections, id => MessageCreateBenchmark.Request(id),
                    least > 0 ? [Target.AtLeast("requests", least)] : []),
                servers.Contend("with Idempotency-Key", servers.Ours, connections, id => MessageCreateBenchmark.Request(id, hasIdempotencyKey: true)),
            ], cancellationToken);
        }
    }
}
