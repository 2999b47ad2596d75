using System.Net;
using System.Text.RegularExpressions;
using ChatBotKit.Server.Tests;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ChatBotKit.AdminConsole.Tests;

/// <summary>Every route of the console against strangers, pages of other sites and forged forms. No browser is needed.</summary>
public sealed partial class GuardTests : IAsyncLifetime
{
    private ServerFactory _server = null!;
    private HttpClient _stranger = null!;
    private HttpClient _owner = null!;
    private string _token = "";

    private IEnumerable<RouteEndpoint> Routes => _server.App.Services.GetRequiredService<ConsoleApp>().Routes;

    private IEnumerable<string> Pages => PathsOf("GET").Where(path => !path.StartsWith("/assets/", StringComparison.Ordinal));

    public async ValueTask InitializeAsync()
    {
        _server = await ServerFactory.StartAsync();
        (_stranger, _owner) = (NewClient(), NewClient());
        var form = await _owner.ReadTextAsync("/console/sign-in");
        _token = FormToken().Match(form).Groups[1].Value;
        using var signedIn = await PostAsync(_owner, "/sign-in", _token, ("Sec-Fetch-Site", "same-origin"), ("token", ServerFactory.OwnerSecret));
        Assert.Equal(HttpStatusCode.SeeOther, signedIn.StatusCode);
        // The token of a form is bound to the sign-in.
        _token = FormToken().Match(await _owner.ReadTextAsync("/console/")).Groups[1].Value;
    }

