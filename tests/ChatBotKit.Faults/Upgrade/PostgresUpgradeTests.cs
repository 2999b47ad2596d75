using System.Diagnostics;
using ChatBotKit.EndToEnd.Tests;
using ChatBotKit.Faults.Kill;
using ChatBotKit.Server.Data.Schema;
using ChatBotKit.Server.Tests;
using ChatBotKit.TestModels;
using Npgsql;

namespace ChatBotKit.Faults.Upgrade;

/// <summary>
/// The start that upgrades a PostgreSQL database is killed with SIGKILL. The next start must succeed with every row. All scripts run in
/// one transaction, so that there is never half an upgrade.
/// </summary>
public sealed class PostgresUpgradeTests : IAsyncLifetime
{
    private const string CountWaiting = """
        SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE 'INSERT INTO "Schema"%'
        """;

    /// <summary>No kill begins after this time, so that a slow machine checks less instead of running longer.</summary>
    private static readonly TimeSpan TimeLimit = Form.Pick(TimeSpan.FromSeconds(15), TimeSpan.FromMinutes(10));

    private readonly string _directory = Directory.CreateTempSubdirectory("chatbotkit-upgrade-").FullName;
    private string _database = "";
    private TimeSpan _startTime;
    private HashSet<string> _before = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(PostgresServer.Binaries is null, PostgresServer.Missing);
        _database = await TestStore.CreateEmptyDatabaseAsync();
        await using (var server = await ServerRun.StartAsync(Settings(), Token))
        {
            using var api = new ApiConnection(server.Address);
            var created = await api.PostAsync(ApiCall.Of("v1/conversation/create", new { backstory = "Orchids." }, Releases.OwnerSecret));
            var conversation = created.GetProperty("id").GetString();
            foreach (var text in (string[])["How long do orchids last?", "And roses?"])
                await api.PostAsync(ApiCall.Of($"v1/conversation/{conversation}/message/create", new { type = "user", text }, Releases.OwnerSecret));
            await api.PostAsync(ApiCall.Of($"v1/conversation/{conversation}/session/create", new { durationInSeconds = 3600 }, Releases.OwnerSecret));
            await api.PostAsync(ApiCall.Of("v1/bot/create", new { name = "Flora" }, Releases.OwnerSecret));
            await server.KillAsync();
        }

