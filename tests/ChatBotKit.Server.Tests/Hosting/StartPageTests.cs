using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using ChatBotKit.Server.Tests.Http;
using Microsoft.AspNetCore.Builder;

namespace ChatBotKit.Server.Tests.Hosting;

/// <summary>The page at the root of the server.</summary>
public sealed partial class StartPageTests
{
    private const string Browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    /// <summary>The setting with which browsers see the page, and are not sent to the console.</summary>
    private static readonly Dictionary<string, string?> WithoutConsole = new() { ["CHATBOTKIT_CONSOLE"] = "off" };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Browser_GetsAPageThatNeedsNothingElse()
    {
        await using var server = await ServerFactory.StartAsync(settings: WithoutConsole);

        using var answer = await LoadAsync(server, Browser);

        var page = await answer.TextAsync();
        Assert.Equal("text/html; charset=utf-8", answer.Header("Content-Type"));
        Assert.Contains("href=\"/api/v1/spec\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("{base}", page, StringComparison.Ordinal);
        Assert.All(Addresses().Matches(page), address => Assert.True(address.Groups[1].Value is "data:," || address.Groups[1].Value[0] == '/'));
        var style = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style().Match(page).Groups[1].Value)));
        Assert.Contains($"style-src 'sha256-{style}'", answer.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", answer.Header("Content-Security-Policy"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Links_OfThePage_LeadSomewhere()
    {
        await using var server = await ServerFactory.StartAsync(settings: WithoutConsole);
        using var client = server.Client(credential: null);
        using var page = await LoadAsync(server, Browser);

        foreach (Match link in Links().Matches(await page.TextAsync()))
        {
            await client.ReadTextAsync(link.Groups[1].Value);
        }
    }

    [Theory]
    [InlineData("*/*")]
    [InlineData("application/json")]
    [InlineData("text/html;q=0")]
    [InlineData(null)]
    public async Task Program_GetsTheSameAsJson(string? accept)
    {
        await using var server = await ServerFactory.StartAsync(
            settings: new Dictionary<string, string?> { ["CHATBOTKIT_PUBLIC_URL"] = "https://shop.example/bots" });

        using var answer = await LoadAsync(server, accept);

        var body = await answer.JsonAsync();
        Assert.Equal("https://shop.example/bots/api/v1", body.Text("api"));
        Assert.Equal("https://shop.example/bots/api/v1/spec", body.Text("spec"));
        Assert.Equal("Accept", answer.Header("Vary"));
    }

    [Fact]
    public async Task Page_BelowAPath_LinksBelowIt()
    {
        await using var server = await ServerFactory.StartAsync(
            settings: new Dictionary<string, string?>(WithoutConsole) { ["CHATBOTKIT_PUBLIC_URL"] = "https://shop.example/bots" });

        using var answer = await LoadAsync(server, Browser, "/bots/");

        Assert.Contains("href=\"/bots/api/v1/spec\"", await answer.TextAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/", "on")]
    [InlineData("/", "off")]
    [InlineData("/console", "on")]
    [InlineData("/console/sign-in", "on")]
    public async Task Host_OfTheRequest_IsNoPartOfTheMarkup(string path, string console)
    {
        await using var server = await ServerFactory.StartAsync(settings: new Dictionary<string, string?> { ["CHATBOTKIT_CONSOLE"] = console });

        var answer = await RawRequest.SendAsync(server.Address, $"GET {path} HTTP/1.1\r\nHost: a\"><script>.example\r\nAccept: {Browser}\r\nConnection: close\r\n\r\n");

        Assert.DoesNotContain("<script>", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("HTTP/1.1 5", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Root_OfAProgramThatHoldsTheServer_GoesFirst()
    {
        await using var server = await ServerFactory.StartAsync(app => app.MapGet("/", () => "mine"));

        using var answer = await LoadAsync(server, Browser);

        Assert.Equal("mine", await answer.TextAsync());
    }

    private static async Task<HttpResponseMessage> LoadAsync(ServerFactory server, string? accept, string path = "/")
    {
        using var client = server.Client(credential: null);
        return await client.SendAsync(HttpMethod.Get, path, accept: accept);
    }

    [GeneratedRegex("(?:href|src)=\"([^\"]*)\"")]
    private static partial Regex Addresses();

    [GeneratedRegex("<a href=\"([^\"]*)\"")]
    private static partial Regex Links();

    [GeneratedRegex("<style>(.*?)</style>", RegexOptions.Singleline)]
    private static partial Regex Style();
}
