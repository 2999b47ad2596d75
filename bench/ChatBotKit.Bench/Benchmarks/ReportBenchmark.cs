using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using ChatBotKit.Bench.Harness;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace ChatBotKit.Bench.Benchmarks;

/// <summary>
/// Every report on an account with a million messages of 90 days, one request at a time. The floor counts the messages of each day and
/// type in the table of messages itself, with plain SQL.
/// </summary>
internal sealed class ReportBenchmark : IBenchmark
{
    private const int MessagesOfAConversation = 10;
    private const int Requests = 5;
    private const double MostMilliseconds = 1_000;

    /// <summary>Conversations of 90 days with a bot, each with ten messages, a run for each second message, and a rating for each tenth.</summary>
    private const string Fill = """
        CREATE TEMP TABLE numbers AS WITH RECURSIVE n(i) AS (SELECT CAST(0 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i + 1 < $count) SELECT i FROM n;
        INSERT INTO "Conversations" ("Id", "AccountId", "Name", "Description", "ContactId", "BotId", "CreatedAt", "UpdatedAt")
        SELECT 'talk' || i, $account, '', '', NULL, $bot, $now - (i % 90) * 86400000 - i % 40000000, 0 FROM numbers;
        INSERT INTO "Messages" ("Id", "ConversationId", "Position", "Type", "Text", "Name", "Description", "Meta", "CreatedAt", "UpdatedAt")
        SELECT 'm' || numbers.i || '-' || p.i, 'talk' || numbers.i, p.i + 1, CASE p.i % 5 WHEN 4 THEN 'activity' WHEN 0 THEN 'user' WHEN 2 THEN 'user' ELSE 'bot' END,
            'How long do orchids last, and what do they need in winter?', '', '',
            CASE p.i % 5 WHEN 4 THEN '{"activity":{"type":"request","function":{"name":"look","arguments":{},"result":"1"}}}' END,
            $now - (numbers.i % 90) * 86400000 - numbers.i % 40000000 + p.i, 0
        FROM numbers, (SELECT i FROM numbers WHERE i < $messages) AS p;
        INSERT INTO "UsageRecords" ("Id", "AccountId", "ConversationId", "BotId", "Model", "InputTokens", "OutputTokens", "Messages", "CreatedAt", "Duration", "FirstToken", "EndReason")
        SELECT 'u' || numbers.i || '-' || p.i, $account, 'talk' || numbers.i, $bot, 'gpt', 100, 20, 2,
            $now - (numbers.i % 90) * 86400000 - numbers.i % 40000000 + p.i, numbers.i % 9000, numbers.i % 900, 'stop'
        FROM numbers, (SELECT i FROM numbers WHERE i < $messages / 2) AS p ORDER BY 9;
        INSERT INTO "Ratings" ("Id", "AccountId", "ConversationId", "Value", "CreatedAt")
        SELECT 'r' || i, $account, 'talk' || i, CASE WHEN i % 3 = 0 THEN -100 ELSE 100 END, $now - (i % 90) * 86400000 FROM numbers WHERE i % 10 = 0;
        INSERT INTO "ConversationDays"
        SELECT $account, "CreatedAt" / 86400000, "Id", "BotId", NULL, NULL, 1, $messages * 2 / 5, $messages * 2 / 5, $messages / 5, 0, 120 * $messages / 2
        FROM "Conversations" WHERE "Id" LIKE 'talk%';
        """;

    private const string Floor = """
        SELECT message."CreatedAt" / 86400000, message."Type", count(*) FROM "Messages" AS message
            JOIN "Conversations" AS conversation ON conversation."Id" = message."ConversationId" GROUP BY 1, 2
        """;

    public string Name => "report";

    public async Task RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        using (var data = new TempDirectory())
        {
            var file = Path.Combine(data.Path, "data", "chatbotkit.db");
            await RunAsync(context, data, database: null, () => new SqliteConnection($"Data Source={file};Pooling=False"), cancellationToken);
        }