    public async ValueTask DisposeAsync()
    {
        _stranger.Dispose();
        _owner.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task EveryPage_AsksAStrangerToSignIn_AndShowsNothing()
    {
        foreach (var path in Pages.Where(path => path != "/sign-in"))
        {
            using var answer = await _stranger.SendAsync(HttpMethod.Get, $"/console{path}", accept: "text/html");
            Assert.Equal((path, HttpStatusCode.SeeOther), (path, answer.StatusCode));
            Assert.Equal($"/console/sign-in?returnUrl={Uri.EscapeDataString(path)}", answer.Headers.Location!.OriginalString);
            Assert.Empty(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task EveryPage_HasTheHeaders_AndNothingInline()
    {
        foreach (var path in Pages)
        {
            using var answer = await _owner.SendAsync(HttpMethod.Get, $"/console{path}", accept: "text/html", headers: ("Origin", "https://evil.example"));
            Assert.DoesNotContain(answer.Headers, header => header.Key.StartsWith("Access-Control", StringComparison.Ordinal));
            var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.Contains("default-src 'none'; script-src 'self'; style-src 'self';", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
            Assert.DoesNotContain(" style=", html, StringComparison.Ordinal);
            Assert.DoesNotContain("<style", html, StringComparison.Ordinal);
            Assert.DoesNotMatch(" on[a-z]+=\"", html);
            Assert.DoesNotMatch("<script(?![^>]* src=)", html);
        }
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Sec-Fetch-Site", "none")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("X-Nothing", "neither")]
    public async Task EveryForm_OfAnotherSite_IsRefused(string header, string value)
    {
        var before = await StateAsync();
        foreach (var path in PathsOf("POST"))
        {
            using var answer = await PostAsync(_owner, path, _token, (header, value));
            Assert.Equal((path, HttpStatusCode.Forbidden), (path, answer.StatusCode));
        }

        Assert.Equal(before, await StateAsync());
    }

    [Fact]
    public async Task EveryForm_WithoutItsToken_IsRefused()
    {
        var before = await StateAsync();
        foreach (var path in PathsOf("POST"))
        {
            foreach (var token in new[] { "", "forged", _token + "x" })
            {
                using var answer = await PostAsync(_owner, path, token, ("Sec-Fetch-Site", "same-origin"));
                Assert.Equal((path, HttpStatusCode.BadRequest), (path, answer.StatusCode));
            }
        }

        Assert.Equal(before, await StateAsync());
    }

    [Fact]
    public async Task Form_ThatCanNotBeRead_SaysWhy()
    {
        using var withNull = await PostAsync(_owner, "/bots/new", _token, ("Sec-Fetch-Site", "same-origin"), ("name", "a\0b"));
        using var tooLong = await PostAsync(_owner, "/bots/new", _token, ("Sec-Fetch-Site", "same-origin"), ("backstory", new string('x', 2_000_000)));

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.RequestEntityTooLarge), (withNull.StatusCode, tooLong.StatusCode));
        Assert.Contains("has a null character", await withNull.TextAsync(), StringComparison.Ordinal);
        Assert.Contains("more than this page takes", await tooLong.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Number_ThatIsTooLarge_CountsAsNone()
    {
        using var owner = _server.Client();
        var dataset = (await owner.ReadAsync(HttpMethod.Post, "dataset/create", "{}")).GetProperty("id").GetString();

        using var answer = await PostAsync(_owner, $"/datasets/{dataset}/settings", _token, ("Sec-Fetch-Site", "same-origin"), ("score", "-1e999"));

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
    }

    [Fact]
    public async Task EveryForm_OfAStranger_ChangesNothing()
    {
        var before = await StateAsync();
        foreach (var path in PathsOf("POST").Where(path => path != "/sign-in"))
        {
            using var answer = await PostAsync(_stranger, path, _token, ("Sec-Fetch-Site", "same-origin"));
            Assert.Equal((path, HttpStatusCode.SeeOther), (path, answer.StatusCode));
        }

        Assert.Equal(before, await StateAsync());
    }

    [Fact]
    public async Task EveryPage_ChangesNothing()
    {
        var before = await StateAsync();
        foreach (var path in Pages)
        {
            using var answer = await _owner.SendAsync(HttpMethod.Get, $"/console{path}", accept: "text/html");
            Assert.True((int)answer.StatusCode < 500, $"{path}: {answer.StatusCode}");
        }

        Assert.Equal(before, await StateAsync());
    }

    [Fact]
    public async Task UnknownPage_IsNotFound()
    {
        using var answer = await _owner.SendAsync(HttpMethod.Get, "/console/nowhere", accept: "text/html");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("There is no such page.", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SwitchedOff_ThereIsNoConsole()
    {
        await using var server = await ServerFactory.StartAsync(settings: new Dictionary<string, string?> { ["CHATBOTKIT_CONSOLE"] = "off" });
        using var client = server.Client(null);
        using var console = await client.SendAsync(HttpMethod.Get, "/console", accept: "text/html");
        using var start = await client.SendAsync(HttpMethod.Get, "/", accept: "text/html");
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.OK), (console.StatusCode, start.StatusCode));
    }

    private HttpClient NewClient() => new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = _server.Address };

    /// <summary>Returns the paths of the routes, with an id that does not exist in place of parameters.</summary>
    private IEnumerable<string> PathsOf(string verb) =>
        from route in Routes
        where route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Contains(verb)
        select Parameter().Replace(route.RoutePattern.RawText!, "nothere");

    private static async Task<HttpResponseMessage> PostAsync(
        HttpClient client, string path, string token, (string Name, string Value) header, params (string Name, string Value)[] fields)
    {
        var form = new FormUrlEncodedContent([new("_token", token), .. fields.Select(field => KeyValuePair.Create(field.Name, field.Value))]);
        return await client.SendAsync(HttpMethod.Post, $"/console{path}", form, accept: "text/html", headers: header);
    }

    /// <summary>Returns what a request could have changed: the resources, and the API tokens without their uses.</summary>
    private async Task<string> StateAsync()
    {
        using var client = _server.Client();
        var lists = new List<string>();
        foreach (var path in new[] { "bot", "dataset", "file", "conversation", "session" })
            lists.Add((await client.ReadAsync(HttpMethod.Get, $"{path}/list")).GetProperty("items").GetRawText());
        foreach (var token in (await client.ReadAsync(HttpMethod.Get, "server/token/list")).GetProperty("items").EnumerateArray())
            lists.Add($"{token.GetProperty("id")} {token.GetProperty("status")}");
        return string.Join('\n', lists);
    }

    [GeneratedRegex("name=\"_token\" value=\"([^\"]+)\"")]
    private static partial Regex FormToken();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}
