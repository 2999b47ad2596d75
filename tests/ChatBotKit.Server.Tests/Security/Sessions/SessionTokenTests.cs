using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ChatBotKit.Server.Tests.Security;

public sealed class SessionTokenTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 1, 12, 0, 0, 500, TimeSpan.Zero));
    private ServerFactory _server = null!;
    private string _conversation = null!;
    private string _token = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string OwnPath => $"/v1/probe/{_conversation}/complete";

    public async ValueTask InitializeAsync()
    {
        _server = await ServerFactory.StartAsync(MapProbe, _time);
        _conversation = await _server.AddConversationAsync();
        _token = await MintAsync();
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Token_SaysWhoseItIsAndIsSignedWithES256()
    {
        var token = new JsonWebToken(_token);
        var owner = await _server.OwnerAccountIdAsync();

        Assert.Equal("ES256", token.Alg);
        Assert.Equal(token.Kid, (await JwksAsync()).Text("kid"));
        Assert.Equal(("chatbotkit-server", "enduser/conversation"), (token.Issuer, token.Audiences.Single()));
        Assert.Equal(token.Subject, token.Id);
        Assert.Equal(_conversation, token.GetPayloadValue<string>("conversationId"));
        Assert.Equal(owner, token.GetPayloadValue<string>("userId"));
        Assert.Equal(TimeSpan.FromHours(1), token.ValidTo - token.IssuedAt);
    }

    [Fact]
    public async Task Token_CanBeVerifiedByAnyoneWithTheJwks()
    {
        using var client = _server.Client(credential: null);
        var keys = new JsonWebKeySet(await client.ReadTextAsync("/.well-known/jwks.json"));

        var result = await new JsonWebTokenHandler().ValidateTokenAsync(_token, new TokenValidationParameters
        {
            IssuerSigningKeys = keys.GetSigningKeys(),
            ValidIssuer = "chatbotkit-server",
            ValidAudience = "enduser/conversation",
            ValidateLifetime = false,
        });

        Assert.True(result.IsValid, result.Exception?.Message);
    }

    [Theory]
    [InlineData("/v1/probe/{own}/complete", "200")]
    [InlineData("/api/v1/probe/{own}/complete", "200")]
    [InlineData("/v1/probe-channel/publish", "200")]
    [InlineData("/v1/probe/{other}/complete", "401 NOT_AUTHENTICATED")]
    [InlineData("/v1/probe/{own}/delete", "401 NOT_AUTHENTICATED")]
    [InlineData("/v1/probe/{own}/unknown", "404 NOT_FOUND")]
    public async Task Session_ReachesItsOwnConversationAndNothingElse(string path, string expected)
    {
        var other = await _server.AddConversationAsync();

        using var answer = await CompleteAsync(_token, path.Replace("{own}", _conversation, StringComparison.Ordinal).Replace("{other}", other, StringComparison.Ordinal));

        Assert.Equal(expected, await answer.CodeAsync());
    }

    [Theory]
    [InlineData("""["complete","messages:read"]""", "200")]
    [InlineData("""["COMPLETE"]""", "403 PERMISSION_MISSING")]
    [InlineData("""["unheardOf"]""", "403 PERMISSION_MISSING")]
    [InlineData("""["2047"]""", "403 PERMISSION_MISSING")]
    [InlineData("""[]""", "403 PERMISSION_MISSING")]
    public async Task Session_WithChosenPermissions_MayDoNothingElse(string permissions, string expected)
    {
        using var answer = await CompleteAsync(await StoreAndSignAsync(permissions));

        Assert.Equal(expected, await answer.CodeAsync());
    }

    [Fact]
    public async Task Caller_OfASession_IsNotTrusted()
    {
        using var answer = await CompleteAsync(_token);

        Assert.Equal($"False {_conversation} {new JsonWebToken(_token).Id}", await answer.TextAsync());
    }

    [Fact]
    public async Task RunAsHeaders_AreIgnored()
    {
        var child = await _server.AddChildAccountAsync();
        using var client = _server.Client(_token);
        client.DefaultRequestHeaders.Add("x-runas-user-id", child.Id);

        Assert.Equal("200", await client.CodeAsync(HttpMethod.Post, OwnPath, "{}"));
    }

    [Fact]
    public async Task Token_EndsToTheSecond()
    {
        using var early = await CompleteAsync(_token);
        _time.SetUtcNow(new DateTimeOffset(2026, 11, 1, 12, 59, 59, 999, TimeSpan.Zero));
        using var last = await CompleteAsync(_token);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        using var late = await CompleteAsync(_token);

        await early.AssertOkAsync();
        await last.AssertOkAsync();
        await late.AssertRefusedAsync("401 SESSION_EXPIRED");
    }

    [Fact]
    public async Task RevokedSession_IsRefusedWithTheNextRequest()
    {
        using var before = await CompleteAsync(_token);
        var id = new JsonWebToken(_token).Id;
        await _server.Store.ExecuteAsync("""UPDATE "Sessions" SET "RevokedAt" = 7 WHERE "Id" = $1""", id);
        _server.App.Services.GetRequiredService<ChangeFeed>().Publish(new Change(ChangedKinds.Session, id, "", ChangeKind.Revoked));
        using var after = await CompleteAsync(_token);

        await before.AssertOkAsync();
        await after.AssertRefusedAsync("401 SESSION_REVOKED");
    }

    [Fact]
    public async Task RevokedKey_TakesItsTokensAlong()
    {
        using var before = await CompleteAsync(_token);
        Assert.Equal(1, await _server.Store.ExecuteAsync("""UPDATE "SigningKeys" SET "RevokedAt" = 7"""));
        _server.App.Services.GetRequiredService<ChangeFeed>().Publish(new Change(ChangedKinds.SigningKey, "", "", ChangeKind.Updated));
        using var after = await CompleteAsync(_token);
        using var renewed = await CompleteAsync(await MintAsync());

        await before.AssertOkAsync();
        await after.AssertRefusedAsync("401 NOT_AUTHENTICATED");
        await renewed.AssertOkAsync();
    }

    [Fact]
    public async Task RetiredKey_SignsNothingMoreButItsTokensStayGood()
    {
        var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        Assert.Equal(1, await _server.Store.ExecuteAsync("""UPDATE "SigningKeys" SET "RetiredAt" = $1""", now));
        _server.App.Services.GetRequiredService<ChangeFeed>().Publish(new Change(ChangedKinds.SigningKey, "", "", ChangeKind.Updated));
        var renewed = await MintAsync();
        using var answer = await CompleteAsync(_token);

        Assert.NotEqual(new JsonWebToken(_token).Kid, new JsonWebToken(renewed).Kid);
        await answer.AssertOkAsync();
    }

    [Theory]
    [InlineData("alg none")]
    [InlineData("alg none with the old signature")]
    [InlineData("HS256 with the public key")]
    [InlineData("another key under our kid")]
    [InlineData("another kid")]
    [InlineData("no kid")]
    [InlineData("no signature")]
    [InlineData("half a signature")]
    [InlineData("another conversation")]
    [InlineData("oversized")]
    public async Task ForgedToken_Is401(string forgery)
    {
        using var good = await CompleteAsync(_token);
        var forged = await ForgeAsync(forgery);

        using var answer = await CompleteAsync(forged);

        await good.AssertOkAsync();
        await answer.AssertRefusedAsync("401 NOT_AUTHENTICATED: Not authenticated");
    }

    /// <summary>Tokens that only a holder of the signing key can create.</summary>
    [Theory]
    [InlineData("crit", "401 NOT_AUTHENTICATED")]
    [InlineData("crit of nothing", "401 NOT_AUTHENTICATED")]
    [InlineData("nbf in a second", "401 NOT_AUTHENTICATED")]
    [InlineData("nbf now", "200")]
    [InlineData("nbf as text", "401 NOT_AUTHENTICATED")]
    [InlineData("exp in the year 10000", "200")]
    [InlineData("exp beyond all numbers", "401 NOT_AUTHENTICATED")]
    [InlineData("exp with a fraction", "200")]
    [InlineData("exp before the year 1", "401 NOT_AUTHENTICATED")]
    [InlineData("exp as text", "401 NOT_AUTHENTICATED")]
    public async Task SignedToken_WithUnusualTimesOrExtensions_IsReadAsTheStandardSays(string kind, string expected)
    {
        var now = _time.GetUtcNow().ToUnixTimeSeconds();
        var (extension, exp, nbf) = kind switch
        {
            "crit" => (",\"crit\":[\"x\"],\"x\":1", $"{now + 60}", ""),
            "crit of nothing" => (",\"crit\":[]", $"{now + 60}", ""),
            "nbf in a second" => ("", $"{now + 60}", $",\"nbf\":{now + 1}"),
            "nbf now" => ("", $"{now + 60}", $",\"nbf\":{now}"),
            "nbf as text" => ("", $"{now + 60}", $",\"nbf\":\"{now}\""),
            "exp in the year 10000" => ("", "253402300800", ""),
            "exp beyond all numbers" => ("", "1e300", ""),
            "exp with a fraction" => ("", $"{now + 60}.5", ""),
            "exp before the year 1" => ("", "-1e300", ""),
            _ => ("", $"\"{now + 60}\"", ""),
        };
        var token = new JsonWebToken(_token);
        var payload = $$"""{"iss":"chatbotkit-server","aud":"enduser/conversation","jti":"{{token.Id}}","conversationId":"{{_conversation}}","exp":{{exp}}{{nbf}}}""";
        var key = await _server.App.Services.GetRequiredService<KeyRing>().CurrentAsync(Token);

        using var answer = await CompleteAsync(
            Sign(key.SecurityKey.ECDsa, $$"""{"alg":"ES256","kid":"{{token.Kid}}","typ":"JWT"{{extension}}}""", Encode(payload)));

        Assert.Equal(expected, await answer.CodeAsync());
    }

    private async Task<string> ForgeAsync(string forgery)
    {
        var parts = _token.Split('.');
        var kid = new JsonWebToken(_token).Kid;
        var payload = parts[1];
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return forgery switch
        {
            "alg none" => $"{Encode("""{"alg":"none","typ":"JWT"}""")}.{payload}.",
            "alg none with the old signature" => $"{Encode($$"""{"alg":"none","kid":"{{kid}}","typ":"JWT"}""")}.{payload}.{parts[2]}",
            "HS256 with the public key" => await SignWithPublicKeyAsync(kid, payload),
            "another key under our kid" => Sign(stranger, $$"""{"alg":"ES256","kid":"{{kid}}","typ":"JWT"}""", payload),
            "another kid" => Sign(stranger, """{"alg":"ES256","kid":"stranger","typ":"JWT"}""", payload),
            "no kid" => Sign(stranger, """{"alg":"ES256","typ":"JWT"}""", payload),
            "no signature" => $"{parts[0]}.{payload}.",
            "half a signature" => $"{parts[0]}.{payload}.{parts[2][..40]}",
            "oversized" => $"{parts[0]}.{payload}{new string('A', 9000)}.{parts[2]}",
            _ => $"{parts[0]}.{Encode(Base64UrlEncoder.Decode(payload).Replace(_conversation, await _server.AddConversationAsync(), StringComparison.Ordinal))}.{parts[2]}",
        };
    }

    private async Task<string> SignWithPublicKeyAsync(string kid, string payload)
    {
        var head = $"{Encode($$"""{"alg":"HS256","kid":"{{kid}}","typ":"JWT"}""")}.{payload}";
        var secret = Encoding.UTF8.GetBytes((await JwksAsync()).GetRawText());
        return $"{head}.{Base64UrlEncoder.Encode(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(head)))}";
    }

    private static string Sign(ECDsa key, string header, string payload)
    {
        var head = $"{Encode(header)}.{payload}";
        return $"{head}.{Base64UrlEncoder.Encode(key.SignData(Encoding.UTF8.GetBytes(head), HashAlgorithmName.SHA256))}";
    }

    private static string Encode(string json) => Base64UrlEncoder.Encode(json);

    private async Task<JsonElement> JwksAsync()
    {
        using var client = _server.Client(credential: null);
        return (await client.ReadAsync(HttpMethod.Get, "/.well-known/jwks.json")).GetProperty("keys")[0];
    }

    private async Task<HttpResponseMessage> CompleteAsync(string token, string? path = null)
    {
        using var client = _server.Client(token);
        return await client.SendAsync(HttpMethod.Post, path ?? OwnPath, "{}");
    }

    private async Task<string> MintAsync()
    {
        using var owner = _server.Client();
        return (await owner.ReadAsync(HttpMethod.Post, $"conversation/{_conversation}/session/create", "{}")).Text("token")!;
    }

    private async Task<string> StoreAndSignAsync(string permissions)
    {
        var now = _time.GetUtcNow();
        var session = new SessionRow
        {
            Id = Ids.New(),
            AccountId = await _server.OwnerAccountIdAsync(),
            ConversationId = _conversation,
            Permissions = permissions,
            CreatedAt = now.ToUnixTimeMilliseconds(),
            ExpiresAt = now.AddHours(1).ToUnixTimeMilliseconds(),
            DurationInSeconds = 3600,
        };
        await _server.Store.CommitAsync(new() { Session = session });
        return await _server.App.Services.GetRequiredService<SessionTokens>().MintAsync(session, Token);
    }

    private static void MapProbe(WebApplication app) => app.MapApi(api =>
    {
        var conversation = api.MapGroup("/probe/{conversationId}");
        conversation.MapPost("/complete", Describe).AllowSession(SessionPermissions.Complete);
        conversation.MapPost("/delete", Describe);
        api.MapPost("/probe-channel/publish", Describe).AllowSession(SessionPermissions.ChannelsPublish);
    });

    private static string Describe(Caller caller) => $"{caller.IsTrusted} {caller.Session?.ConversationId} {caller.ScopeId}";
}
