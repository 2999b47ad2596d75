using ChatBotKit.Server.Security;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ChatBotKit.Server.Tests.Security;

public sealed class RefreshTests : IAsyncLifetime
{
    private const string Refreshable = """{"durationInSeconds":1800,"refreshable":true,"lifetimeInSeconds":4000}""";

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 1, 12, 0, 0, 250, TimeSpan.Zero));
    private ServerFactory _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await ServerFactory.StartAsync(time: _time);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Holder_GetsANewTokenAndTheOldOneHasAMinute()
    {
        var first = await _server.MintAsync(body: Refreshable);
        _time.Advance(TimeSpan.FromSeconds(600));

        var second = await first.RefreshAsync();

        Assert.Equal((first.Id, first.ConversationId), (second.Id, second.Answer.Text("id")));
        Assert.Equal((2, first.ExpiresAt + 600_000), (second.Generation, second.ExpiresAt));
        Assert.Equal(second.ExpiresAt, new DateTimeOffset(new JsonWebToken(second.Token).ValidTo).ToUnixTimeMilliseconds());
        Assert.Equal(first.Answer.GetProperty("refreshableUntil").GetInt64(), second.Answer.GetProperty("refreshableUntil").GetInt64());
        Assert.Equal(["mint", "refresh"], await first.AuditAsync());
        using var replaced = _server.Client(first.Token);
        _time.Advance(TimeSpan.FromMilliseconds(59_999));
        Assert.Equal(("200", "200"), (await first.LookAsync(), await second.LookAsync()));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(("401 SESSION_TOKEN_REPLACED", "200"), (await first.LookAsync(), await second.LookAsync()));
        await replaced.AssertRefusedAsync("401 SESSION_TOKEN_REPLACED", HttpMethod.Post, first.Path("refresh"), "{}");
    }

    [Fact]
    public async Task Refresh_WithATokenThatWasReplacedLongAgo_EndsTheSession()
    {
        var first = await _server.MintAsync(body: Refreshable);
        var second = await first.RefreshAsync();
        _time.Advance(TimeSpan.FromSeconds(60));

        Assert.Equal("401 SESSION_TOKEN_REPLACED", await first.LookAsync());
        Assert.Equal("200", await second.LookAsync());
        await first.Holder.AssertRefusedAsync("401 SESSION_TOKEN_REPLACED", HttpMethod.Post, first.Path("refresh"), "{}");

        Assert.Equal("401 SESSION_REVOKED", await second.LookAsync());
        await second.Holder.AssertRefusedAsync("401 SESSION_REVOKED", HttpMethod.Post, second.Path("refresh"), "{}");
        Assert.Contains("revoke", await first.AuditAsync());
    }

    [Fact]
    public async Task Refresh_WithAReplacedTokenWhoseOwnTimeIsOver_EndsNothing()
    {
        var first = await _server.MintAsync(body: Refreshable);
        _time.Advance(TimeSpan.FromSeconds(1000));
        var second = await first.RefreshAsync();
        _time.SetUtcNow(DateTimeOffset.FromUnixTimeMilliseconds(first.ExpiresAt));

        await first.Holder.AssertRefusedAsync("401 SESSION_EXPIRED", HttpMethod.Post, first.Path("refresh"), "{}");
        Assert.Equal("200", await second.LookAsync());
    }

    [Fact]
    public async Task Owner_WithinTheMinuteOfTheOldToken_GetsTheNewOneWithoutReplacingIt()
    {
        using var owner = _server.Client();
        var first = await _server.MintAsync(body: Refreshable);
        var second = await first.RefreshAsync();
        _time.Advance(TimeSpan.FromMilliseconds(59_999));

        var again = await first.RefreshAsync("""{"durationInSeconds":2400}""", owner);

        Assert.Equal((2, second.ExpiresAt), (again.Generation, again.ExpiresAt));
        Assert.Equal(("200", "200", "200"), (await first.LookAsync(), await second.LookAsync(), await again.LookAsync()));
        Assert.Equal(["mint", "refresh"], await first.AuditAsync());
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(3, (await first.RefreshAsync(by: owner)).Generation);
    }

    [Fact]
    public async Task OldToken_NearItsOwnEnd_IsNotProlonged()
    {
        var first = await _server.MintAsync(body: Refreshable);
        _time.SetUtcNow(DateTimeOffset.FromUnixTimeMilliseconds(first.ExpiresAt).AddSeconds(-10));
        var second = await first.RefreshAsync();

        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(("401 SESSION_EXPIRED", "200"), (await first.LookAsync(), await second.LookAsync()));
    }

    [Fact]
    public async Task Lifetime_IsTheLastEnd()
    {
        var session = await _server.MintAsync(body: Refreshable);
        var end = session.Answer.GetProperty("refreshableUntil").GetInt64();
        for (var i = 0; i < 3; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1200));
            session = await session.RefreshAsync("""{"durationInSeconds":1800}""");
            Assert.Equal(Math.Min(end, _time.GetUtcNow().ToUnixTimeSeconds() * 1000 + 1_800_000), session.ExpiresAt);
        }

        Assert.Equal(end, session.ExpiresAt);
        _time.SetUtcNow(DateTimeOffset.FromUnixTimeMilliseconds(end));
        await session.Holder.AssertRefusedAsync("401 SESSION_EXPIRED", HttpMethod.Post, session.Path("refresh"), "{}");
        await _server.Client().AssertRefusedAsync("401 SESSION_EXPIRED", HttpMethod.Post, session.Path("refresh"), "{}");
    }

    [Fact]
    public async Task NotRefreshable_OwnerMayButNotPastTheMaximum()
    {
        var session = await _server.MintAsync();
        using var owner = _server.Client();

        await session.Holder.AssertRefusedAsync("403 SESSION_NOT_REFRESHABLE", HttpMethod.Post, session.Path("refresh"), "{}");
        var second = await session.RefreshAsync("""{"durationInSeconds":86400}""", owner);
        _time.Advance(TimeSpan.FromSeconds(3600));
        var third = await second.RefreshAsync("""{"durationInSeconds":86400}""", owner);

        var end = (await session.RowAsync()).CreatedAt + 86_400_000;
        Assert.Equal((end, end), (second.ExpiresAt, third.ExpiresAt));
        Assert.Equal((3, "200"), (third.Generation, await third.LookAsync()));
        Assert.False(third.Answer.TryGetProperty("refreshableUntil", out _));
    }

    [Fact]
    public async Task PreviousToken_WithinTheMinute_GetsTheSameGeneration()
    {
        var first = await _server.MintAsync(body: Refreshable);
        var second = await first.RefreshAsync();
        _time.Advance(TimeSpan.FromSeconds(30));

        var again = await first.RefreshAsync("""{"durationInSeconds":2000}""");

        Assert.Equal((2, second.ExpiresAt), (again.Generation, again.ExpiresAt));
        Assert.Equal("200", await again.LookAsync());
        Assert.Equal(["mint", "refresh"], await first.AuditAsync());
    }

    [Fact]
    public async Task TwoTabs_AtOnce_GetTheSameGeneration()
    {
        for (var i = 0; i < 50; i++)
        {
            var session = await _server.MintAsync(body: Refreshable);
            var tabs = await Task.WhenAll(session.RefreshAsync(), session.RefreshAsync());

            Assert.All(tabs, tab => Assert.Equal((2, session.ExpiresAt), (tab.Generation, tab.ExpiresAt)));
            Assert.Equal(2, (await session.RowAsync()).Generation);
            Assert.Equal(["mint", "refresh"], await session.AuditAsync());
        }
    }

    [Fact]
    public async Task RefreshAgainstRevoke_RevokeWins()
    {
        using var owner = _server.Client();
        for (var i = 0; i < 50; i++)
        {
            var session = await _server.MintAsync(body: Refreshable);
            var refreshing = session.Holder.SendAsync(HttpMethod.Post, session.Path("refresh"), "{}");
            var revoking = owner.CodeAsync(HttpMethod.Post, session.Path("revoke"), "{}");

            Assert.Equal("200", await revoking);
            using var answer = await refreshing;
            if (answer.IsSuccessStatusCode)
            {
                var body = await answer.ReadAsync();
                Assert.Equal("401 SESSION_REVOKED", await new MintedSession(_server, session.ConversationId, body).LookAsync());
                Assert.Equal(["mint", "refresh", "revoke"], await session.AuditAsync());
            }
            else
            {
                await answer.AssertRefusedAsync("401 SESSION_REVOKED");
                Assert.Equal(["mint", "revoke"], await session.AuditAsync());
            }

            Assert.NotNull((await session.RowAsync()).RevokedAt);
        }
    }

    [Fact]
    public async Task SameKey_Again_GivesTheSameGeneration()
    {
        var session = await _server.MintAsync(body: Refreshable);
        using var owner = _server.Client();

        var all = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => session.RefreshAsync(by: owner, key: "refresh-1")));
        var later = await session.RefreshAsync(by: owner, key: "refresh-1");

        Assert.All([.. all, later], one => Assert.Equal((2, all[0].ExpiresAt), (one.Generation, one.ExpiresAt)));
        Assert.Equal(["mint", "refresh"], await session.AuditAsync());
        await owner.ReadAsync(HttpMethod.Post, session.Path("revoke"), "{}");
        await owner.AssertRefusedAsync("401 SESSION_REVOKED", HttpMethod.Post, session.Path("refresh"), "{}", key: "refresh-1");
    }

    [Theory]
    [InlineData("""{"durationInSeconds":1799}""", "400 BAD_REQUEST")]
    [InlineData("""{"durationInSeconds":86401}""", "400 BAD_REQUEST")]
    [InlineData("""{"durationInSeconds":86400}""", "200")]
    public async Task Duration_IsChecked(string body, string expected)
    {
        var session = await _server.MintAsync(body: Refreshable);
        Assert.Equal(expected, await session.Holder.CodeAsync(HttpMethod.Post, session.Path("refresh"), body));
    }

    [Fact]
    public async Task Others_CannotRefresh()
    {
        var session = await _server.MintAsync(body: Refreshable);
        var neighbour = await _server.MintAsync(session.ConversationId, Refreshable);
        using var stranger = _server.Client(await _server.CreateApiTokenAsync((await _server.AddAccountAsync()).Id));
        using var owner = _server.Client();

        await neighbour.Holder.AssertRefusedAsync("401 NOT_AUTHENTICATED", HttpMethod.Post, session.Path("refresh"), "{}");
        await stranger.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Post, session.Path("refresh"), "{}");
        await owner.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Post, $"conversation/{session.ConversationId}/session/unknown/refresh", "{}");
        await owner.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Post, $"conversation/{await _server.AddConversationAsync()}/session/{session.Id}/refresh", "{}");
    }

    [Fact]
    public async Task TokenOfAnOlderServer_CountsAsTheFirst()
    {
        var session = await _server.MintAsync(body: Refreshable);
        var claims = new JsonWebToken(session.Token);
        var key = await _server.App.Services.GetRequiredService<KeyRing>().CurrentAsync(Token);
        var old = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = claims.Issuer,
            Audience = claims.Audiences.Single(),
            Expires = claims.ValidTo,
            Claims = new Dictionary<string, object> { ["sub"] = session.Id, ["jti"] = session.Id, ["conversationId"] = session.ConversationId },
            SigningCredentials = key.Credentials,
        });
        using var holder = _server.Client(old);
        var look = $"conversation/{session.ConversationId}/message/list";

        await holder.ReadAsync(HttpMethod.Get, look);
        await session.RefreshAsync();
        _time.Advance(TimeSpan.FromSeconds(60));
        await holder.AssertRefusedAsync("401 SESSION_TOKEN_REPLACED", HttpMethod.Get, look);
    }
}
