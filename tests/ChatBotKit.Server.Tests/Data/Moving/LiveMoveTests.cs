using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Moving;
using ChatBotKit.Server.Data.PostgreSql;
using ChatBotKit.Server.Data.Sqlite;
using ChatBotKit.Server.Security;
using ChatBotKit.Server.Tests.Features;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ChatBotKit.Server.Tests.Data;

/// <summary>The move of a running server: everything that was acknowledged is on PostgreSQL, once.</summary>
public sealed class LiveMoveTests : MovingTests
{
    private const string Captured = "SELECT name FROM sqlite_master WHERE name LIKE '%ChangedRows%'";

    [Fact]
    public async Task WritesDuringTheMove_AreOnPostgresOnce()
    {
        List<MovingClient> clients;
        await using (var app = await StartAsync())
        {
            clients = await StartClientsAsync(app);
            var working = clients.Select(client => Task.Run(client.WorkAsync, Cancellation)).ToList();
            await Task.WhenAll(clients.Select(client => client.WhenAtAsync(1)));

            await MoveLiveAsync(app, () => Task.WhenAll(clients.Select(client => client.WhenAtAsync(client.Rounds + 2))));

            await Task.WhenAll(working);
        }

        Assert.Equal("Moved", (await MarkAsync()).Split(' ')[1]);
        await using var moved = await StartAsync(isMoved: true);
        foreach (var client in clients)
            await client.AssertStoredAsync(moved);
    }

    /// <summary>The undo compares all rows, so that it finds every difference.</summary>
    [Fact]
    public async Task Undo_AfterALiveMove_FindsTheSameRows()
    {
        await using (var app = await StartAsync())
        {
            var clients = await StartClientsAsync(app);
            var working = clients.Select(client => Task.Run(client.WorkAsync, Cancellation)).ToList();
            await Task.WhenAll(clients.Select(client => client.WhenAtAsync(1)));
            await MoveLiveAsync(app, () => Task.WhenAll(clients.Select(client => client.WhenAtAsync(client.Rounds + 1))));
            await Task.WhenAll(working);
        }

        await MoveWholeAsync("--undo");

        await using var back = await StartAsync();
        Assert.Empty(Query(Captured));
    }

    /// <summary>Unique values pass from one row to another, and rows go with those to which they belong.</summary>
    [Fact]
    public async Task ChangesThatDependOnEachOther_AreMoved()
    {
        await using (var app = await StartAsync())
        {
            using var owner = ServerFactory.ClientOf(app);
            var first = ApiJson.Id(await owner.ReadAsync(HttpMethod.Post, "bot/create", """{"name":"first","alias":"one"}"""));
            var second = ApiJson.Id(await owner.ReadAsync(HttpMethod.Post, "bot/create", """{"name":"second","alias":"two"}"""));
            var third = ApiJson.Id(await owner.ReadAsync(HttpMethod.Post, "bot/create", """{"name":"third","alias":"three"}"""));
            var skillset = ApiJson.Id(await owner.ReadAsync(HttpMethod.Post, "skillset/create", """{"name":"skills"}"""));
            var conversation = ApiJson.Id(await owner.ReadAsync(HttpMethod.Post, "conversation/create", "{}"));
            await owner.ReadAsync(HttpMethod.Post, $"conversation/{conversation}/message/create", """{"type":"user","text":"gone"}""");
            await owner.UploadAsync(conversation, new ByteArrayContent([1, 2, 3]), "image/png");

            await MoveLiveAsync(app, async () =>
            {
                await owner.ReadAsync(HttpMethod.Post, $"bot/{first}/update", """{"alias":"other"}""");
                await owner.ReadAsync(HttpMethod.Post, $"bot/{second}/update", """{"alias":"one"}""");
                await owner.ReadAsync(HttpMethod.Post, $"bot/{first}/update", """{"alias":"two"}""");
                await owner.ReadAsync(HttpMethod.Post, $"bot/{third}/delete", "{}");
                await owner.ReadAsync(HttpMethod.Post, "bot/create", $$"""{"name":"fourth","alias":"three","skillsetId":"{{skillset}}"}""");
                await owner.ReadAsync(HttpMethod.Post, $"conversation/{conversation}/delete", "{}");
            });
        }

        await MoveWholeAsync("--undo");
        Assert.Equal("""["one","three","two"]""", (string?)await RunAsync("""SELECT json_agg("Key" ORDER BY "Key")::text FROM "Resources" WHERE "Kind" = 'bot' """), ignoreAllWhiteSpace: true);
        Assert.Equal(0L, await RunAsync("""SELECT count(*) FROM "Messages" """));
    }

