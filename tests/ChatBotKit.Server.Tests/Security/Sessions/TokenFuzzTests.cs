using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Security;
using CsCheck;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.Tokens;

namespace ChatBotKit.Server.Tests.Security;

/// <summary>Unusual credentials and origins.</summary>
public sealed class TokenFuzzTests(AuthorizationServer server) : IClassFixture<AuthorizationServer>
{
    private const int Times = 2000;

    private static readonly AccessRule AnySession = new(SessionPermissions.None, IsAnonymous: false);

    private static readonly Gen<string> AnyText = Gen.OneOf(
        Gen.String, Gen.String[Gen.Char['!', '~'], 0, 200], Gen.String[Gen.Char["ey.AJhbGciO=-_ "], 0, 60], Gen.String.Array[3].Select(parts => string.Join('.', parts)));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AnyText_IsNoToken()
    {
        var tokens = server.Service<SessionTokens>();

        await AnyText.SampleAsync(async text => Assert.Null(await tokens.VerifyAsync(text, Token)), iter: Times, threads: 1);
    }

    /// <summary>A signature has several valid encodings; the signed text does not.</summary>
    [Fact]
    public async Task ChangedToken_IsRefused_UnlessItSaysTheSameInTheSameWords()
    {
        var (good, _) = await MintAsync();
        var tokens = server.Service<SessionTokens>();
        var original = await tokens.VerifyAsync(good, Token);
        Assert.NotNull(original);

        await Mutated(good).SampleAsync(
            async text =>
            {
                if (await tokens.VerifyAsync(text, Token) is not { } verified)
                    return;
                Assert.Equal(original, verified);
                Assert.Equal(SignedPart(good), SignedPart(text));
            },
            iter: 2 * Times,
            threads: 1);
    }

    [Fact]
    public async Task ChangedSignature_IsRefused_BitByBit()
    {
        var (good, _) = await MintAsync();
        var tokens = server.Service<SessionTokens>();
        var signature = Base64UrlEncoder.DecodeBytes(good[(SignedPart(good).Length + 1)..]);

        for (var bit = 0; bit < signature.Length * 8; bit++)
        {
            var other = signature.ToArray();
            other[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Null(await tokens.VerifyAsync($"{SignedPart(good)}.{Base64UrlEncoder.Encode(other)}", Token));
        }
    }

    [Fact]
    public async Task AnyHeader_IsRefusedAsNotAuthenticated()
    {
        var scheme = Gen.OneOf("", "Bearer", "Bearer ", "bearer  ", "Basic ", "Bearer Bearer ", "Bearer\t");

        await Gen.Select(scheme, AnyText).SampleAsync(
            async header => Assert.Equal("NOT_AUTHENTICATED", await AuthenticateAsync(header.Item1 + header.Item2)), iter: Times, threads: 1);
    }

    [Fact]
    public async Task ChangedTokenInAHeader_IsRefusedAsNotAuthenticated_OrIsTheSameSession()
    {
        var (good, sessionId) = await MintAsync();
        Assert.Equal(sessionId, await AuthenticateAsync($"Bearer {good}"));

        await Mutated(good).SampleAsync(
            async text => Assert.Contains(
                await AuthenticateAsync($"Bearer {text}"),
                SignedPart(text.Trim()) == SignedPart(good) ? (string[])["NOT_AUTHENTICATED", sessionId] : ["NOT_AUTHENTICATED"]),
            iter: Times,
            threads: 1);
    }

    [Fact]
    public void Origin_ThatIsTaken_IsExactlyWhatABrowserSends()
    {
        var part = Gen.OneOf(
            "http", "https", "HTTPS", "ftp", "capacitor", "javascript", "data", "file", "://", ":", "//", "/", "shop.example", "Shop.example", "localhost", "127.0.0.1", "[::1]",
            ":443", ":80", ":8443", ":0", ":99999", "*", ".", "@", "?", "#", "%41", " ", "\0", "\n", "ü", "xn--bcher-kva", "\\", "null", "\ud800");
        var near = part.Array[0, 6].Select(parts => string.Concat(parts));

        Gen.OneOf(near, near.Select(text => $"https://{text}"), Gen.String).Sample(
            text =>
            {
                if (!WebOrigin.IsValid(text))
                    return;
                Assert.DoesNotMatch("^(javascript|data|file|ftp):", text);
                if (text.StartsWith("http://", StringComparison.Ordinal) || text.StartsWith("https://", StringComparison.Ordinal))
                {
                    Assert.Matches(@"^https?://(\[[0-9a-f:.]+\]|[^/\\@?#*%\s:\[\]A-Z]+)(:[1-9][0-9]*|:0)?$", text);
                    Assert.Equal(text, new Uri(text).GetLeftPart(UriPartial.Authority));
                }
                else
                {
                    Assert.Matches(@"^[a-z][a-z0-9+.-]*://[a-z0-9][a-z0-9._-]*(:[1-9][0-9]{0,4})?$", text);
                }

                string[] others = [text + "/", text + " ", text.ToUpperInvariant(), text + "?", text + "#", text + "\n"];
                Assert.DoesNotContain(others, WebOrigin.IsValid);
            },
            iter: 10 * Times);
    }

    private static Gen<string> Mutated(string good)
    {
        var place = Gen.Int[0, good.Length - 1];
        var parts = good.Split('.');
        return Gen.OneOf(
            Gen.Select(place, Gen.Char, (at, letter) => good[..at] + letter + good[(at + 1)..]),
            Gen.Select(place, Gen.Int[0, 6], (at, bit) => good[..at] + (char)(good[at] ^ (1 << bit)) + good[(at + 1)..]),
            Gen.Select(Gen.Int[0, 2], Gen.Int[0, 5000], (part, bit) => FlipBit(parts, part, bit)),
            place.Select(length => good[..length]),
            place.Select(start => good[start..]),
            Gen.Select(place, AnyText, (at, text) => good.Insert(at, text)),
            Gen.Int[0, 2].Array[0, 6].Select(order => string.Join('.', order.Select(part => parts[part]))),
            Gen.Int[1, 40].Select(times => good + new string('A', times * 1000)),
            AnyText.Select(text => good + text),
            AnyText.Select(text => text + good));
    }

    /// <summary>Flips one bit of the decoded part.</summary>
    private static string FlipBit(string[] parts, int part, int bit)
    {
        var bytes = Base64UrlEncoder.DecodeBytes(parts[part]);
        bytes[bit / 8 % bytes.Length] ^= (byte)(1 << (bit % 8));
        return string.Join('.', parts.Select((text, index) => index == part ? Base64UrlEncoder.Encode(bytes) : text));
    }

    private static string SignedPart(string token) => token.LastIndexOf('.') is >= 0 and var dot ? token[..dot] : "";

    /// <returns>The id of the session, or the code of the refusal.</returns>
    private async Task<string> AuthenticateAsync(string header)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.Authorization = header;
        try
        {
            return (await server.Service<Authenticator>().AuthenticateAsync(context, AnySession)).ScopeId;
        }
        catch (ApiException refused)
        {
            return refused.Code.Code;
        }
    }

    private async Task<(string Token, string SessionId)> MintAsync()
    {
        var world = new AuthorizationWorld(server.OwnerAccountId, AuthorizationWorld.AllPermissions);
        await server.AddAsync(world);
        return (await server.SignAsync(world.Session), world.Session.Id);
    }
}
