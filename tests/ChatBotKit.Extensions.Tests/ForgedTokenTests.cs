using System.Security.Cryptography;
using System.Text;
using ChatBotKit.Server.Tests;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.Tokens;

namespace ChatBotKit.Extensions.Tests;

/// <summary>Tokens that only look like session tokens, and keys that are added and removed.</summary>
public sealed class ForgedTokenTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 5, 4, 12, 0, 0, TimeSpan.Zero));
    private readonly RecordingLog _log = new();
    private KeyServer _server = null!;
    private Site _site = null!;
    private ECDsaSecurityKey _key = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await KeyServer.StartAsync();
        _key = _server.Publish("k1");
        _site = await Site.StartAsync(
            services => services
                .AddLogging(logging => logging.AddProvider(_log).SetMinimumLevel(LogLevel.Trace))
                .AddSingleton<TimeProvider>(_time).AddChatBotKitSessionValidation(options => options.Authority = _server.Address),
            app => app.MapGet("/", () => "ok").RequireAuthorization(policy => policy.RequireChatBotKitPermission("messages:read")));
    }

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task GoodToken_IsAccepted() => Assert.Equal("200", await TryAsync(Sign()));

    [Fact]
    public async Task WithoutSignature_IsRefused()
    {
        var parts = Sign().Split('.');
        var header = Base64UrlEncoder.Encode("""{"alg":"none","typ":"JWT","kid":"k1"}""");

        Assert.Equal("401 NOT_AUTHENTICATED", await TryAsync($"{header}.{parts[1]}."));
        Assert.Equal("401 NOT_AUTHENTICATED", await TryAsync($"{header}.{parts[1]}.{parts[2]}"));
        Assert.Equal("401 NOT_AUTHENTICATED", await TryAsync($"{parts[0]}.{parts[1]}."));
    }

    [Fact]
    public async Task PublicKey_TakenForASharedSecret_IsRefused()
    {
        await TryAsync(Sign());
        byte[][] secrets = [_key.ECDsa.ExportSubjectPublicKeyInfo(), Encoding.ASCII.GetBytes(_key.ECDsa.ExportSubjectPublicKeyInfoPem())];

        foreach (var secret in secrets)
        {
            var forged = KeyServer.Sign(new SymmetricSecurityKey(secret) { KeyId = "k1" }, _time.GetUtcNow(), algorithm: SecurityAlgorithms.HmacSha256);
            Assert.Equal("401 NOT_AUTHENTICATED", await TryAsync(forged));
        }
    }

    [Fact]
    public async Task OtherKey_IsRefused_UnderAKnownAndUnderAnUnknownName()
    {
        Assert.Equal("401 NOT_AUTHENTICATED", await TryAsync(Sign(key: KeyServer.NewKey("k1"))));
        Assert.Equal("401 NOT_AUTHENTICATED", await TryAsync(Sign(key: KeyServer.NewKey("k9"))));
    }

    [Fact]
    public async Task KeyWithoutName_OrInsideTheToken_IsRefused()
    {
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var jwk = JsonWebKeyConverter.ConvertFromECDsaSecurityKey(new ECDsaSecurityKey(own));
        var nameless = Sign(key: new ECDsaSecurityKey(_key.ECDsa));
        var embedded = Sign(key: new ECDsaSecurityKey(own), change: token => token.AdditionalHeaderClaims = new Dictionary<string, object>
        {
            ["jwk"] = new Dictionary<string, object> { ["kty"] = "EC", ["crv"] = "P-256", ["x"] = jwk.X, ["y"] = jwk.Y },
        });

        Assert.Equal("401 NOT_AUTHENTICATED", await TryAsync(nameless));
        Assert.Equal("401 NOT_AUTHENTICATED", await TryAsync(embedded));
    }

    [Fact]
    public async Task OtherCurveOrAlgorithm_IsRefused()
    {
        using var rsa = RSA.Create(2048);
        var signed = KeyServer.Sign(new RsaSecurityKey(rsa) { KeyId = "k1" }, _time.GetUtcNow(), algorithm: SecurityAlgorithms.RsaSha256);

        Assert.Equal("401 NOT_AUTHENTICATED", await TryAsync(signed));
    }

    [Theory]
    [InlineData("enduser/other", "chatbotkit-server", "JWT")]
    [InlineData("enduser/conversation/", "chatbotkit-server", "JWT")]
    [InlineData("enduser/conversation", "chatbotkit-server2", "JWT")]
    [InlineData("enduser/conversation", "ChatBotKit-Server", "JWT")]
    [InlineData("enduser/conversation", "chatbotkit-server", "at+jwt")]
    public async Task OtherAudienceIssuerOrType_IsRefused(string audience, string issuer, string type) =>
        Assert.Equal("401 NOT_AUTHENTICATED", await TryAsync(Sign(change: token => (token.Audience, token.Issuer, token.TokenType) = (audience, issuer, type))));

    [Theory]
    [InlineData("jti")]
    [InlineData("conversationId")]
    public async Task MissingClaim_IsRefused(string claim) =>
        Assert.Equal("401 NOT_AUTHENTICATED", await TryAsync(Sign(change: token => token.Claims.Remove(claim))));

    [Fact]
    public async Task NoExpiry_IsRefused() =>
        Assert.Equal("401 NOT_AUTHENTICATED", await TryAsync(Sign(change: token => token.Expires = null)));

    [Theory]
    [InlineData(-29, "200")]
    [InlineData(-31, "401 SESSION_EXPIRED")]
    public async Task Expiry_Counts_WithThirtySecondsOfSkew(int seconds, string expected) =>
        Assert.Equal(expected, await TryAsync(Sign(change: token => token.Expires = _time.GetUtcNow().AddSeconds(seconds).UtcDateTime)));

    [Theory]
    [InlineData(29, "200")]
    [InlineData(31, "401 NOT_AUTHENTICATED")]
    public async Task NotYetValid_Counts_WithThirtySecondsOfSkew(int seconds, string expected)
    {
        var then = _time.GetUtcNow().AddSeconds(seconds).UtcDateTime;

        Assert.Equal(expected, await TryAsync(Sign(change: token => token.NotBefore = then)));
        Assert.Equal(expected, await TryAsync(Sign(change: token => token.IssuedAt = then)));
    }

    [Fact]
    public async Task ExtremeTimes_AreNoProblem()
    {
        Assert.Equal("200", await TryAsync(Sign(change: token => token.Expires = DateTime.MaxValue)));
        Assert.Equal("200", await TryAsync(Sign(change: token => token.IssuedAt = null)));
    }

    [Fact]
    public async Task Logs_DoNotShowTokens()
    {
        var good = Sign();
        var bad = Sign(key: KeyServer.NewKey("k1"));
        await TryAsync(good);
        await TryAsync(bad);

        Assert.NotEmpty(_log.Lines);
        Assert.DoesNotContain(_log.Lines, line => line.Contains(good, StringComparison.Ordinal) || line.Contains(bad, StringComparison.Ordinal));
    }

    [Fact]
    public async Task HugeToken_IsRefused() =>
        Assert.Equal("401 NOT_AUTHENTICATED", await TryAsync(Sign(change: token => token.Claims["padding"] = new string('x', 9000))));

    [Fact]
    public async Task NewKey_IsFoundAtOnce()
    {
        await TryAsync(Sign());
        _time.Advance(TimeSpan.FromSeconds(31));
        var next = _server.Publish("k2");

        Assert.Equal("200", await TryAsync(Sign(key: next)));
        Assert.Equal(2, _server.Fetches);
    }

    [Fact]
    public async Task UnknownKeys_HoweverMany_FetchOnceInThirtySeconds()
    {
        await TryAsync(Sign());
        for (var i = 0; i < 20; i++)
            await TryAsync(Sign(key: KeyServer.NewKey($"unknown-{i}")));

        Assert.Equal(1, _server.Fetches);
        Assert.Equal("200", await TryAsync(Sign()));
    }

    [Fact]
    public async Task RemovedKey_IsNoLongerGood_AfterFiveMinutes()
    {
        await TryAsync(Sign());
        _server.Published.Clear();
        _server.Publish("k2");
        _time.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal("200", await TryAsync(Sign()));

        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("401 NOT_AUTHENTICATED", await TryAsync(Sign()));
    }

    [Fact]
    public async Task ServerThatIsDown_IsBridged_ForAnHour()
    {
        Assert.Equal("200", await TryAsync(Sign()));
        _server.IsDown = true;

        _time.Advance(TimeSpan.FromMinutes(64));
        Assert.Equal("200", await TryAsync(Sign()));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("401 NOT_AUTHENTICATED", await TryAsync(Sign()));

        _server.IsDown = false;
        _time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal("200", await TryAsync(Sign()));
    }

    private string Sign(Action<SecurityTokenDescriptor>? change = null, SecurityKey? key = null) =>
        KeyServer.Sign(key ?? _key, _time.GetUtcNow(), change);

    /// <summary>200 when the token is good.</summary>
    private async Task<string> TryAsync(string token)
    {
        using var client = _site.Client(null);
        using var response = await client.SendAsync(HttpMethod.Get, "/", headers: ("Authorization", $"Bearer {token}"));
        return await response.CodeAsync();
    }
}
