using System.Text.Json;
using ChatBotKit.EndToEnd.Tests;
using ChatBotKit.Faults.Backup;
using ChatBotKit.Faults.Kill;
using ChatBotKit.Faults.Upgrade;
using ChatBotKit.Server.Tests;
using ChatBotKit.TestModels;
using Npgsql;

namespace ChatBotKit.Faults.Moving;

/// <summary>
/// A running server moves to PostgreSQL. It is also killed with SIGKILL meanwhile: what was acknowledged is in the database that can be
/// used, and the move can be made again.
/// </summary>
public sealed class LiveMoveRunTests : MoveRunTests
{
    private const string CatchingUp = "CREATE TABLE AS";

    private const int MaxWrites = 5_000;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private int _created;

    [Fact]
    public async Task Server_AfterItsMigration_ServesOnPostgresAtTheSameAddress()
    {
        await using var server = await ServerRun.StartAsync(Settings(), Token);
        using var api = new ApiConnection(server.Address);
        await BeginAsync(api);

        var migration = await WaitForEndAsync(api);

        Assert.True(migration.GetProperty("state").GetString() == "moved", migration.ToString());
        Assert.True(migration.GetProperty("refusedSeconds").GetDouble() >= 0);
        Assert.True(await IsFileRefusedAsync());
        await CreateAsync(api);
        Assert.Equal(_created + 1L, await TestStore.RunAsync(Target, """SELECT count(*) FROM "Conversations" """));
    }

    [Fact]
    public async Task Answer_ThatIsStreamed_EndsAtTheSwitchAndIsReadAgainOnPostgres()
    {
        await using var model = await ScriptedModelServer.StartAsync(Token);
        model.Answer(script => script.Text("Half an").Silence());
        var settings = Settings();
        settings["OPENAI_BASE_URL"] = model.BaseUrl.AbsoluteUri;
        settings["OPENAI_MODELS"] = "scripted";
        await using var server = await ServerRun.StartAsync(settings, Token);
        using var api = new ApiConnection(server.Address);
        var conversation = (await api.PostAsync(ApiCall.Of("v1/conversation/create", new { model = "scripted" }, Releases.OwnerSecret))).GetProperty("id").GetString()!;
        using var answer = await api.OpenAsync(ApiCall.Of($"v1/conversation/{conversation}/complete", new { text = "One" }, Releases.OwnerSecret));
        var seen = new List<EventLine>();
        while (seen is not [.., { Type: "token" }])
            seen.Add((await answer.ReadAsync(Token))!);
        await BeginAsync(api);

        seen.AddRange(await answer.ReadToEndAsync());
        var migration = await WaitForEndAsync(api);
        using var again = await api.FollowAsync(conversation, answer.RunId!, after: 0, Releases.OwnerSecret);

        Assert.Equal("moved", migration.GetProperty("state").GetString());
        Assert.Equal("shutdown", seen.Single(one => one.Type == "abort").Text("reason"));
        Assert.Equal("abort", seen[^1].EndReason);
        Assert.Equal(seen.Select(one => one.Raw), (await again!.ReadToEndAsync()).Select(one => one.Raw));
    }