        await MakeOlderAsync();
        _before = await ReadRowsAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Directory.Delete(_directory, recursive: true);
        if (_database.Length > 0)
            await TestStore.DeleteDatabaseAsync(_database);
    }

    /// <summary>A transaction of the test holds up the last statements of the upgrade until the server is killed.</summary>
    [Fact]
    public async Task Kill_InTheMiddleOfTheUpgrade_IsMadeUpForByTheNextStart()
    {
        await using var connection = new NpgsqlConnection($"{_database};Pooling=false");
        await connection.OpenAsync(Token);
        await using var transaction = await connection.BeginTransactionAsync(Token);
        await using var command = new NpgsqlCommand("""LOCK TABLE "Schema" IN SHARE MODE""", connection);
        await command.ExecuteNonQueryAsync(Token);
        await using (var server = ServerRun.Launch(Settings()))
        {
            var listening = server.WaitUntilListeningAsync(Token);
            while (!listening.IsCompleted && await TestStore.RunAsync(_database, CountWaiting) is 0L)
                await Task.Delay(5, Token);
            Assert.False(listening.IsCompleted);
            await server.KillAsync();
        }

        // The database still runs the statement of the killed server.
        await using var next = ServerRun.Launch(Settings());
        await transaction.CommitAsync(Token);
        await next.WaitUntilListeningAsync(Token);

        await AssertUpgradedAsync();
    }

    [Fact]
    public async Task Kill_AtAnyTimeOfTheStart_IsMadeUpForByTheNextStart()
    {
        var seed = Form.Seed ?? Random.Shared.Next();
        Form.Report($"CHATBOTKIT_SEED={seed}");
        var (random, watch, upgraded) = (new Random(seed), Stopwatch.StartNew(), 0);
        await StartAsync();
        for (int count = 0, kills = Form.Pick(4, 120); count < kills && (count == 0 || watch.Elapsed < TimeLimit); count++)
        {
            await MakeOlderAsync();
            await using (var server = ServerRun.Launch(Settings()))
            {
                await Task.Delay(_startTime * random.NextDouble(), Token);
                await server.KillAsync();
            }

            upgraded += await CountScriptsAsync() == SchemaScript.PostgreSql.Count ? 1 : 0;
            await StartAsync();
            await AssertUpgradedAsync();
        }

        Form.Report($"{upgraded} of the killed starts had upgraded the database");
    }

    private static Task<object?> DropAsync(string database, SchemaScript script) => script.Name switch
    {
        "0011_due_work" => TestStore.RunAsync(database, """DROP TABLE "DueWork"; DELETE FROM "Schema" WHERE "Number" = 11"""),
        "0012_blobs" => TestStore.RunAsync(database, """
            DROP TABLE "BlobChunks", "Blobs";
            ALTER TABLE "Attachments" DROP COLUMN "BlobId", ADD COLUMN "Stored" boolean NOT NULL DEFAULT FALSE;
            DELETE FROM "Schema" WHERE "Number" = 12
            """),
        "0013_contents" => TestStore.RunAsync(database, """DROP TABLE "Contents"; DELETE FROM "Schema" WHERE "Number" = 13"""),
        "0014_records" => TestStore.RunAsync(database, """DROP TABLE "Records", "RecordChanges", "DatasetFiles"; DELETE FROM "Schema" WHERE "Number" = 14"""),
        "0015_content_bytes" => TestStore.RunAsync(
            database, """ALTER TABLE "Accounts" DROP COLUMN "ContentBytes"; DELETE FROM "Schema" WHERE "Number" = 15"""),
        "0016_imports_and_texts" => TestStore.RunAsync(
            database, """DROP TABLE "StagedRecords", "DocumentTexts"; DELETE FROM "Schema" WHERE "Number" = 16"""),
        "0017_bot_usage" => TestStore.RunAsync(
            database, """ALTER TABLE "UsageRecords" DROP COLUMN "BotId"; DELETE FROM "Schema" WHERE "Number" = 17"""),
        "0018_task_executions" => TestStore.RunAsync(database, """
            DROP TABLE "TaskExecutions"; DELETE FROM "DueWork" WHERE "Kind" = 'task-adoption'; DELETE FROM "Schema" WHERE "Number" = 18
            """),
        "0019_secret_values" => TestStore.RunAsync(database, """DROP TABLE "SecretValues"; DELETE FROM "Schema" WHERE "Number" = 19"""),
        "0020_events" => TestStore.RunAsync(database, """DROP TABLE "EventSpans", "Events"; DELETE FROM "Schema" WHERE "Number" = 20"""),
        "0021_usage_and_policies" => TestStore.RunAsync(database, """
            DROP TABLE "ConversationDays", "PolicyStates";
            DROP INDEX "IX_UsageRecords_List", "IX_UsageRecords_ConversationId", "IX_UsageRecords_BotId", "IX_UsageRecords_WithoutConversation", "IX_Ratings_AccountId", "IX_Resources_Policies";
            ALTER TABLE "UsageRecords" DROP COLUMN "ContactId", DROP COLUMN "TaskId", DROP COLUMN "FirstToken", DROP COLUMN "Duration",
                DROP COLUMN "EndReason";
            CREATE INDEX "IX_UsageRecords_ConversationId_CreatedAt" ON "UsageRecords" ("ConversationId", "CreatedAt");
            CREATE INDEX "IX_UsageRecords_BotId_CreatedAt" ON "UsageRecords" ("BotId", "CreatedAt") WHERE "BotId" IS NOT NULL;
            DELETE FROM "Schema" WHERE "Number" = 21
            """),
        "0022_bulletins" => TestStore.RunAsync(database, """DROP TABLE "Bulletins"; DELETE FROM "Schema" WHERE "Number" = 22"""),
        "0023_mcp_sign_in" => TestStore.RunAsync(database, """DROP TABLE "McpGrants"; DELETE FROM "Schema" WHERE "Number" = 23"""),
        "0024_integrations" => TestStore.RunAsync(database, """DROP TABLE "WidgetFiles", "ExtractItems"; DELETE FROM "Schema" WHERE "Number" = 24"""),
        "0026_schedules_and_usage_filters" => TestStore.RunAsync(database, """
            DROP INDEX "IX_UsageRecords_ContactId", "IX_UsageRecords_TaskId", "IX_UsageRecords_Model";
            DELETE FROM "DueWork" WHERE "Kind" = 'schedule-adoption';
            DELETE FROM "Schema" WHERE "Number" = 26
            """),
        _ => throw new InvalidOperationException($"The test can't undo {script.Name}. Say how."),
    };

    /// <summary>Undoes every script after the first one.</summary>
    private async Task MakeOlderAsync()
    {
        foreach (var script in SchemaScript.PostgreSql.Skip(1).Reverse())
            await DropAsync(_database, script);
    }

    private async Task StartAsync()
    {
        var watch = Stopwatch.StartNew();
        await using var server = await ServerRun.StartAsync(Settings(), Token);
        _startTime = watch.Elapsed;
        await server.KillAsync();
    }

    private async Task AssertUpgradedAsync()
    {
        Assert.Equal(SchemaScript.PostgreSql.Count, await CountScriptsAsync());
        Assert.NotEmpty(_before);
        Assert.Empty(_before.Except(await ReadRowsAsync()));
        Assert.Equal(0L, await TestStore.RunAsync(_database, """SELECT count(*) FROM "DueWork" WHERE "DueAt" IS NULL"""));
    }

    private async Task<long> CountScriptsAsync() => (long)(await TestStore.RunAsync(_database, """SELECT count(*) FROM "Schema" """))!;

    /// <summary>Reads all rows as texts, without those that every start changes, and without the column that the upgrade adds.</summary>
    private async Task<HashSet<string>> ReadRowsAsync()
    {
        var tables = (string)(await TestStore.RunAsync(
            _database, """SELECT string_agg(tablename, ',') FROM pg_tables WHERE schemaname = 'public' AND tablename NOT IN ('Schema', 'Leases', 'Lanes', 'DueWork')"""))!;
        var rows = new HashSet<string>();
        foreach (var table in tables.Split(','))
            rows.UnionWith(((string?)await TestStore.RunAsync(_database, $"""SELECT string_agg('{table} ' || (to_jsonb(t) - 'ContentBytes')::text, E'\n') FROM "{table}" t"""))?.Split('\n') ?? []);
        return rows;
    }

    private Dictionary<string, string> Settings() => new()
    {
        ["CHATBOTKIT_DATA_DIR"] = _directory,
        ["CHATBOTKIT_POSTGRES"] = _database,
        ["CHATBOTKIT_API_SECRET"] = Releases.OwnerSecret,
    };
}
