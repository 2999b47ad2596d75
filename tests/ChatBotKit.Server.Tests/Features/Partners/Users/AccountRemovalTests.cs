using System.Text.Json;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Features.Partners.Users;
using ChatBotKit.Server.Security;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>What goes with a user, and what does not.</summary>
public sealed class AccountRemovalTests : IAsyncLifetime
{
    /// <summary>Every table with rows of accounts, but those whose rows go by themselves within a day.</summary>
    private static readonly string[] Tables =
        ["Resources", "Conversations", "Sessions", "Attachments", "Contents", "Ratings", "UsageRecords", "ConversationDays", "ResourceRatings", "AuditRecords", "ApiTokens"];

    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private FeatureServer _server = null!;
    private (string Id, string Secret) _user;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await FeatureServer.StartAsync(_time);
        _user = await _server.Server.AddUserAsync(body: """{"alias":"ada","email":"ada@example.com"}""");
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Delete_TakesAllThatTheUserOwns_AndNothingOfOthers()
    {
        using var child = _server.Server.Client(_user.Secret);
        var shared = ApiJson.Id(await _server.PostAsync("bot/create", """{"visibility":"public"}"""));
        await FillAsync(_server.Owner, shared);
        var sibling = await _server.Server.AddUserAsync();
        using var other = _server.Server.Client(sibling.Secret);
        await FillAsync(other, shared);
        await FillAsync(child, shared);
        await _server.PostAsync($"partner/user/{_user.Id}/context/create", "{}");
        var owner = await _server.Server.OwnerAccountIdAsync();
        var before = (await CountAsync(owner), await CountAsync(sibling.Id));
        Assert.All(await CountAsync(_user.Id), table => Assert.True(table.Value > 0, table.Key));

        await _server.PostAsync($"partner/user/{_user.Id}/delete", "{}");

        Assert.All(await CountAsync(_user.Id), table => Assert.True(table.Value == 0, table.Key));
        var after = (await CountAsync(owner), await CountAsync(sibling.Id));
        // Of the owner's tables, the audit alone has grown: by the deletion.
        Assert.Equal(before.Item1["AuditRecords"] + 1, after.Item1["AuditRecords"]);
        Assert.Equal(before.Item1.Where(table => table.Key != "AuditRecords"), after.Item1.Where(table => table.Key != "AuditRecords"));
        Assert.Equal(before.Item2, after.Item2);
        await _server.WaitForFilesAsync(6);
        Assert.True((await _server.GetAsync("session/audit/verify")).GetProperty("valid").GetBoolean());
    }

