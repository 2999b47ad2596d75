using System.Net.Http.Headers;
using ChatBotKit.Server.Tests;
using ChatBotKit.Widget.Tests.Browser;

namespace ChatBotKit.Widget.Tests;

/// <summary>The pictures of a widget: in the header, beside the messages and on the button.</summary>
public sealed class PictureTests(ChromiumBrowser browser) : WidgetIntegrationTest(browser)
{
    /// <summary>A policy that allows no pictures at all.</summary>
    private const string Policy = "default-src 'none'; script-src 'self' {server}; connect-src 'self' {server}; img-src data:; style-src 'self'";

    [Theory]
    [InlineData("light", ColorScheme.Light, 1100)]
    [InlineData("dark", ColorScheme.Dark, 1100)]
    [InlineData("phone", ColorScheme.Light, 390)]
    public async Task Pictures_AreShown_OnAPageThatAllowsOnlyConnections(string name, ColorScheme scheme, int width)
    {
        await CreateWidgetAsync("""{"title":"Roses","initial":"How can I help?"}""");
        await AttachAsync("bar", "#804000");
        await AttachAsync("bot", "#008040");
        await AttachAsync("user", "#400080");
        await AttachAsync("button", "#c00000");
        Site.Policy = Policy;

        var tab = await OpenChatAsync(options => (options.ColorScheme, options.ViewportSize, options.ReducedMotion) =
            (scheme, new() { Width = width, Height = 780 }, ReducedMotion.Reduce));
        await tab.SayAsync("Hello");
        await tab.ReadsAsync("Good day.");
        await tab.WaitAsync("() => widget.querySelectorAll('.face').length === 5");

        Assert.Equal("128,64,0,255", await tab.EvaluateAsync<string>(Painting.ColorOf, "header .face"));
        Assert.Equal("0,128,64,255", await tab.EvaluateAsync<string>(Painting.ColorOf, "li.bot:last-child .face"));
        Assert.Equal("64,0,128,255", await tab.EvaluateAsync<string>(Painting.ColorOf, "li.user .face"));
        Assert.Equal("192,0,0,255", await tab.EvaluateAsync<string>(Painting.ColorOf, ".launcher .face"));
        await tab.Page.ScreenshotAsync(new() { Path = GalleryTests.PathOf($"{name}-pictures.png") });
        tab.AssertNoProblems();
    }

    [Theory]
    [InlineData("""{"bot":"/none.png"}""")]
    [InlineData("""{"bot":"/","bar":"javascript:alert(1)"}""")]
    [InlineData("no JSON")]
    public async Task Picture_ThatCanNotBeLoaded_IsLeftOut(string pictures)
    {
        Site.Attributes = $"heading=\"Roses\" pictures='{pictures}'";
        var tab = await OpenPageAsync();
        tab.ExpectsFailures = true;
        await tab.OpenChatAsync();
        await tab.SayAsync("Hello");

        await tab.ReadsAsync("Good day.");

        Assert.Equal(0, await tab.EvaluateAsync<int>("() => widget.querySelectorAll('.face, .faced').length"));
        Assert.True(await tab.Launcher.Locator("svg").IsVisibleAsync());
        tab.AssertNoProblems();
    }

    private async Task AttachAsync(string place, string color)
    {
        using var owner = ServerFactory.ClientOf(ChatServer.Address);
        var file = (await owner.ReadAsync(HttpMethod.Post, "file/create", new { })).GetProperty("id").GetString();
        using var content = new ByteArrayContent(await Painting.OfAsync(Browser, color));
        content.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        using var uploaded = await owner.SendAsync(HttpMethod.Post, $"file/{file}/upload", content);
        uploaded.EnsureSuccessStatusCode();
        await owner.ReadAsync(HttpMethod.Post, $"integration/widget/{WidgetId}/file/{file}/attach", new { type = place });
    }
}
