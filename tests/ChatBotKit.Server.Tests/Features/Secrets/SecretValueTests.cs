using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ChatBotKit.Server.Tests.Features.Secrets;

/// <summary>The headers that secrets become.</summary>
public sealed class SecretValueTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("plain", """ "value":"Key abc" """, "Key abc")]
    [InlineData("plain", """ "value":" abc\n" """, "abc")]
    [InlineData("bearer", """ "value":"abc" """, "Bearer abc")]
    [InlineData("bearer", """ "value":"abc","config":{"schema":"Token"} """, "Token abc")]
    [InlineData("basic", """ "value":"ann:a:b" """, "Basic ann:a:b")]
    [InlineData("basic", """ "value":"{\"username\":\"ann\",\"password\":\"b\"}" """, "Basic ann:b")]
    [InlineData("basic", """ "value":"{\"user\":\"ann\",\"pass\":\"b\"}" """, "Basic ann:b")]
    [InlineData("basic", """ "config":{"username":"ann","password":"b"} """, "Basic ann:b")]
    [InlineData("basic", """ "value":"b","config":{"user":"ann"} """, "Basic ann:b")]
    public async Task Secret_BecomesItsHeader(string type, string fields, string expected)
    {
        await using var server = await SecretServer.StartAsync();
        var id = await server.CreateAsync(type, fields);

        var header = await server.HeaderAsync(id);

        Assert.Equal(expected.StartsWith("Basic ", StringComparison.Ordinal) ? $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(expected[6..]))}" : expected, header);
        Assert.Equal("authenticated", await server.StatusAsync(id));
    }

    [Theory]
    [InlineData("plain", "", "no value")]
    [InlineData("plain", """ "value":"a\nb" """, "line breaks")]
    [InlineData("basic", """ "value":"ann" """, "name:password")]
    [InlineData("basic", """ "value":"{\"password\":\"b\"}" """, "without \"username\"")]
    [InlineData("jwt", """ "value":"not a key" """, "not a private RSA key")]
    [InlineData("jwt", """ "value":"x","config":{"expiresInSeconds":0} """, "whole number")]
    [InlineData("jwt", """ "value":"x","config":{"algorithm":"none"} """, "must be RS256")]
    [InlineData("oauth", """ "config":{"clientId":"a"} """, "\"tokenUrl\" must be")]
    [InlineData("oauth", """ "config":{"clientId":"a","tokenUrl":"file:///etc/passwd"} """, "\"tokenUrl\" must be")]
    [InlineData("oauth", """ "config":{"clientId":"a","tokenUrl":"https://x.example","authorizationUrl":"https://x.example","clientSecret":"c"} """, "Nobody has signed in")]
    [InlineData("template", """ "value":"a" """, "does not support")]
    [InlineData("reference", """ "config":{} """, "without the \"id\"")]
    [InlineData("reference", """ "config":{"id":"unknown"} """, "refers to one that does not exist")]
    public async Task Secret_ThatCannotBeUsed_SaysWhy(string type, string fields, string reason)
    {
        await using var server = await SecretServer.StartAsync();
        var id = await server.CreateAsync(type, fields);

        Assert.Contains(reason, await server.ReasonAsync(id), StringComparison.Ordinal);
        Assert.Equal("unauthenticated", await server.StatusAsync(id));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Jwt_IsSignedWithTheKey_ForTheTimeOfTheSettings(bool isPem)
    {
        await using var server = await SecretServer.StartAsync();
        using var rsa = RSA.Create(2048);
        var key = isPem ? rsa.ExportPkcs8PrivateKeyPem() : Convert.ToBase64String(rsa.ExportPkcs8PrivateKey());
        var id = ApiJson.Id(await server.Server.Owner.ReadAsync(HttpMethod.Post, "secret/create", new
        {
            type = "jwt",
            value = key,
            config = new { claims = new { iss = "shop", aud = "api", admin = true } },
        }));

        var header = await server.HeaderAsync(id);

        Assert.StartsWith("Bearer ", header, StringComparison.Ordinal);
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(header[7..], new TokenValidationParameters
        {
            IssuerSigningKey = new RsaSecurityKey(rsa),
            ValidIssuer = "shop",
            ValidAudience = "api",
            ValidAlgorithms = ["RS256"],
            LifetimeValidator = (_, expires, _, _) => expires == server.Time.GetUtcNow().AddSeconds(600).UtcDateTime.AddTicks(-(server.Time.GetUtcNow().Ticks % TimeSpan.TicksPerSecond)),
        });
        Assert.True(result.IsValid, result.Exception?.Message);
        Assert.Equal(true, result.Claims["admin"]);
    }

    [Fact]
    public async Task Reference_LeadsToTheOtherSecret_AndACircleIsAnError()
    {
        await using var server = await SecretServer.StartAsync();
        var target = await server.CreateAsync("bearer", """ "value":"abc","alias":"target" """);
        var reference = await server.CreateAsync("reference", """ "config":{"id":"@target"} """);
        var first = await server.CreateAsync("reference", $$""" "config":{"id":"{{reference}}"} """);
        Assert.Equal("Bearer abc", await server.HeaderAsync(first));

        await server.Server.PostAsync($"secret/{reference}/update", $$"""{"config":{"id":"{{first}}"} }""");

        Assert.Equal("The secret refers to itself through other secrets", await server.ReasonAsync(first));
        Assert.Equal("authenticated", await server.StatusAsync(target));
    }

    [Fact]
    public async Task Reference_ToASecretOfAnotherAccount_IsNoneUntilItIsPublic()
    {
        await using var server = await SecretServer.StartAsync();
        using var stranger = await server.Server.StrangerAsync();
        var foreign = ApiJson.Id(await stranger.ReadAsync(HttpMethod.Post, "secret/create", """{"type":"bearer","value":"abc"}"""));
        var reference = await server.CreateAsync("reference", $$""" "config":{"id":"{{foreign}}"} """);
        Assert.Contains("does not exist", await server.ReasonAsync(reference), StringComparison.Ordinal);

        await stranger.ReadAsync(HttpMethod.Post, $"secret/{foreign}/update", """{"visibility":"public"}""");

        Assert.Equal("Bearer abc", await server.HeaderAsync(reference));
        // It can be used, and neither changed nor revoked.
        await server.Server.Owner.AssertRefusedAsync("404 NOT_FOUND: Secret not found", HttpMethod.Post, $"secret/{foreign}/authenticate", "{}");
        await server.Server.Owner.AssertRefusedAsync("404 NOT_FOUND: Secret not found", HttpMethod.Post, $"secret/{foreign}/revoke", "{}");
        Assert.Equal("authenticated", await server.StatusAsync(foreign));
    }

    /// <summary>The hosted service drops the value when the request does not name the kind.</summary>
    [Fact]
    public async Task UpdateWithoutKind_KeepsKindAndValue()
    {
        await using var server = await SecretServer.StartAsync();
        var id = await server.CreateAsync("bearer", """ "value":"abc" """);

        await server.Server.PostAsync($"secret/{id}/update", """{"name":"Other"}""");
        Assert.Equal("Bearer abc", await server.HeaderAsync(id));
        await server.Server.PostAsync($"secret/{id}/update", """{"value":"def"}""");

        Assert.Equal("Bearer def", await server.HeaderAsync(id));
    }

    [Theory]
    [InlineData("""{"kind":"personal","value":"a"}""")]
    [InlineData("""{"kind":"personal","value":"a","type":"bearer"}""")]
    public async Task PersonalSecret_WithAValueOfItsOwn_IsRefused(string body)
    {
        await using var server = await SecretServer.StartAsync();

        await server.Server.Owner.AssertRefusedAsync("409 CONFLICT: *value for each contact*", HttpMethod.Post, "secret/create", body);
    }

    [Fact]
    public async Task PasswordInTheSettings_IsMaskedAndEncrypted()
    {
        await using var server = await SecretServer.StartAsync();
        var id = await server.CreateAsync("basic", """ "config":{"username":"ann","password":"a very secret value"} """);

        var secret = await server.Server.GetAsync($"secret/{id}/fetch");

        Assert.Equal("********", secret.GetProperty("config").Text("password"));
        Assert.DoesNotContain("a very secret value", await Integrations.StoredSecrets.DataAsync(server.Server, id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RevokedSecret_HasNoValue_AndCannotBeRevokedAgain()
    {
        await using var server = await SecretServer.StartAsync();
        var id = await server.CreateAsync("bearer", """ "value":"abc" """);

        await server.RevokeAsync(id);

        Assert.Equal("The secret has no value", await server.ReasonAsync(id));
        await server.Server.Owner.AssertRefusedAsync("404 NOT_FOUND: Value not found", HttpMethod.Post, $"secret/{id}/revoke", "{}");
    }
}
