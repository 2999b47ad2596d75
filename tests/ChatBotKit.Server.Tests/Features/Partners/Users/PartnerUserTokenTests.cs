using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Features.Partners.Users.Sessions;
using ChatBotKit.Server.Features.Partners.Users.Tokens;
using ChatBotKit.Server.Security;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>The API tokens and sessions of users.</summary>
public sealed class PartnerUserTokenTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero));
    private FeatureServer _server = null!;
    private string _user = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    public async ValueTask InitializeAsync()
    {
        _server = await FeatureServer.StartAsync(_time);
        _user = ApiJson.Id(await _server.PostAsync("partner/user/create", """{"alias":"ada"}"""));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("token")]
    [InlineData("session")]
    public async Task Secret_OpensTheAccountOfItsUser_AndIsShownOnce(string what)
    {
        var made = await _server.PostAsync($"partner/user/@ada/{what}/create", "{}");
        using var client = _server.Server.Client(made.Text("token"));

        var id = ApiJson.Id(await client.ReadAsync(HttpMethod.Post, "bot/create", "{}"));

        var row = await _server.Server.Store.SingleAsync(ResourceTable.Rows);
        Assert.Equal((id, _user), (row.Id, row.AccountId));
        Assert.Empty((await _server.GetAsync("bot/list")).Ids());
        Assert.DoesNotContain(made.Text("token")!, await _server.Owner.ReadTextAsync($"partner/user/{_user}/token/list", "application/json"), StringComparison.Ordinal);
        Assert.DoesNotContain(made.Text("id")!, await _server.Owner.ReadTextAsync("server/token/list", "application/json"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_HasTheTokens_AndNoSessions()
    {
        await _server.PostAsync($"partner/user/{_user}/session/create", "{}");
        var first = await CreateTokenAsync("""{"name":"one","description":"d","meta":{"a":1}}""");
        _time.Advance(TimeSpan.FromSeconds(1));
        var second = await CreateTokenAsync("{}");

        var items = (await _server.GetAsync($"partner/user/{_user}/token/list")).Items().ToList();

        Assert.Equal([second.Id, first.Id], items.Select(ApiJson.Id));
        Assert.Equal(("one", "d", """{"a":1}"""), (items[1].Text("name"), items[1].Text("description"), items[1].GetProperty("meta").GetRawText()));
        Assert.Equal([first.Id], (await _server.GetAsync($"partner/user/{_user}/token/list?take=1&cursor={second.Id}")).Ids());
    }

    [Fact]
    public async Task Update_ChangesWhatIsNamed_AndNarrowsTheTokenAtOnce()
    {
        var (id, secret) = await CreateTokenAsync("""{"name":"one","meta":{"a":1}}""");
        using var client = _server.Server.Client(secret);
        await client.ReadAsync(HttpMethod.Get, "bot/list");

        await _server.PostAsync($"partner/user/{_user}/token/{id}/update", """{"config":{"allowedRoutes":["conversation/**"]},"meta":{"$update":{"b":2}}}""");
        await client.AssertRefusedAsync("401 NOT_AUTHENTICATED", HttpMethod.Get, "bot/list");
        await client.ReadAsync(HttpMethod.Get, "conversation/list");
        var item = Assert.Single((await _server.GetAsync($"partner/user/{_user}/token/list")).Items());
        Assert.Equal(("one", """{"a":1,"b":2}"""), (item.Text("name"), item.GetProperty("meta").GetRawText()));

        await _server.PostAsync($"partner/user/{_user}/token/{id}/update", """{"config":null}""");
        await client.ReadAsync(HttpMethod.Get, "bot/list");
    }

    [Theory]
    [InlineData("token")]
    [InlineData("session")]
    public async Task Delete_EndsItAtOnce(string what)
    {
        var made = await _server.PostAsync($"partner/user/{_user}/{what}/create", "{}");
        using var client = _server.Server.Client(made.Text("token"));
        await client.ReadAsync(HttpMethod.Get, "bot/list");
        var stream = await OpenStreamAsync(made.Text("token")!, _user);

        await _server.PostAsync($"partner/user/{_user}/token/{made.Text("id")}/delete", "{}");

        await client.AssertRefusedAsync("401 NOT_AUTHENTICATED", HttpMethod.Get, "bot/list");
        Assert.True(stream.Ended.IsCancellationRequested);
        await _server.Owner.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Post, $"partner/user/{_user}/token/{made.Text("id")}/delete", "{}");
    }

    [Fact]
    public async Task Token_OfAnotherUser_IsNotFound()
    {
        var other = ApiJson.Id(await _server.PostAsync("partner/user/create", "{}"));
        var (id, secret) = await CreateTokenAsync("{}");
        var ownersToken = await _server.Server.FindTokenAsync(ServerFactory.OwnerSecret);

        foreach (var token in new[] { id, ownersToken.Id, "nothing" })
        {
            foreach (var verb in new[] { "update", "delete" })
                await _server.Owner.AssertRefusedAsync("404 NOT_FOUND: Token not found", HttpMethod.Post, $"partner/user/{other}/token/{token}/{verb}", "{}");
        }

        using var client = _server.Server.Client(secret);
        await client.ReadAsync(HttpMethod.Get, "bot/list");
    }

    [Fact]
    public async Task Session_EndsByItself_AndItsRowGoesWithTheNext()
    {
        var made = await _server.PostAsync($"partner/user/{_user}/session/create", "{}");
        Assert.Equal(Now + (PartnerUserSessions.DefaultSeconds * 1000), made.GetProperty("expiresAt").GetInt64());
        using var client = _server.Server.Client(made.Text("token"));
        var stream = await OpenStreamAsync(made.Text("token")!, _user);
        await client.ReadAsync(HttpMethod.Get, "bot/list");

        _time.Advance(TimeSpan.FromSeconds(PartnerUserSessions.DefaultSeconds));

        await client.AssertRefusedAsync("401 NOT_AUTHENTICATED", HttpMethod.Get, "bot/list");
        Assert.True(stream.Ended.IsCancellationRequested);
        var next = await _server.PostAsync($"partner/user/{_user}/session/create", """{"durationInSeconds":5}""");
        Assert.Equal(Now + 5000, next.GetProperty("expiresAt").GetInt64());
        Assert.Equal(next.Text("id"), (await _server.Server.Store.SingleAsync(ApiTokenTable.Rows, "WHERE \"AccountId\" = $1", _user)).Id);
        await _server.Owner.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Post, $"partner/user/{_user}/token/{next.Text("id")}/update", "{}");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(86_401)]
    public async Task Session_IsBounded(int seconds) => await _server.Owner.AssertRefusedAsync(
        "400 BAD_REQUEST: \"durationInSeconds\" must be from 1 to 86400", HttpMethod.Post, $"partner/user/{_user}/session/create", $$"""{"durationInSeconds":{{seconds}}}""");

    [Theory]
    [InlineData("token", false)]
    [InlineData("session", true)]
    public async Task TooMany_AreRefused(string what, bool isSession)
    {
        var keyId = _server.Service<ApiTokenKey>().Id;
        await _server.Server.Store.InsertAsync(ApiTokenTable.Rows, [.. Enumerable.Range(1, UserTokenMaker.MaxTokens).Select(number => new ApiTokenRow
        {
            Id = $"t{number}", AccountId = _user, Hash = BitConverter.GetBytes(number), KeyId = keyId, CreatedAt = 1, IsSession = isSession, ExpiresAt = Now + 1000,
        })]);

        await _server.Owner.AssertRefusedAsync("429 LIMITS_REACHED", HttpMethod.Post, $"partner/user/{_user}/{what}/create", "{}");
        _time.Advance(TimeSpan.FromSeconds(1));
        await _server.PostAsync($"partner/user/{_user}/{what}/create", "{}");
    }

    private async Task<(string Id, string Secret)> CreateTokenAsync(string body)
    {
        var made = await _server.PostAsync($"partner/user/{_user}/token/create", body);
        return (made.Text("id")!, made.Text("token")!);
    }

    private async Task<ApiTokenStream> OpenStreamAsync(string secret, string account) => await _server.Service<ApiTokenStreams>().OpenAsync(
        (await _server.Service<ApiTokens>().FindAsync(secret, Token))!, account, Token);
}
