using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ChatBotKit.Extensions.Tests;

/// <summary>A server whose keys a test controls, so that it can sign any token.</summary>
internal sealed class KeyServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private KeyServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapGet("/.well-known/jwks.json", AnswerAsync);
    }

    public Uri Address => new(_app.Urls.Single());

    /// <summary>The published keys.</summary>
    public List<ECDsaSecurityKey> Published { get; } = [];

    public int Fetches { get; private set; }

    public bool IsDown { get; set; }

    public static async Task<KeyServer> StartAsync()
    {
        var server = new KeyServer();
        await server._app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    /// <summary>Creates a key that is not published.</summary>
    public static ECDsaSecurityKey NewKey(string id) => new(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = id };

    public ECDsaSecurityKey Publish(string id)
    {
        var key = NewKey(id);
        Published.Add(key);
        return key;
    }

    public static string Sign(SecurityKey key, DateTimeOffset now, Action<SecurityTokenDescriptor>? change = null, string algorithm = SecurityAlgorithms.EcdsaSha256)
    {
        var descriptor = new SecurityTokenDescriptor
        {
            Issuer = "chatbotkit-server",
            Audience = "enduser/conversation",
            IssuedAt = now.UtcDateTime,
            Expires = now.AddHours(1).UtcDateTime,
            Claims = new Dictionary<string, object>
            {
                ["sub"] = "s1",
                ["jti"] = "s1",
                ["conversationId"] = "c1",
                ["scope"] = "complete messages:read",
            },
            SigningCredentials = new SigningCredentials(key, algorithm),
        };
        change?.Invoke(descriptor);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(descriptor);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private Task AnswerAsync(HttpContext context)
    {
        Fetches++;
        if (IsDown)
        {
            context.Response.StatusCode = 503;
            return Task.CompletedTask;
        }

        var keys = Published.Select(key => (key.KeyId, Jwk: JsonWebKeyConverter.ConvertFromECDsaSecurityKey(key)))
            .Select(key => $$"""{"kty":"EC","crv":"P-256","use":"sig","alg":"ES256","kid":"{{key.KeyId}}","x":"{{key.Jwk.X}}","y":"{{key.Jwk.Y}}"}""");
        return context.Response.WriteAsync($$"""{"keys":[{{string.Join(',', keys)}}]}""");
    }
}