    [Fact]
    public async Task Command_WaitsForTheEndOfTheMigration()
    {
        var settings = Settings();
        settings["CHATBOTKIT_API_SECRET"] = BackupServer.Secret;
        await using var server = await ServerRun.StartAsync(settings, Token);

        var migration = await Cbk.DoAsync(server.Address, "migrate", "--to", Target);

        Assert.Equal("moved", (string?)migration["state"]);
        Assert.True(await IsFileRefusedAsync());
        var again = await Cbk.RunAsync(server.Address, "migrate", "--to", Target);
        Assert.Contains("stores in PostgreSQL already", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kill_WhileItCopies_LeavesTheFileInUse()
    {
        await using var hold = await HoldAsync("CREATE INDEX");
        await using (var server = await ServerRun.StartAsync(Settings(), Token))
        {
            using var api = new ApiConnection(server.Address);
            await BeginAsync(api);
            await hold.WaitUntilBlockedAsync();
            await CreateAsync(api);
            await server.KillAsync();
        }

        await hold.ReleaseAsync();
        await MoveAgainAsync();
    }

    [Fact]
    public async Task Kill_WhileItCatchesUp_LeavesTheFileInUse()
    {
        await using var hold = await HoldAsync(CatchingUp);
        await using (var server = await ServerRun.StartAsync(Settings(), Token))
        {
            using var api = new ApiConnection(server.Address);
            await BeginAsync(api);
            await CreateUntilBlockedAsync(api, hold);
            await server.KillAsync();
        }

        await hold.ReleaseAsync();
        await MoveAgainAsync();
    }

    /// <summary>The test locks the table with the mark of PostgreSQL, so that it can't be changed.</summary>
    [Fact]
    public async Task Kill_InTheSwitch_IsFinishedByTheCommand()
    {
        await using var hold = await HoldAsync(CatchingUp);
        await using var connection = new NpgsqlConnection($"{Target};Pooling=false");
        await using (var server = await ServerRun.StartAsync(Settings(), Token))
        {
            using var api = new ApiConnection(server.Address);
            await BeginAsync(api);
            await CreateUntilBlockedAsync(api, hold);
            await connection.OpenAsync(Token);
            await using var command = new NpgsqlCommand("""BEGIN; LOCK TABLE "Schema" IN SHARE MODE""", connection);
            await command.ExecuteNonQueryAsync(Token);
            await hold.ReleaseAsync();
            await UntilAsync(IsFileRefusedAsync);
            await server.KillAsync();
        }

        await connection.CloseAsync();
        await AssertWholeAsync();
        await MoveToTheEndAsync();
        Assert.Equal(_created + 1L, await TestStore.RunAsync(Target, """SELECT count(*) FROM "Conversations" """));
    }

    /// <summary>Starts the server on the file again, and migrates it.</summary>
    private async Task MoveAgainAsync()
    {
        Assert.False(await IsFileRefusedAsync());
        await using var server = await ServerRun.StartAsync(Settings(), Token);
        using var api = new ApiConnection(server.Address);
        await CreateAsync(api);
        await BeginAsync(api);
        var migration = await WaitForEndAsync(api);
        Assert.True(migration.GetProperty("state").GetString() == "moved", migration.ToString());
        Assert.Equal(_created + 1L, await TestStore.RunAsync(Target, """SELECT count(*) FROM "Conversations" """));
    }

    private async Task BeginAsync(ApiConnection api) =>
        await api.PostAsync(ApiCall.Of("v1/server/migration/create", new { to = Target }, Releases.OwnerSecret));

    private async Task CreateAsync(ApiConnection api)
    {
        await api.PostAsync(ApiCall.Of("v1/conversation/create", new { name = "moved" }, Releases.OwnerSecret));
        _created++;
    }

    private async Task CreateUntilBlockedAsync(ApiConnection api, HeldCommand hold)
    {
        var blocked = hold.WaitUntilBlockedAsync();
        for (var count = 0; count < MaxWrites && !blocked.IsCompleted; count++)
            await CreateAsync(api);
        await blocked.WaitAsync(Limit, Token);
    }

    /// <summary>Waits for the end of the migration. While the server is started again, it can't be reached.</summary>
    private static async Task<JsonElement> WaitForEndAsync(ApiConnection api)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(Limit);
        while (true)
        {
            try
            {
                var migration = await api.GetAsync("v1/server/migration/fetch", Releases.OwnerSecret);
                if (migration.GetProperty("state").GetString() is "moved" or "failed")
                    return migration;
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException or UnexpectedAnswerException)
            {
                // It is being started again.
            }

            await Task.Delay(20, limit.Token);
        }
    }
}
