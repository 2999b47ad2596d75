using System.Net;
using ChatBotKit.AdminConsole.Tests.Browser;
using ChatBotKit.Server.Hosting;
using ChatBotKit.Server.Tests;
using ChatBotKit.Widget.Tests.Browser;

namespace ChatBotKit.AdminConsole.Tests;

/// <summary>Who gets into the console, and what the browser keeps of it.</summary>
public sealed class SignInTests(ChromiumBrowser browser) : ConsoleTest(browser)
{
    [Fact]
    public async Task Link_SignsIn_Once_AndLeavesTheAddress()
    {
        var link = ConsoleEndpoints.MakeLink(Server.App);
        var tab = await OpenAsync();
        await tab.Page.GotoAsync(link);
        await tab.IsAtAsync("Overview");
        Assert.DoesNotContain("code", tab.Page.Url, StringComparison.Ordinal);
        tab.AssertNoProblems();

        var second = await OpenAsync();
        second.ExpectsFailures = true;
        await second.Page.GotoAsync(link);
        await second.IsAtAsync("Sign in");
        await second.SeesAsync("That was not accepted");
        second.AssertNoProblems();
    }

    [Fact]
    public async Task Token_SignsIn_AndLeadsToThePageThatWasAskedFor()
    {
        var tab = await OpenAsync();
        await tab.GoAsync("/?done=saved");
        await tab.IsAtAsync("Sign in");
        await tab.Page.GetByLabel("API token").FillAsync(ServerFactory.OwnerSecret);
        await tab.ClickAsync("Sign in");
        await tab.IsAtAsync("Overview");
        Assert.EndsWith("/console/?done=saved", tab.Page.Url, StringComparison.Ordinal);
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task SignIn_MakesAnApiToken_ThatExpires_AndSignOutRevokesIt()
    {
        var tab = await SignedInAsync();
        var made = await FindTokenAsync();
        Assert.Equal("active", made.GetProperty("status").GetString());
        var life = made.GetProperty("expiresAt").GetInt64() - made.GetProperty("createdAt").GetInt64();
        Assert.InRange(life, 23.9 * 3_600_000, 24.1 * 3_600_000);

        await tab.ClickAsync("Sign out");
        await tab.SeesAsync("You are signed out.");

        Assert.Equal("revoked", (await FindTokenAsync()).GetProperty("status").GetString());
        await tab.GoAsync("");
        await tab.IsAtAsync("Sign in");
        tab.AssertNoProblems();

        async Task<System.Text.Json.JsonElement> FindTokenAsync() =>
            (await Owner.ReadAsync(HttpMethod.Get, "server/token/list")).GetProperty("items").EnumerateArray()
            .Single(one => one.GetProperty("name").GetString() == "Console sign-in");
    }

    [Fact]
    public async Task Cookie_IsForTheConsoleAlone_AndNoScriptOrPageHasTheToken()
    {
        var tab = await SignedInAsync();

        var cookies = (await tab.Context.CookiesAsync()).Where(one => one.Name.StartsWith("cbk-console", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, cookies.Count);
        Assert.All(cookies, cookie => Assert.Equal((true, SameSiteAttribute.Strict, "/console"), (cookie.HttpOnly, cookie.SameSite, cookie.Path)));
        await tab.Page.GotoAsync(new Uri(Server.Address, "/health").AbsoluteUri);
        var headers = await tab.Requests.Last().AllHeadersAsync();
        Assert.DoesNotContain("cookie", headers.Keys);
        await tab.GoAsync("");
        var seen = await tab.Page.ContentAsync() + await tab.Page.EvaluateAsync<string>("() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])");
        Assert.DoesNotContain("sk-owner", seen, StringComparison.Ordinal);
        Assert.DoesNotMatch("sk-[0-9a-f]{8}", seen);
        Assert.DoesNotContain(cookies.Single(one => one.Name == "cbk-console").Value, seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WrongToken_IsRefused_WithoutSayingWhy_AndThenHasToWait()
    {
        var tab = await OpenAsync();
        tab.ExpectsFailures = true;
        for (var tries = 0; tries < 4; tries++)
        {
            await tab.SignInAsync($"sk-wrong-{tries}");
            await tab.SeesAsync("That was not accepted. Use an API token of the owner of this server, or a new link.");
        }

        await tab.SignInAsync("sk-wrong-5");
        await tab.SeesAsync("Too many tries. Wait 30 seconds.");
        await tab.SignInAsync(ServerFactory.OwnerSecret);
        await tab.SeesAsync("Too many tries.");
        var audit = await Owner.ReadAsync(HttpMethod.Get, "session/audit/list?type=refuseToken");
        Assert.Equal(5, audit.GetProperty("items").EnumerateArray().Sum(one => one.GetProperty("count").GetInt32()));
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task RevokedSignIn_AsksAgain_AndThenShowsTheSamePage()
    {
        var tab = await SignedInAsync();
        var id = (await Owner.ReadAsync(HttpMethod.Get, "server/token/list")).GetProperty("items").EnumerateArray()
            .Single(one => one.GetProperty("name").GetString() == "Console sign-in").GetProperty("id").GetString();
        await Owner.ReadAsync(HttpMethod.Post, $"server/token/{id}/revoke", new { });

        await tab.GoAsync("");

        await tab.IsAtAsync("Sign in");
        Assert.DoesNotContain(await tab.Context.CookiesAsync(), one => one.Name == "cbk-console");
        tab.AssertNoProblems();
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example")]
    public async Task ReturnUrl_NeverLeadsToAnotherSite(string url)
    {
        var tab = await OpenAsync();
        await tab.GoAsync($"/sign-in?returnUrl={Uri.EscapeDataString(url)}");
        await tab.Page.GetByLabel("API token").FillAsync(ServerFactory.OwnerSecret);
        await tab.ClickAsync("Sign in");
        await tab.IsAtAsync("Overview");
        Assert.Equal(new Uri(Server.Address, "/console").AbsoluteUri, tab.Page.Url.TrimEnd('/'));
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task Start_RedirectsBrowsers_AndAnswersPrograms()
    {
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { BaseAddress = Server.Address };
        using var browser = await client.SendAsync(HttpMethod.Get, "/", accept: "text/html");
        Assert.Equal((HttpStatusCode.Found, "/console"), (browser.StatusCode, browser.Headers.Location?.OriginalString));
        using var program = await client.SendAsync(HttpMethod.Get, "/", accept: "application/json");
        Assert.Equal(HttpStatusCode.OK, program.StatusCode);
    }
}
