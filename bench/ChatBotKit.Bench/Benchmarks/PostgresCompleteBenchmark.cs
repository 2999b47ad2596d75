using ChatBotKit.Bench.Harness;
using ChatBotKit.Bench.Load;

namespace ChatBotKit.Bench.Benchmarks;

/// <summary>Streamed answers in stored conversations: the server on PostgreSQL against the same server on SQLite.</summary>
internal sealed class PostgresCompleteBenchmark : IBenchmark
{
    public string Name => "postgres-complete";

    public async Task RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        if (await PostgresDatabases.StartAsync(context, Name) is not { } postgres)
            return;
        await using var stopping = postgres;
        using var data = new TempDirectory();
        using var dataOfSqlite = new TempDirectory();
        await using var model = await ModelUpstream.StartAsync(context.Options, cancellationToken);
        await using var onSqlite = await Servers.StartOursAsync(context.Options, dataOfSqlite, model.BaseUrl, cancellationToken, isProbed: true);
        var database = await PostgresDatabases.CreateAsync(postgres, cancellationToken);
        await using var onPostgres = await Servers.StartOursAsync(
            context.Options, data, model.BaseUrl, cancellationToken, PostgresDatabases.SettingsOf(database), isProbed: true);
        foreach (var streams in new[] { 1, 64 })
        {
            using var toSqlite = new StreamLoad(onSqlite, streams);
            using var toPostgres = new StreamLoad(onPostgres, streams);
            var calls = context.Options.IsQuick ? 2 * streams : streams == 1 ? 200 : 10 * streams;
            Contender Fast(string name, ServerProcess server, StreamLoad load) => new(name, async token => await load.RunAsync(
                await StreamCalls.StatefulAsync(server, ModelUpstream.Fast, calls / 2, token, turns: 2), ModelUpstream.FastTokens, isTimed: false, token));
            Contender Paced(string name, ServerProcess server, StreamLoad load) => new(name, async token => await load.RunAsync(
                await StreamCalls.StatefulAsync(server, ModelUpstream.Paced, streams, token), model.PacedTokens, isTimed: true, token));

            await Rounds.RunAsync(
                context, $"{Name}, fast model, {streams} streams",
                [Fast("SQLite", onSqlite, toSqlite), Fast("stored", onPostgres, toPostgres)], cancellationToken);
            await Rounds.RunAsync(
                context, $"{Name}, paced model, {streams} streams",
                [Paced("SQLite", onSqlite, toSqlite), Paced("stored", onPostgres, toPostgres)], cancellationToken);
        }
    }
}
