using ChatBotKit.AdminConsole.Tests.Browser;
using ChatBotKit.Server.Tests;
using ChatBotKit.Widget.Tests.Browser;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.AdminConsole.Tests;

/// <summary>A tab that was left open for a day reacts to the first click.</summary>
public sealed class LongDayTests(ChromiumBrowser browser)
{
    [Fact]
    public async Task Tab_OpenForADay_LeadsThroughTheSignIn_ToThePageThatWasAskedFor()
    {
        browser.Require();
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var server = await ServerFactory.StartAsync(time: clock);
        await using var tab = await ConsoleTab.OpenAsync(browser.Require(), new BrowserNewContextOptions(), server.Address);
        await tab.Page.Clock.InstallAsync();
        await tab.SignInAsync(ServerFactory.OwnerSecret);
        await tab.IsAtAsync("Overview");
        await tab.GoAsync("/bots/new");
        await tab.Page.GetByLabel("Name").FillAsync("Begun yesterday");

        clock.Advance(TimeSpan.FromHours(24) + TimeSpan.FromMinutes(1));
        await tab.Page.Clock.FastForwardAsync("24:01:00");
        await tab.FollowAsync("Datasets");

        await tab.IsAtAsync("Sign in");
        await tab.Page.GetByLabel("API token").FillAsync(ServerFactory.OwnerSecret);
        await tab.ClickAsync("Sign in");
        await tab.IsAtAsync("Datasets");
        await tab.FollowAsync("Bots");
        await tab.IsAtAsync("Bots");
        await tab.GoAsync("/bots/new");
        Assert.Equal("Begun yesterday", await tab.Page.GetByLabel("Name").InputValueAsync());
        tab.AssertNoProblems();
    }
}
