using System.Net;
using System.Web;

namespace ChatBotKit.Server.Tests.Features.Secrets;

/// <summary>Secrets whose values come from a real OAuth 2 provider.</summary>
public sealed class OAuthSecretTests
{
    [Fact]
    public async Task SharedSecret_AfterASignIn_OpensTheApiOfTheProvider()
    {
        await using var server = await SecretServer.StartAsync();
        await using var provider = await OAuthProvider.StartAsync(server.Callback);
        var secret = await CreateAsync(server, provider);
        Assert.Equal("Nobody has signed in at the provider yet", await server.ReasonAsync(secret));

        var page = await server.SignInAsync(secret);

        Assert.Contains("can be used now", page, StringComparison.Ordinal);
        Assert.Equal("ann", await provider.CallAsync(await server.HeaderAsync(secret)));
        Assert.Equal("authenticated", await server.StatusAsync(secret));
    }

    [Fact]
    public async Task PersonalSecret_HasTheTokensOfEachContact()
    {
        await using var server = await SecretServer.StartAsync();
        await using var provider = await OAuthProvider.StartAsync(server.Callback);
        var secret = await CreateAsync(server, provider, kind: "personal");
        var (ann, bob) = (await server.VerifiedContactAsync("0123456789abcdef"), await server.VerifiedContactAsync("fedcba9876543210"));

        await server.SignInAsync(secret, ann, "ann");
        await server.SignInAsync(secret, bob, "bob");

        Assert.Equal("ann", await provider.CallAsync(await server.HeaderAsync(secret, ann)));
        Assert.Equal("bob", await provider.CallAsync(await server.HeaderAsync(secret, bob)));
    }

    /// <summary>The provider ends the access when a refresh token is used twice.</summary>
    [Fact]
    public async Task StaleToken_IsRefreshedOnce_ForAllWhoNeedIt()
    {
        await using var server = await SecretServer.StartAsync();
        await using var provider = await OAuthProvider.StartAsync(server.Callback);
        var secret = await CreateAsync(server, provider);
        await server.SignInAsync(secret);
        var before = await server.HeaderAsync(secret);

        for (var round = 1; round <= 3; round++)
        {
            server.Time.Advance(TimeSpan.FromHours(1));
            var headers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => server.HeaderAsync(secret)));

