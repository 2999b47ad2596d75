using ChatBotKit.AdminConsole.Tests.Browser;
using ChatBotKit.Server.Tests;
using ChatBotKit.Widget.Tests.Browser;

namespace ChatBotKit.AdminConsole.Tests;

/// <summary>What was used, and how the server is set.</summary>
public sealed class UsageTests(ChromiumBrowser browser) : ConsoleTest(browser)
{
    [Fact]
    public async Task Usage_ShowsFiguresBotsAndRuns()
    {
        await World.MakeAsync(Owner, Model);
        var tab = await SignedInAsync();
        await tab.GoAsync("/usage?days=7");

        await tab.SeesAsync("Bots with the most tokens");
        await tab.SeesAsync("stop 1");
        var conversations = (await Owner.ReadAsync(HttpMethod.Get, "conversation/list")).Items().Count();
        Assert.Equal(1, await tab.Page.GetByRole(AriaRole.Img, new() { NameRegex = new($"^Conversations: {conversations} in 7 days") }).CountAsync());
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Flower shop" }).ClickAsync();
        await tab.IsAtAsync("Flower shop");
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task Settings_ShowWhatIsSetButNoSecrets()
    {
        var tab = await SignedInAsync();
        await tab.GoAsync("/settings");

        await tab.SeesAsync("set, not shown");
        await tab.SeesAsync("CHATBOTKIT_DATA_DIR");
        Assert.DoesNotContain(ServerFactory.OwnerSecret, await tab.Page.ContentAsync(), StringComparison.Ordinal);
        tab.AssertNoProblems();
    }
}
