using ChatBotKit.Server.Tests;

namespace ChatBotKit.EndToEnd.Tests.Foreign;

/// <summary>A real browser on a page of another origin that has only a session token.</summary>
public sealed class BrowserTests
{
    private static readonly string[] Browsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    /// <summary>The path of a browser; null when there is none.</summary>
    public static string? Browser => Browsers.FirstOrDefault(File.Exists);

    [Fact]
    public async Task Page_OnAnotherOrigin_UsesTheSessionRoutes()
    {
        var browser = Browser;
        Assert.SkipWhen(browser is null, "Chromium is not installed.");
        await using var server = await ServerFactory.StartAsync();

        await NodeProject.RunAsync("browser.mjs", new Dictionary<string, string>
        {
            ["CHROMIUM"] = browser!,
            ["CHATBOTKIT_URL"] = server.Address.AbsoluteUri,
            ["CHATBOTKIT_SECRET"] = ServerFactory.OwnerSecret,
        });
    }
}
