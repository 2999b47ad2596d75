using System.Text.Json;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Features.Server.Tokens;
using ChatBotKit.Server.Security;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>The API tokens of the owner.</summary>
public sealed class TokenTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero));
    private FeatureServer _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    public async ValueTask InitializeAsync() => _server = await FeatureServer.StartAsync(_time);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Create_GivesATokenThatOpensTheDoorAndIsShownOnce()
    {
        var made = await _server.PostAsync("server/token/create", $$"""{"name":"backend","expiresAt":{{Now + 1000}}}""");

        using var client = _server.Server.Client(made.Text("token"));
        await client.ReadAsync(HttpMethod.Post, "conversation/create", "{}");
        var fetched = await _server.GetAsync($"server/token/{made.Text("id")}/fetch");
        var list = await _server.Owner.ReadTextAsync("server/token/list", "application/json");
        Assert.Equal(("backend", "active", Now + 1000), (fetched.Text("name"), fetched.Text("status"), fetched.GetProperty("expiresAt").GetInt64()));
        Assert.False(fetched.GetProperty("configured").GetBoolean());
        Assert.DoesNotContain(made.Text("token")!, list, StringComparison.Ordinal);
        Assert.Contains(made.Text("id")!, list, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_HasTheConfiguredOneAndPages()
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        await _server.PostAsync("server/token/create", """{"name":"one"}""");
        _time.Advance(TimeSpan.FromSeconds(1));
        await _server.PostAsync("server/token/create", """{"name":"two"}""");

        var all = (await _server.GetAsync("server/token/list")).Items().ToList();
        var second = await _server.GetAsync($"server/token/list?take=1&cursor={all[0].Text("id")}");

        Assert.Equal(["two", "one", "CHATBOTKIT_API_SECRET"], all.Select(item => item.Text("name")));
        Assert.True(all[^1].GetProperty("configured").GetBoolean());
        Assert.Equal("one", Assert.Single(second.Items()).Text("name"));
        Assert.Equal(3, (await _server.Owner.ReadTextAsync("server/token/list", "application/jsonl")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Theory]
    [InlineData("""{"expiresAt":1}""", "\"expiresAt\" must be in the future")]
    [InlineData("""{"name":"two\nlines"}""", "\"name\" must be one line without control characters")]
    public async Task Create_WithAFieldThatCannotBeUsed_SaysWhich(string body, string expected) =>
        await _server.Owner.AssertRefusedAsync($"400 BAD_REQUEST: {expected}", HttpMethod.Post, "server/token/create", body);

    [Fact]
    public async Task Create_WithAnIdempotencyKey_AnswersTheSameTokenAndStoresItNowhereInClear()
    {
        var first = await _server.Owner.ReadAsync(HttpMethod.Post, "server/token/create", """{"name":"once"}""", "key-1");
        var second = await _server.Owner.ReadAsync(HttpMethod.Post, "server/token/create", """{"name":"once"}""", "key-1");

        Assert.Equal(first.GetRawText(), second.GetRawText());
        var stored = await _server.Server.Store.SingleAsync(IdempotencyTable.Rows);
        Assert.Null(stored.Response);
        Assert.DoesNotContain(first.Text("token")!, stored.ResultId!, StringComparison.Ordinal);
        Assert.Equal(2, (await _server.GetAsync("server/token/list")).Items().Count());
    }

    [Fact]
    public async Task Expiry_EndsTheToken()
    {
        var made = await _server.PostAsync("server/token/create", $$"""{"expiresAt":{{Now + 1000}}}""");
        using var client = _server.Server.Client(made.Text("token"));
        await client.ReadAsync(HttpMethod.Get, "conversation/list");

        _time.Advance(TimeSpan.FromSeconds(1));

        await client.AssertRefusedAsync("401 NOT_AUTHENTICATED", HttpMethod.Get, "conversation/list");
        Assert.Equal("expired", (await _server.GetAsync($"server/token/{made.Text("id")}/fetch")).Text("status"));
    }

    [Fact]
    public async Task Revoke_TakesEffectWithTheNextRequestAndMayBeRepeated()
    {
        var made = await _server.PostAsync("server/token/create", "{}");
        using var client = _server.Server.Client(made.Text("token"));
        await client.ReadAsync(HttpMethod.Get, "conversation/list");

        await _server.PostAsync($"server/token/{made.Text("id")}/revoke", "{}");

        await client.AssertRefusedAsync("401 NOT_AUTHENTICATED", HttpMethod.Get, "conversation/list");
        await _server.PostAsync($"server/token/{made.Text("id")}/revoke", "{}");
        var item = await _server.GetAsync($"server/token/{made.Text("id")}/fetch");
        Assert.Equal(("revoked", Now), (item.Text("status"), item.GetProperty("revokedAt").GetInt64()));
    }

    [Fact]
    public async Task Revoke_OfTheLastGoodToken_IsRefused()
    {
        var expiring = await _server.PostAsync("server/token/create", $$"""{"expiresAt":{{Now + 1000}}}""");
        _time.Advance(TimeSpan.FromSeconds(1));

        await _server.Owner.AssertRefusedAsync(
            "409 CONFLICT: No other API token is valid; create another one first", HttpMethod.Post, $"server/token/{OwnerBootstrap.ConfiguredTokenId}/revoke", "{}");

        await _server.PostAsync($"server/token/{expiring.Text("id")}/revoke", "{}");
        await _server.PostAsync("server/token/create", "{}");
        await _server.PostAsync($"server/token/{OwnerBootstrap.ConfiguredTokenId}/revoke", "{}");
        await _server.Owner.AssertRefusedAsync("401 NOT_AUTHENTICATED", HttpMethod.Get, "conversation/list");
    }

    [Fact]
    public async Task Revoke_OfTheLastTwoAtTheSameTime_LeavesOne()
    {
        var made = await _server.PostAsync("server/token/create", "{}");
        using var other = _server.Server.Client(made.Text("token"));

        var answers = await Task.WhenAll(
            _server.Owner.CodeAsync(HttpMethod.Post, $"server/token/{made.Text("id")}/revoke", "{}"),
            other.CodeAsync(HttpMethod.Post, $"server/token/{OwnerBootstrap.ConfiguredTokenId}/revoke", "{}"));

        Assert.Single(answers, code => code == "200");
        var rows = await _server.Server.Store.ListApiTokensAsync(Token);
        Assert.Single(rows, row => row.RevokedAt is null);
    }

    [Fact]
    public async Task LastUse_IsTold()
    {
        var made = await _server.PostAsync("server/token/create", "{}");
        var path = $"server/token/{made.Text("id")}/fetch";
        Assert.False((await _server.GetAsync(path)).TryGetProperty("lastUsedAt", out var never) && never.ValueKind != JsonValueKind.Null);
        using var client = _server.Server.Client(made.Text("token"));
        _time.Advance(TimeSpan.FromMinutes(5));

        await client.ReadAsync(HttpMethod.Get, "conversation/list");

        Assert.Equal(Now, (await _server.GetAsync(path)).GetProperty("lastUsedAt").GetInt64());
    }

    [Fact]
    public async Task Uses_AreNotedOncePerSecondAndStoredTogether()
    {
        var uses = _server.Service<ApiTokenUses>();
        var token = (await _server.Service<ApiTokens>().FindAsync(ServerFactory.OwnerSecret, Token))!;
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.True(token.IsToBeNoted(Now, 1000));
        Assert.False(token.IsToBeNoted(Now + 999, 1000));

        _time.Advance(TimeSpan.FromSeconds(10));
        uses.Note(token);
        await uses.FlushAsync(Token);

        Assert.Equal(Now, Assert.Single(await _server.Server.Store.ListApiTokensAsync(Token)).LastUsedAt);
    }

    [Fact]
    public async Task Tokens_OfOthers_AreNotFound()
    {
        using var stranger = await _server.StrangerAsync();
        var path = $"server/token/{OwnerBootstrap.ConfiguredTokenId}";

        await stranger.AssertRefusedAsync("404 NOT_FOUND: Token not found", HttpMethod.Get, $"{path}/fetch");
        await stranger.AssertRefusedAsync("404 NOT_FOUND: Token not found", HttpMethod.Post, $"{path}/revoke", "{}");
        await _server.Owner.AssertRefusedAsync("404 NOT_FOUND: Token not found", HttpMethod.Post, "server/token/unknown/revoke", "{}");
    }

    [Fact]
    public async Task TooMany_AreRefused()
    {
        var account = await _server.Server.OwnerAccountIdAsync();
        var keyId = _server.Service<ApiTokenKey>().Id;
        await _server.Server.Store.InsertAsync(ApiTokenTable.Rows, [.. Enumerable.Range(1, TokenCommands.MaxTokens - 1).Select(number =>
            new ApiTokenRow { Id = $"t{number}", AccountId = account, Hash = BitConverter.GetBytes(number), KeyId = keyId, CreatedAt = 1 })]);

        await _server.Owner.AssertRefusedAsync("429 LIMITS_REACHED", HttpMethod.Post, "server/token/create", "{}");
        await _server.PostAsync("server/token/t1/revoke", "{}");
        await _server.PostAsync("server/token/create", "{}");
    }

    [Fact]
    public async Task Audit_HasWhatWasDoneAtTheDoor()
    {
        var made = await _server.PostAsync("server/token/create", "{}");
        var id = made.Text("id");
        if (!TestStore.IsPostgres)
            await _server.Owner.ReadBytesAsync("server/backup");
        await _server.PostAsync($"server/token/{id}/revoke", "{}");
        using var revoked = _server.Server.Client(made.Text("token"));
        using var wrong = _server.Server.Client("sk-nobody-has-this-one");
        using var forged = _server.Server.Client("a.b.c");
        using var none = _server.Server.Client(credential: null);
        for (var number = 0; number < 20; number++)
        {
            foreach (var client in (HttpClient[])[revoked, wrong, forged, none])
                await client.AssertRefusedAsync("401 NOT_AUTHENTICATED: Not authenticated", HttpMethod.Get, "conversation/list");
        }

        var records = (await _server.GetAsync("session/audit/list?order=asc")).Items().ToList();

        var backup = TestStore.IsPostgres ? Array.Empty<(string?, string?)>() : [("backup", null)];
        Assert.Equal(
            [("createToken", id), .. backup, ("revokeToken", id), ("refuseToken", "NOT_AUTHENTICATED"), ("refuseToken", "NOT_AUTHENTICATED")],
            records.Select(record => (record.Text("type"), record.Text("code"))));
        var refusals = records[^2..].Select(record => (record.GetProperty("actor").Text("kind"), record.GetProperty("actor").Text("id"), record.GetProperty("count").GetInt32()));
        Assert.Equal([("stranger", id, 20), ("stranger", null, 40)], refusals);
        Assert.True((await _server.GetAsync("session/audit/verify")).GetProperty("valid").GetBoolean());
        Assert.Equal(2, (await _server.GetAsync("session/audit/list?type=refuseToken")).Items().Count());
    }
}
