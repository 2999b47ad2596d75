using ChatBotKit.Widget.Tests.Browser;

namespace ChatBotKit.Widget.Tests;

/// <summary>The token is renewed in time, whatever the clock of the device says.</summary>
public sealed class TokenTests(ChromiumBrowser browser) : WidgetTest(browser)
{
    [Theory]
    [InlineData(-2)]
    [InlineData(2)]
    public async Task Device_WithAWrongClock_RenewsInTime(int hours)
    {
        var tab = await OpenPageAsync();
        await tab.Page.Clock.InstallAsync(new() { TimeDate = TimeProvider.System.GetUtcNow().AddHours(hours).UtcDateTime });
        await tab.Page.ReloadAsync();
        await tab.OpenChatAsync();
        await tab.WaitAsync("() => chat.state === 'ready'");
        await tab.Page.Clock.RunForAsync("57:00");
        Assert.Equal(1, Site.Mints);

        var renewed = tab.Page.WaitForResponseAsync("**/session");
        await tab.Page.Clock.RunForAsync("03:00");
        await renewed;

        await tab.SayAsync("Hello");
        await tab.Page.Clock.RunForAsync(1000);
        await tab.ReadsAsync("Good day.");
        Assert.Equal(2, Site.Mints);
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task Device_ThatSlept_RenewsOnce_WhenItWakesUp()
    {
        var tab = await OpenPageAsync();
        await tab.Page.Clock.InstallAsync();
        await tab.Page.ReloadAsync();
        await tab.OpenChatAsync();
        await tab.WaitAsync("() => chat.state === 'ready'");

        // Timers do not run in sleep; the time has passed all the same.
        var renewed = tab.Page.WaitForResponseAsync("**/session");
        await tab.Page.EvaluateAsync("() => { const now = Date.now(); Date.now = () => now + 3_590_000; document.dispatchEvent(new Event('visibilitychange')); dispatchEvent(new Event('pageshow')) }");
        await renewed;

        Assert.Equal(2, Site.Mints);
        Assert.False(await tab.Notice.IsVisibleAsync());
        tab.AssertNoProblems();
    }
}
