using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ChatBotKit.Sessions.Tests;

/// <summary>Property 12: any party can verify a token with the published keys, but not create one.</summary>
public sealed class P12_Verification(Deployment deployment) : SessionChecks(deployment)
{
    [Fact]
    public async Task Keys_ArePublishedWithoutCredential() =>
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("GET /.well-known/jwks.json")).Status);

    [Fact]
    public async Task Keys_MayBeCached() =>
        Assert.Contains("max-age", (await SendAsync("GET /.well-known/jwks.json")).Header("Cache-Control"), StringComparison.Ordinal);

    [Fact]
    public async Task Keys_AreEs256AndPublicOnly()
    {
        await MintAsync();
        var keys = (await SendAsync("GET /.well-known/jwks.json")).Json!["keys"]!.AsArray();

        Assert.All(keys, key =>
        {
            Assert.Equal(("EC", "P-256", "sig", "ES256"), ((string?)key!["kty"], (string?)key["crv"], (string?)key["use"], (string?)key["alg"]));
            Assert.Null(key["d"]);
        });
    }

    [Fact]
    public async Task Token_IsVerifiedWithThePublishedKeysAlone()
    {
        var session = await MintAsync();
        var keys = new JsonWebKeySet((await SendAsync("GET /.well-known/jwks.json")).Text);

        var result = await new JsonWebTokenHandler().ValidateTokenAsync(session.Token, new TokenValidationParameters
        {
            IssuerSigningKeys = keys.GetSigningKeys(),
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
            ValidIssuer = (string)Part(session.Token, 1)["iss"]!,
            ValidAudience = "enduser/conversation",
        });

        Assert.True(result.IsValid, result.Exception?.Message);
    }

    [Theory]
    [InlineData("iss")]
    [InlineData("aud")]
    [InlineData("sub")]
    [InlineData("jti")]
    [InlineData("iat")]
    [InlineData("exp")]
    [InlineData("conversationId")]
    [InlineData("scope")]
    [InlineData("gen")]
    public async Task Token_HasTheDocumentedClaim(string claim) => Assert.NotNull(Part((await MintAsync()).Token, 1)[claim]);

    [Fact]
    public async Task Token_NamesItsSessionAndConversation()
    {
        var session = await MintAsync();
        var claims = Part(session.Token, 1);

        Assert.Equal((session.SessionId, session.Id), ((string?)claims["jti"], (string?)claims["conversationId"]));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("NONE")]
    [InlineData("nOnE")]
    public async Task UnsignedToken_IsRefused(string algorithm)
    {
        var session = await MintAsync();
        var header = Part(session.Token, 0);
        header["alg"] = algorithm;

        await AssertForgedAsync(session, $"{Encode(header)}.{session.Token.Split('.')[1]}.");
    }

    [Theory]
    [InlineData("HS256", "x")]
    [InlineData("HS256", "jwk")]
    [InlineData("HS384", "jwk")]
    [InlineData("HS512", "jwk")]
    public async Task PublicKeyUsedAsASecret_IsRefused(string algorithm, string material)
    {
        var session = await MintAsync();
        var header = Part(session.Token, 0);
        var jwk = (await SendAsync("GET /.well-known/jwks.json")).Json!["keys"]!.AsArray()
            .Single(key => (string?)key!["kid"] == (string?)header["kid"])!;
        header["alg"] = algorithm;
        var signed = $"{Encode(header)}.{session.Token.Split('.')[1]}";
        var secret = Encoding.UTF8.GetBytes(material == "x" ? (string)jwk["x"]! : jwk.ToJsonString());

        await AssertForgedAsync(session, $"{signed}.{Base64Url(Hmac(algorithm, secret, signed))}");
    }

    [Theory]
    [InlineData("kid", "other")]
    [InlineData("kid", "../../keys")]
    [InlineData("kid", "' OR 1=1 --")]
    [InlineData("typ", "at+jwt")]
    [InlineData("alg", "ES384")]
    public async Task ChangedHeader_IsRefused(string name, string value)
    {
        var session = await MintAsync();
        var header = Part(session.Token, 0);
        header[name] = value;
        var parts = session.Token.Split('.');

        await AssertForgedAsync(session, $"{Encode(header)}.{parts[1]}.{parts[2]}");
    }

    [Theory]
    [InlineData("jwk")]
    [InlineData("jku")]
    [InlineData("x5u")]
    public async Task KeyThatTheTokenBrings_IsNotTrusted(string where)
    {
        var session = await MintAsync();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        var header = Part(session.Token, 0);
        header["kid"] = "mine";
        header[where] = where == "jwk"
            ? new JsonObject { ["kty"] = "EC", ["crv"] = "P-256", ["x"] = Base64Url(point.X!), ["y"] = Base64Url(point.Y!), ["kid"] = "mine" }
            : "http://127.0.0.1:1/keys.json";
        var signed = $"{Encode(header)}.{session.Token.Split('.')[1]}";

        await AssertForgedAsync(session, $"{signed}.{Base64Url(key.SignData(Encoding.UTF8.GetBytes(signed), HashAlgorithmName.SHA256))}");
    }

    [Theory]
    [InlineData("conversationId")]
    [InlineData("aud")]
    [InlineData("iss")]
    [InlineData("scope")]
    [InlineData("jti")]
    [InlineData("gen")]
    public async Task ChangedClaim_IsRefused(string claim)
    {
        var session = await MintAsync();
        var claims = Part(session.Token, 1);
        claims[claim] = claim == "gen" ? 2 : "changed";
        var parts = session.Token.Split('.');

        await AssertForgedAsync(session, $"{parts[0]}.{Encode(claims)}.{parts[2]}");
    }

    [Theory]
    [InlineData("a.b.c")]
    [InlineData("..")]
    [InlineData("eyJhbGciOiJFUzI1NiJ9..")]
    [InlineData("eyJhbGciOiJFUzI1NiJ9.e30.")]
    [InlineData("%00.%00.%00")]
    public async Task WhatIsNoToken_IsRefused(string token) => await AssertForgedAsync(await MintAsync(), token);

    [Fact]
    public async Task EnormousToken_IsRefused() => await AssertForgedAsync(await MintAsync(), $"{new string('a', 10_000)}.b.c");

    [Fact]
    public async Task TokenInTheQuery_IsNotRead()
    {
        var session = await MintAsync();

        AssertRefused(
            "401 NOT_AUTHENTICATED",
            await SendAsync($"GET /conversation/{session.Id}/message/list?token={session.Token}&access_token={session.Token}"));
    }

    private async Task AssertForgedAsync(SessionCreateResponse session, string token) =>
        AssertRefused("401 NOT_AUTHENTICATED", await SayAsync(session, token: token));

    private static string Encode(JsonObject part) => Base64Url(Encoding.UTF8.GetBytes(part.ToJsonString()));

    private static string Base64Url(byte[] bytes) => Base64UrlEncoder.Encode(bytes);

    private static byte[] Hmac(string algorithm, byte[] secret, string text) => algorithm switch
    {
        "HS384" => HMACSHA384.HashData(secret, Encoding.UTF8.GetBytes(text)),
        "HS512" => HMACSHA512.HashData(secret, Encoding.UTF8.GetBytes(text)),
        _ => HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(text)),
    };
}