        if (await PostgresDatabases.StartAsync(context, $"{Name} on PostgreSQL") is not { } postgres)
            return;
        await using var server = postgres;
        using var files = new TempDirectory();
        var database = await PostgresDatabases.CreateAsync(postgres, cancellationToken);
        await RunAsync(context, files, database, () => new NpgsqlConnection($"{database};Pooling=false"), cancellationToken);
    }

    private async Task RunAsync(
        BenchContext context, TempDirectory data, string? database, Func<DbConnection> connect, CancellationToken cancellationToken)
    {
        var settings = PostgresDatabases.SettingsOf(database);
        string bot;
        await using (var empty = await Servers.StartOursAsync(context.Options, data, modelUrl: null, cancellationToken, settings))
            bot = (await Servers.ApiOf(empty).Bot.CreateAsync(new BotCreateRequest { Name = "Flora" }, cancellationToken)).Id;
        var conversations = context.Options.IsQuick ? 10_000 : 100_000;
        await FillAsync(connect, bot, conversations, cancellationToken);
        var floor = await MeasureAsync(async () => await CountAsync(connect, cancellationToken));
        await using var server = await Servers.StartOursAsync(context.Options, data, modelUrl: null, cancellationToken, settings);
        var api = Servers.ApiOf(server);
        var title = $"{Name}{(database is null ? "" : " on PostgreSQL")}, {conversations * MessagesOfAConversation:N0} messages";
        var input = new JsonObject { ["botId"] = bot, ["periodDays"] = 90, ["datasetIds"] = new JsonArray("none"), ["conversationIds"] = new JsonArray("talk1") };
        foreach (var report in (await api.Platform.Report.ListAsync(cancellationToken: cancellationToken)).Items)
        {
            var ours = await MeasureAsync(() => api.Platform.Report.GenerateAsync(report.Id, (JsonObject)input.DeepClone(), cancellationToken));
            Add(context, title, report.Name!, ours, floor);
        }

        Add(context, title, "usage/series/fetch", await MeasureAsync(() => api.Usage.Series.FetchAsync(cancellationToken)), floor);
        Add(context, title, "usage/series/run/fetch", await MeasureAsync(() => api.Usage.Series.FetchRunsAsync(null, cancellationToken)), floor);
    }

    private static void Add(BenchContext context, string title, string what, Sample ours, Sample floor) => context.Report.Add(
        $"{title}: {what}", [ours], [floor], [Target.NoMoreThan("p50", MostMilliseconds)]);

    private static async Task FillAsync(Func<DbConnection> connect, string bot, int conversations, CancellationToken cancellationToken)
    {
        await using var connection = connect();
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandTimeout = 0;
        command.CommandText = """SELECT "AccountId" FROM "Resources" WHERE "Kind" = 'bot'""";
        var account = (string)(await command.ExecuteScalarAsync(cancellationToken))!;
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        // PostgreSQL takes no parameters for several statements at once.
        var fill = Fill.Replace("$account", $"'{account}'", StringComparison.Ordinal).Replace("$bot", $"'{bot}'", StringComparison.Ordinal)
            .Replace("$count", conversations.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("$messages", MessagesOfAConversation.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("$now", now, StringComparison.Ordinal);
        command.CommandText = $"BEGIN; {fill} COMMIT; ANALYZE;";
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<long> CountAsync(Func<DbConnection> connect, CancellationToken cancellationToken)
    {
        await using var connection = connect();
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = Floor;
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var sum = 0L;
        while (await rows.ReadAsync(cancellationToken))
            sum += rows.GetInt64(2);
        return sum;
    }

    private static async Task<Sample> MeasureAsync<T>(Func<Task<T>> call)
    {
        // The first call reads the pages of the file.
        await call();
        var times = new List<double>();
        for (var count = 0; count < Requests; count++)
        {
            var watch = Stopwatch.StartNew();
            await call();
            times.Add(watch.Elapsed.TotalMilliseconds);
        }

        times.Sort();
        return new Sample([new("p50", "ms", times[Requests / 2]), new("max", "ms", times[^1])]);
    }
}