    [Fact]
    public async Task FileOfASpace_ThatComesDuringTheMove_IsMoved()
    {
        string space;
        await using (var app = await StartAsync())
        {
            using var owner = ServerFactory.ClientOf(app);
            space = ApiJson.Id(await owner.ReadAsync(HttpMethod.Post, "space/create", "{}"));
            await owner.ReadAsync(HttpMethod.Post, $"space/{space}/storage/upload/a.txt", new ByteArrayContent([1]));
            await MoveLiveAsync(app, async () =>
            {
                await owner.ReadAsync(HttpMethod.Post, $"space/{space}/storage/upload/b/c.txt", new ByteArrayContent([2, 3]));
                await owner.ReadAsync(HttpMethod.Post, $"space/{space}/storage/move/a.txt", """{"destinationPath":"b/d.txt"}""");
            });
        }

        await using var moved = await StartAsync(isMoved: true);
        using var client = ServerFactory.ClientOf(moved);
        Assert.Equal([2, 3], await client.ReadBytesAsync($"space/{space}/storage/download/b/c.txt"));
        Assert.Equal([1], await client.ReadBytesAsync($"space/{space}/storage/download/b/d.txt"));
        Assert.Equal(3L, await RunAsync("""SELECT "ContentBytes" FROM "Accounts" """));
    }

    [Fact]
    public async Task CanceledMove_LeavesTheServerAsItWas()
    {
        await using var app = await StartAsync();
        using var owner = ServerFactory.ClientOf(app);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => MoveLiveAsync(app, cancel.CancelAsync, cancel.Token));

        Assert.Empty(Query(Captured));
        await owner.ReadAsync(HttpMethod.Post, "conversation/create", "{}");
        await MoveLiveAsync(app);
        await owner.AssertRefusedAsync("503 SERVICE_UNAVAILABLE: *moves to PostgreSQL*", HttpMethod.Post, "conversation/create", "{}");
    }

    [Fact]
    public async Task RefusedMove_LeavesTheServerAsItWas()
    {
        await using var app = await StartAsync();
        using var owner = ServerFactory.ClientOf(app);
        var conversation = ApiJson.Id(await owner.ReadAsync(HttpMethod.Post, "conversation/create", "{}"));
        await owner.UploadAsync(conversation, new ByteArrayContent([1, 2, 3]), "image/png");
        File.Delete(Directory.GetFiles(Path.Combine(Folder, "attachments")).Single());

        var refusal = await Assert.ThrowsAsync<StartupException>(() => MoveLiveAsync(app));

        Assert.Contains("is missing", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(Query(Captured));
        await owner.ReadAsync(HttpMethod.Post, "conversation/create", "{}");
    }

    [Fact]
    public async Task RecordingOfAKilledMove_IsRemovedByTheNextStart()
    {
        await MakeSourceAsync();
        MovedTable table = new("Messages", [new("Id", SqlType.Text)], ["Id"]);
        foreach (var statement in ChangeCapture.Begin([table]))
            Execute(statement);
        Assert.Equal(5, Query(Captured).Count);

        await (await StartAsync()).DisposeAsync();

        Assert.Empty(Query(Captured));
    }

    private async Task<string> MarkAsync() => (string)(await RunAsync("""SELECT "Name" FROM "Schema" WHERE "Number" = 0"""))!;

    private static async Task<List<MovingClient>> StartClientsAsync(WebApplication app)
    {
        var clients = new List<MovingClient>();
        for (var count = 0; count < 3; count++)
            clients.Add(await MovingClient.StartAsync(app));
        return clients;
    }

    private async Task MoveLiveAsync(WebApplication app, Func<Task>? prepareSwitch = null, CancellationToken? cancellationToken = null)
    {
        var target = PostgresSettings.Parse(Database);
        var keys = SecurityOptions.From(app.Services.GetRequiredService<IConfiguration>()).KeysDirectory;
        var store = (SqliteStore)app.Services.GetRequiredService<StoreLifetime>().Store;
        var move = new LiveMove(store, target, keys, new MoveOptions(), new MoveProgress(TimeProvider.System, target.Name));
        await move.RunAsync(prepareSwitch ?? (() => Task.CompletedTask), cancellationToken ?? Cancellation);
    }
}