            var header = Assert.Single(headers.Distinct());
            Assert.NotEqual(before, header);
            Assert.Equal("ann", await provider.CallAsync(header));
            Assert.Equal(round, provider.Grants.Count(grant => grant == "refresh_token"));
            before = header;
        }
    }

    [Fact]
    public async Task Client_GetsTokensForItself_WithoutASignIn()
    {
        await using var server = await SecretServer.StartAsync();
        await using var provider = await OAuthProvider.StartAsync(server.Callback);
        var secret = await CreateAsync(server, provider, more: """,  "grantType":"client_credentials" """);

        Assert.Equal(OAuthProvider.ClientId, await provider.CallAsync(await server.HeaderAsync(secret)));
        Assert.Equal("authenticated", await server.StatusAsync(secret));
        Assert.Single(provider.Grants);
        await server.Server.Owner.AssertRefusedAsync("409 CONFLICT: *", HttpMethod.Post, $"secret/{secret}/authenticate", "{}");
    }

    [Fact]
    public async Task RevokedSecret_OpensNothing_AlsoAtTheProvider()
    {
        await using var server = await SecretServer.StartAsync();
        await using var provider = await OAuthProvider.StartAsync(server.Callback);
        var secret = await CreateAsync(server, provider);
        await server.SignInAsync(secret);
        var header = await server.HeaderAsync(secret);

        await server.RevokeAsync(secret);

        Assert.Equal("401", await provider.CallAsync(header));
        Assert.Equal("Nobody has signed in at the provider yet", await server.ReasonAsync(secret));
    }

    [Fact]
    public async Task SecretOfAnotherType_DoesNotShowTheTokens()
    {
        await using var server = await SecretServer.StartAsync();
        await using var provider = await OAuthProvider.StartAsync(server.Callback);
        var secret = await CreateAsync(server, provider);
        await server.SignInAsync(secret);

        await server.Server.PostAsync($"secret/{secret}/update", """{"type":"plain"}""");

        Assert.Equal("The secret has no value", await server.ReasonAsync(secret));
    }

    [Fact]
    public async Task TokensOfAnotherClient_AreNotUsed()
    {
        await using var server = await SecretServer.StartAsync();
        await using var provider = await OAuthProvider.StartAsync(server.Callback);
        var secret = await CreateAsync(server, provider);
        await server.SignInAsync(secret);

        await server.Server.PostAsync($"secret/{secret}/update", $$"""{"config":{{provider.Config(path: "/other")}}}""");

        Assert.Equal("Nobody has signed in at the provider yet", await server.ReasonAsync(secret));
    }

    [Fact]
    public async Task SignIn_ThatThePersonDenies_SaysSo_AndMayBeTriedAgain()
    {
        await using var server = await SecretServer.StartAsync();
        await using var provider = await OAuthProvider.StartAsync(server.Callback);
        var secret = await CreateAsync(server, provider);
        var page = await server.PageAsync(secret);
        using var browser = SecretServer.Browser();
        browser.DefaultRequestHeaders.Add("X-Denies", "yes");

        using var denied = await browser.SendAsync(HttpMethod.Get, page);

        Assert.Equal(HttpStatusCode.Forbidden, denied.StatusCode);
        Assert.Contains("access_denied", await denied.TextAsync(), StringComparison.Ordinal);
        browser.DefaultRequestHeaders.Remove("X-Denies");
        Assert.Contains("can be used now", await browser.ReadTextAsync(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Return_ThatIsRepeatedForgedExpiredOrInAnotherBrowser_IsRefused()
    {
        await using var server = await SecretServer.StartAsync();
        await using var provider = await OAuthProvider.StartAsync(server.Callback);
        var secret = await CreateAsync(server, provider);
        var page = await server.PageAsync(secret);
        using var browser = SecretServer.Browser(followsRedirects: false);
        using var other = SecretServer.Browser(followsRedirects: false);
        var back = await BackAsync(browser, page);
        var ofOther = await BackAsync(other, await server.PageAsync(secret));

        await AssertNotValidAsync(other, back);
        await AssertNotValidAsync(browser, back.Replace("state=", "state=x", StringComparison.Ordinal));
        await AssertNotValidAsync(browser, WithStateOf(back, ofOther));
        await AssertNotValidAsync(browser, $"{server.Callback}?code=a");
        Assert.Equal("unauthenticated", await server.StatusAsync(secret));
        Assert.Contains("can be used now", await browser.ReadTextAsync(back), StringComparison.Ordinal);
        await AssertNotValidAsync(browser, back);
        await AssertNotValidAsync(browser, page);
        server.Time.Advance(TimeSpan.FromMinutes(15));
        await AssertNotValidAsync(other, ofOther);
    }

    [Fact]
    public async Task CodeThatTheProviderRefuses_IsNoValue_AndTellsNoSecret()
    {
        await using var server = await SecretServer.StartAsync();
        await using var provider = await OAuthProvider.StartAsync(server.Callback);
        var secret = await CreateAsync(server, provider);
        using var browser = SecretServer.Browser(followsRedirects: false);
        var back = await BackAsync(browser, await server.PageAsync(secret));

        using var answer = await browser.SendAsync(HttpMethod.Get, back.Replace("code=", "code=x", StringComparison.Ordinal));

        var text = await answer.TextAsync();
        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.Contains("The provider refused: invalid_", text, StringComparison.Ordinal);
        Assert.DoesNotContain(OAuthProvider.ClientSecret, text, StringComparison.Ordinal);
        Assert.Equal("unauthenticated", await server.StatusAsync(secret));
    }

    private static async Task<string> CreateAsync(SecretServer server, OAuthProvider provider, string kind = "shared", string more = "") =>
        await server.CreateAsync("oauth", $""" "kind":"{kind}","config":{provider.Config(more: more)}""");

    /// <summary>Goes to the provider and signs in, and returns the address to which the provider sends the browser back.</summary>
    private static async Task<string> BackAsync(HttpClient browser, string page)
    {
        using var toProvider = await browser.SendAsync(HttpMethod.Get, page);
        using var back = await browser.SendAsync(HttpMethod.Get, toProvider.Headers.Location!.AbsoluteUri);
        return back.Headers.Location!.AbsoluteUri;
    }

    private static async Task AssertNotValidAsync(HttpClient browser, string address)
    {
        using var answer = await browser.SendAsync(HttpMethod.Get, address);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("not valid", await answer.TextAsync(), StringComparison.Ordinal);
    }

    private static string WithStateOf(string address, string other)
    {
        var query = HttpUtility.ParseQueryString(new Uri(address).Query);
        query["state"] = HttpUtility.ParseQueryString(new Uri(other).Query)["state"];
        return $"{address.Split('?')[0]}?{query}";
    }
}