    [Fact]
    public async Task Delete_ClosesEveryDoor_AndGivesUpTheNames()
    {
        using var child = _server.Server.Client(_user.Secret);
        var conversation = ApiJson.Id(await child.ReadAsync(HttpMethod.Post, "conversation/create", "{}"));
        var token = (await child.ReadAsync(HttpMethod.Post, $"conversation/{conversation}/session/create", "{}")).Text("token");
        using var session = _server.Server.Client(token);
        await session.ReadAsync(HttpMethod.Get, $"conversation/{conversation}/message/list");
        using var acting = _server.Server.Client();
        acting.DefaultRequestHeaders.Add(ChildAccounts.EmailHeader, "ada@example.com");
        await acting.ReadAsync(HttpMethod.Get, "bot/list");

        await _server.PostAsync("partner/user/@ada/delete", "{}");

        await child.AssertRefusedAsync("401 NOT_AUTHENTICATED", HttpMethod.Get, "bot/list");
        await session.AssertRefusedAsync("401 NOT_AUTHENTICATED", HttpMethod.Get, $"conversation/{conversation}/message/list");
        await acting.AssertRefusedAsync("401 NOT_AUTHENTICATED", HttpMethod.Get, "bot/list");
        foreach (var verb in new[] { "update", "delete", "token/create", "session/create", "context/create" })
            await _server.Owner.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Post, $"partner/user/{_user.Id}/{verb}", "{}");
        Assert.Empty((await _server.GetAsync("partner/user/list")).Ids());
        await _server.PostAsync("partner/user/create", """{"alias":"ada","email":"ada@example.com"}""");
    }

    /// <summary>The account is closed before its data goes, and that may last: nobody gets in meanwhile.</summary>
    [Fact]
    public async Task Session_OfAClosedAccount_IsRefused_WhileItsConversationIsStillThere()
    {
        using var child = _server.Server.Client(_user.Secret);
        var conversation = ApiJson.Id(await child.ReadAsync(HttpMethod.Post, "conversation/create", "{}"));
        var token = (await child.ReadAsync(HttpMethod.Post, $"conversation/{conversation}/session/create", "{}")).Text("token");
        await CloseAsync();
        using var session = _server.Server.Client(token);

        await session.AssertRefusedAsync("401 NOT_AUTHENTICATED", HttpMethod.Get, $"conversation/{conversation}/message/list");
    }

    [Fact]
    public async Task Delete_CutsTheStreams_OfWhoeverOpenedThem()
    {
        var (tokens, streams) = (_server.Service<ApiTokens>(), _server.Service<ApiTokenStreams>());
        var (own, partners) = ((await tokens.FindAsync(_user.Secret, Token))!, (await tokens.FindAsync(ServerFactory.OwnerSecret, Token))!);
        var byUser = await streams.OpenAsync(own, _user.Id, Token);
        var byPartner = await streams.OpenAsync(partners, _user.Id, Token);
        var partnersOwn = await streams.OpenAsync(partners, partners.Row.AccountId, Token);

        await _server.PostAsync($"partner/user/{_user.Id}/delete", "{}");

        Assert.Equal([true, true, false], new[] { byUser, byPartner, partnersOwn }.Select(stream => stream.Ended.IsCancellationRequested));
        await Assert.ThrowsAsync<ChatBotKit.Server.Errors.ApiException>(async () => await streams.OpenAsync(partners, _user.Id, Token));
    }

    /// <summary>What refers to a shared resource loses the link, and does not go with it.</summary>
    [Fact]
    public async Task Delete_ClearsTheLinksOfOthers()
    {
        using var child = _server.Server.Client(_user.Secret);
        var bot = ApiJson.Id(await child.ReadAsync(HttpMethod.Post, "bot/create", """{"visibility":"protected"}"""));
        var memory = ApiJson.Id(await _server.PostAsync("memory/create", $$"""{"text":"a","botId":"{{bot}}"}"""));

        await _server.PostAsync($"partner/user/{_user.Id}/delete", "{}");

        Assert.Equal(JsonValueKind.Null, (await _server.GetAsync($"memory/{memory}/fetch")).GetProperty("botId").ValueKind);
    }

    [Fact]
    public async Task Sweep_GoesOnWithWhatWasCutOff_AndTakesTheRestAfterAnHour()
    {
        using var child = _server.Server.Client(_user.Secret);
        await FillAsync(child, ApiJson.Id(await _server.PostAsync("bot/create", """{"visibility":"public"}""")));
        await CloseAsync();
        var service = _server.Service<AccountRemovalWork>();
        _time.Advance(TimeSpan.FromMilliseconds(1));

        await service.SweepAsync(Token);
        Assert.Equal(0, (await CountAsync(_user.Id)).Where(table => table.Key != "ApiTokens").Sum(table => table.Value));
        Assert.Equal(1, await _server.Server.Store.CountAsync(AccountTable.Rows, "WHERE \"Id\" = $1", _user.Id));

        // A run that went on still had something to store.
        await _server.Server.AddConversationAsync(_user.Id);
        _time.Advance(TimeSpan.FromHours(1));
        await service.SweepAsync(Token);
        Assert.Equal(0, (await CountAsync(_user.Id))["Conversations"]);
        Assert.Equal(0, await _server.Server.Store.CountAsync(AccountTable.Rows, "WHERE \"Id\" = $1", _user.Id));
    }

    [Fact]
    public async Task Delete_GoesThroughAllRows_PieceByPiece()
    {
        var rows = Enumerable.Range(0, (2 * AccountErasure.BatchSize) + 1).ToList();
        await _server.Server.Store.InsertAsync(UsageTable.Rows, [.. rows.Select(number => new UsageRow
        {
            Id = $"u{number}", AccountId = number % 100 == 0 ? "another" : _user.Id, Model = "m", InputTokens = 1, OutputTokens = 1, Messages = 1, CreatedAt = 1,
        })]);
        await _server.Server.Store.InsertAsync(ConversationTable.Rows, [.. rows.Take(50).Select(number =>
            new ConversationRow { Id = $"c{number}", AccountId = _user.Id, CreatedAt = 1, UpdatedAt = 1 })]);

        await _server.PostAsync($"partner/user/{_user.Id}/delete", "{}");

        Assert.Equal(0, (await CountAsync(_user.Id)).Sum(table => table.Value));
        Assert.Equal(rows.Count(number => number % 100 == 0), (await CountAsync("another"))["UsageRecords"]);
    }

    /// <summary>Puts something of the account into every table.</summary>
    private static async Task FillAsync(HttpClient client, string sharedBot)
    {
        var bot = ApiJson.Id(await client.ReadAsync(HttpMethod.Post, "bot/create", "{}"));
        var skillset = ApiJson.Id(await client.ReadAsync(HttpMethod.Post, "skillset/create", "{}"));
        await client.ReadAsync(HttpMethod.Post, $"skillset/{skillset}/ability/create", $$"""{"botId":"{{bot}}"}""");
        await client.ReadAsync(HttpMethod.Post, "memory/create", $$"""{"text":"a","botId":"{{bot}}"}""");
        await client.ReadAsync(HttpMethod.Post, $"bot/{sharedBot}/upvote", "{}");
        var conversation = $"conversation/{ApiJson.Id(await client.ReadAsync(HttpMethod.Post, "conversation/create", """{"model":"extractive"}"""))}";
        await client.ReadAsync(HttpMethod.Post, $"{conversation}/complete", """{"text":"Hello"}""");
        await client.ReadAsync(HttpMethod.Post, $"{conversation}/contact/upsert", """{"email":"guest@example.com"}""");
        await client.ReadAsync(HttpMethod.Post, $"{conversation}/session/create", "{}");
        await client.ReadAsync(HttpMethod.Post, $"{conversation}/attachment/upload", """{"file":"data:text/plain,Hello"}""");
        await client.ReadAsync(HttpMethod.Post, $"{conversation}/upvote", "{}");
        var file = ApiJson.Id(await client.ReadAsync(HttpMethod.Post, "file/create", "{}"));
        await client.ReadAsync(HttpMethod.Post, $"file/{file}/upload", """{"file":"data:text/plain,Hello"}""");
        var space = ApiJson.Id(await client.ReadAsync(HttpMethod.Post, "space/create", "{}"));
        await client.ReadAsync(HttpMethod.Post, $"space/{space}/storage/upload/a/b.txt", """{"file":"data:text/plain,Hello"}""");
    }

    /// <summary>What is left when the process ends right after the account was closed.</summary>
    private Task<bool> CloseAsync() => _server.Server.Store.ChangeAsync(
        async db =>
        {
            await db.CloseAccountAsync(_user.Id, _time.GetUtcNow().ToUnixTimeMilliseconds());
            return true;
        },
        Token);

    private async Task<Dictionary<string, int>> CountAsync(string accountId)
    {
        var counts = new Dictionary<string, int>();
        foreach (var table in Tables)
        {
            counts[table] = await _server.Server.Store.QueryAsync(
                db => db.FirstAsync($"SELECT count(*) FROM \"{table}\" WHERE \"AccountId\" = $1", static row => row.GetInt32(0), accountId), Token);
        }

        return counts;
    }
}
