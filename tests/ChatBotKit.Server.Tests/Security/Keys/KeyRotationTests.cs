using System.Text.Json;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Features.Sessions.Keys;
using ChatBotKit.Server.Security;
using ChatBotKit.Server.Tests.Features;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;

namespace ChatBotKit.Server.Tests.Security;

public sealed class KeyRotationTests : IAsyncLifetime
{
    private static readonly Dictionary<string, string?> Settings = new() { ["CHATBOTKIT_KEY_ROTATION_DAYS"] = "2" };

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero));
    private FeatureServer _server = null!;
    private string _conversation = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private KeyRing Keys => _server.Service<KeyRing>();

    public async ValueTask InitializeAsync()
    {
        _server = await FeatureServer.StartAsync(_time, Settings);
        _conversation = await _server.CreateConversationAsync();
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Schedule_PublishesAKeyTenMinutesBeforeItSigns()
    {
        var first = await MintAsync();
        _time.Advance(TimeSpan.FromDays(2) - TimeSpan.FromMinutes(11));
        Assert.Equal([Kid(first)], await PublishedAsync());
        _time.Advance(TimeSpan.FromMinutes(1));
        var next = await NextKeyAsync(Kid(first));
        var early = await MintAsync();
        _time.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromMilliseconds(1));
        var last = await MintAsync();
        var pending = await StatusAsync();
        _time.Advance(TimeSpan.FromMilliseconds(1));
        var late = await MintAsync();

        Assert.Equal((Kid(first), Kid(first), next), (Kid(early), Kid(last), Kid(late)));
        Assert.Equal([(next, "pending"), (Kid(first), "active")], pending);
        Assert.Equal([(next, "active"), (Kid(first), "retired")], await StatusAsync());
        await Assert.AllAsync([early, last, late], async token => Assert.Equal("200", await UseAsync(token)));
        var record = Assert.Single(await AuditAsync("rotateKey"));
        Assert.Equal((next, "system"), (record.Text("code"), record.GetProperty("actor").Text("kind")));
    }

    [Fact]
    public async Task Schedule_OfZeroDays_IsNone()
    {
        await using var server = await FeatureServer.StartAsync(
            _time, new Dictionary<string, string?> { ["CHATBOTKIT_KEY_ROTATION_DAYS"] = "0" });

        Assert.Null(server.Service<KeyRotationWork>().Recurrence);
        Assert.NotNull(_server.Service<KeyRotationWork>().Recurrence);
    }

    [Fact]
    public async Task RetiredKey_IsListed_UntilItsLastTokenIsOver()
    {
        var first = await MintAsync("""{"durationInSeconds":86400}""");
        _time.Advance(TimeSpan.FromMilliseconds(1));
        var next = await RotateAsync();
        _time.Advance(TimeSpan.FromSeconds(86_399));
        var (before, used) = (await PublishedAsync(), await UseAsync(first));
        _time.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(("200", "401 NOT_AUTHENTICATED"), (used, await UseAsync(first)));
        Assert.Equal([next, Kid(first)], before);
        Assert.Equal([next], await PublishedAsync());
        Assert.Equal([(next, "active"), (Kid(first), "retired")], await StatusAsync());
    }

    [Fact]
    public async Task RotatedKey_SignsNoMore_AndItsTokensStayGood()
    {
        var first = await MintAsync();
        _time.Advance(TimeSpan.FromSeconds(1));
        var next = await RotateAsync();
        var second = await MintAsync();

        Assert.Equal(next, Kid(second));
        Assert.Equal(("200", "200"), (await UseAsync(first), await UseAsync(second)));
        var record = Assert.Single(await AuditAsync("rotateKey"));
        Assert.Equal((next, "owner"), (record.Text("code"), record.GetProperty("actor").Text("kind")));
    }

    [Fact]
    public async Task RevokedKey_TakesItsTokensAlong_AndANewOneSignsAtOnce()
    {
        var first = await MintAsync();
        var before = await UseAsync(first);
        _time.Advance(TimeSpan.FromSeconds(1));
        await _server.PostAsync($"session/key/{Kid(first)}/revoke", "{}");
        var second = await MintAsync();

        Assert.Equal(("200", "401 NOT_AUTHENTICATED", "200"), (before, await UseAsync(first), await UseAsync(second)));
        Assert.Equal([Kid(second)], await PublishedAsync());
        Assert.Equal([(Kid(second), "active"), (Kid(first), "revoked")], await StatusAsync());
        Assert.Equal(Kid(first), Assert.Single(await AuditAsync("revokeKey")).Text("code"));
        Assert.Equal(Kid(second), Assert.Single(await AuditAsync("rotateKey")).Text("code"));
        Assert.True((await _server.GetAsync("session/audit/verify")).GetProperty("valid").GetBoolean());
    }

    [Fact]
    public async Task RevokedKey_ThatWasRetired_NeedsNoNewOne_AndTheSecondTimeNothing()
    {
        var first = await MintAsync();
        _time.Advance(TimeSpan.FromSeconds(1));
        var next = await RotateAsync();
        await _server.PostAsync($"session/key/{Kid(first)}/revoke", "{}");
        await _server.PostAsync($"session/key/{Kid(first)}/revoke", "{}");

        Assert.Equal([(next, "active"), (Kid(first), "revoked")], await StatusAsync());
        Assert.Single(await AuditAsync("revokeKey"));
        Assert.Single(await AuditAsync("rotateKey"));
        await _server.Owner.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Post, "session/key/unknown/revoke", "{}");
    }

    [Fact]
    public async Task RevokedKey_ThatWasPending_NeverSigns()
    {
        var first = await MintAsync();
        _time.Advance(TimeSpan.FromDays(2));
        var pending = await NextKeyAsync(Kid(first));
        await _server.PostAsync($"session/key/{pending}/revoke", "{}");
        var now = Kid(await MintAsync());
        _time.Advance(TimeSpan.FromMinutes(10));

        Assert.DoesNotContain(now, new[] { pending, Kid(first) });
        Assert.Equal(now, Kid(await MintAsync()));
    }

    [Fact]
    public async Task RepeatedCommand_WithAKey_MakesOneKey()
    {
        await MintAsync();
        using var owner = _server.Server.Client();
        var one = await owner.ReadAsync(HttpMethod.Post, "session/key/rotate", "{}", key: "rotate-1");
        var two = await owner.ReadAsync(HttpMethod.Post, "session/key/rotate", "{}", key: "rotate-1");

        Assert.Equal(one.Text("id"), two.Text("id"));
        Assert.Equal(2, (await StatusAsync()).Count);
    }

    [Fact]
    public async Task Commands_AreForTheOwnerOfTheServerAlone()
    {
        var child = await _server.Server.AddChildAccountAsync();
        using var childOwner = _server.Server.Client(await _server.Server.CreateApiTokenAsync(child.Id));
        using var runAs = _server.Server.Client();
        runAs.DefaultRequestHeaders.Add("X-RunAs-User-Id", child.Id);
        using var session = await _server.SessionAsync(_conversation);
        var before = await StatusAsync();

        foreach (var client in new[] { childOwner, runAs })
        {
            await client.AssertRefusedAsync("403 NOT_AUTHORIZED", HttpMethod.Get, "session/key/list");
            await client.AssertRefusedAsync("403 NOT_AUTHORIZED", HttpMethod.Post, "session/key/rotate", "{}");
            await client.AssertRefusedAsync("403 NOT_AUTHORIZED", HttpMethod.Post, $"session/key/{before[0].Id}/revoke", "{}");
        }

        await session.AssertRefusedAsync("401 NOT_AUTHENTICATED", HttpMethod.Post, "session/key/rotate", "{}");
        Assert.Equal(before, await StatusAsync());
    }

    [Fact]
    public async Task Jwks_IsCacheable_AndItsTagChangesWithTheKeys()
    {
        using var client = _server.Server.Client(credential: null);
        using var first = await client.SendAsync(HttpMethod.Get, "/.well-known/jwks.json");
        client.DefaultRequestHeaders.IfNoneMatch.Add(first.Headers.ETag!);
        using var same = await client.SendAsync(HttpMethod.Get, "/.well-known/jwks.json");
        await RotateAsync();
        using var changed = await client.SendAsync(HttpMethod.Get, "/.well-known/jwks.json");

        Assert.Equal("public, max-age=300", first.Header("Cache-Control"));
        Assert.Equal("application/json", first.Header("Content-Type"));
        Assert.Equal(("304", "200"), (await same.CodeAsync(), await changed.CodeAsync()));
        Assert.Equal("public, max-age=300", same.Header("Cache-Control"));
        Assert.NotEqual(first.Headers.ETag, changed.Headers.ETag);
        Assert.DoesNotContain("\"d\":", await changed.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RotationUnderLoad_RefusesNoToken()
    {
        const int MaxHeld = 500;
        var tokens = _server.Service<SessionTokens>();
        var now = _time.GetUtcNow();
        using var rotating = new CancellationTokenSource();
        var users = Enumerable.Range(0, 8).Select(user => Task.Run(
            async () =>
            {
                var held = new List<string>();
                for (var call = 0; !rotating.IsCancellationRequested; call++)
                {
                    if (held.Count < MaxHeld)
                        held.Add(await tokens.MintAsync(Session($"s{user}-{call}", now), Token));
                    Assert.NotNull(await tokens.VerifyAsync(held[call % held.Count], Token));
                    Assert.NotNull(await tokens.VerifyAsync(held[^1], Token));
                    await Task.Yield();
                }

                foreach (var token in held)
                    Assert.NotNull(await tokens.VerifyAsync(token, Token));
                return held.Select(Kid).Distinct().Count();
            },
            Token)).ToList();
        for (var number = 0; number < 50; number++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(number % 2));
            await Keys.RotateAsync((_, _) => ValueTask.CompletedTask, Token);
        }

        await rotating.CancelAsync();
        var kids = await Task.WhenAll(users);
        Assert.Contains(kids, count => count > 1);
        Assert.Single(await StatusAsync(), key => key.Status == "active");
    }

    private static string Kid(string token) => new JsonWebToken(token).Kid;

    private SessionRow Session(string id, DateTimeOffset now) => new()
    {
        Id = id,
        AccountId = "account",
        ConversationId = _conversation,
        CreatedAt = now.ToUnixTimeMilliseconds(),
        ExpiresAt = now.AddHours(1).ToUnixTimeMilliseconds(),
        DurationInSeconds = 3600,
    };

    private async Task<string> MintAsync(string body = "{}") =>
        (await _server.PostAsync($"conversation/{_conversation}/session/create", body)).Text("token")!;

    private async Task<string> UseAsync(string token)
    {
        using var client = _server.Server.Client(token);
        return await client.CodeAsync(HttpMethod.Get, $"conversation/{_conversation}/message/list");
    }

    private async Task<string> RotateAsync() => ApiJson.Id(await _server.PostAsync("session/key/rotate", "{}"));

    private async Task<IReadOnlyList<(string Id, string Status)>> StatusAsync() =>
        [.. (await _server.GetAsync("session/key/list")).Items().Select(key => (key.Text("id")!, key.Text("status")!))];

    private async Task<IReadOnlyList<JsonElement>> AuditAsync(string type) =>
        [.. (await _server.GetAsync($"session/audit/list?type={type}")).Items()];

    private async Task<IReadOnlyList<string>> PublishedAsync()
    {
        using var client = _server.Server.Client(credential: null);
        var set = await client.ReadAsync(HttpMethod.Get, "/.well-known/jwks.json");
        return [.. set.GetProperty("keys").EnumerateArray().Select(key => key.Text("kid")!)];
    }

    /// <summary>Returns the key that the schedule creates in the background, once it is published.</summary>
    private async Task<string> NextKeyAsync(string current)
    {
        for (var tries = 0; tries < 2000; tries++)
        {
            if ((await PublishedAsync()).FirstOrDefault(kid => kid != current) is { } next)
                return next;
        }

        throw new InvalidOperationException("No key was made.");
    }
}
