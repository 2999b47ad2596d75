using ChatBotKit.Server.Tests;
using ChatBotKit.TestModels;

namespace ChatBotKit.EndToEnd.Tests.Foreign;

/// <summary>A real browser on a page of another origin that has only a session token.</summary>
public sealed class BrowserTests
{
    [Fact]
    public async Task Page_OnAnotherOrigin_UsesTheSessionRoutes()
    {
        var browser = Chromium.Path;
        Assert.SkipWhen(browser is null, Chromium.Missing);
        await using var server = await ServerFactory.StartAsync();

        await NodeProject.RunAsync("browser.mjs", new Dictionary<string, string>
        {
            ["CHROMIUM"] = browser!,
            ["CHATBOTKIT_URL"] = server.Address.AbsoluteUri,
            ["CHATBOTKIT_SECRET"] = ServerFactory.OwnerSecret,
        });
    }
}
