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
        Assert.Equal("stop\n1", await tab.Page.Locator("#ends + ul .line").InnerTextAsync());
        var series = await Owner.ReadAsync(HttpMethod.Get, "usage/series/fetch");
        var tokens = series.GetProperty("tokens").EnumerateArray().Sum(point => point.GetProperty("total").GetInt64());
        var conversations = series.GetProperty("conversations").EnumerateArray().Sum(point => point.GetProperty("total").GetInt64());
        Assert.Equal(1, await tab.Page.GetByRole(AriaRole.Img, new() { NameRegex = new($"^Tokens: {tokens} in 7 days") }).CountAsync());
        Assert.Equal(1, await tab.Page.GetByRole(AriaRole.Img, new() { NameRegex = new($"at most: new conversations {conversations} on ") }).CountAsync());
        await AssertTableAsync(tab, "Messages", [.. series.GetProperty("messages").EnumerateArray().TakeLast(7).Select(point => point.GetProperty("total").GetInt64())]);
        await tab.AssertAccessibleAsync();
        await tab.Page.GetByRole(AriaRole.Cell, new() { Name = "Flower shop" }).GetByRole(AriaRole.Link).ClickAsync();
        await tab.IsAtAsync("Flower shop");
        await tab.FollowAsync("Usage");
        await tab.Page.GetByLabel("Period").SelectOptionAsync("7 days");
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task UsageOfABot_HasItsNumbersAlone()
    {
        var (bot, other) = (await TalkAsync("Busy", 2), await TalkAsync("<b>Quiet</b>", 1));
        var tab = await SignedInAsync();

        await tab.GoAsync($"/bots/{bot}/usage?days=7");
        Assert.Equal(1, await tab.Page.GetByRole(AriaRole.Img, new() { NameRegex = new("^Messages: 4 in 7 days") }).CountAsync());
        Assert.Equal("stop\n2", await tab.Page.Locator("#ends + ul .line").InnerTextAsync());
        await tab.GoAsync($"/bots/{other}/usage?days=7");
        Assert.Equal(1, await tab.Page.GetByRole(AriaRole.Img, new() { NameRegex = new("^Messages: 2 in 7 days") }).CountAsync());

        await tab.GoAsync("/usage?days=7");
        Assert.Equal(["Busy", "<b>Quiet</b>", "other"], (await tab.Page.Locator("#plot-0-says").Locator("xpath=ancestor::figure").Locator(".legend li").AllInnerTextsAsync()).Select(text => text.Trim()));
        var download = await tab.Page.RunAndWaitForDownloadAsync(() => tab.FollowAsync("Days as CSV"));
        var lines = await File.ReadAllLinesAsync(await download.PathAsync(), Token);
        Assert.Equal(("usage.csv", 8, "day,tokens,conversations,messages"), (download.SuggestedFilename, lines.Length, lines[0]));
        Assert.EndsWith(",2,6", lines[^1], StringComparison.Ordinal);
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task Audit_ShowsTheSessionsOfTheLastDays()
    {
        var conversation = (await Owner.ReadAsync(HttpMethod.Post, "conversation/create", new { })).GetProperty("id").GetString();
        await Owner.ReadAsync(HttpMethod.Post, $"conversation/{conversation}/session/create", new { });
        await Owner.ReadAsync(HttpMethod.Post, $"conversation/{conversation}/session/create", new { });
        var tab = await SignedInAsync();

        await tab.GoAsync("/sessions/audit");

        Assert.Equal(1, await tab.Page.GetByRole(AriaRole.Img, new() { NameRegex = new("^Sessions in 7 days: minted 2, .*revoked none") }).CountAsync());
        tab.AssertNoProblems();
    }

    /// <summary>Checks that the numbers beside a plot add up to those of the API.</summary>
    private static async Task AssertTableAsync(ConsoleTab tab, string plot, long[] totals)
    {
        var rows = await tab.Page.Locator($"[aria-label='Numbers of {plot}'] tbody tr").AllAsync();
        var sums = new List<long>();
        foreach (var row in rows)
            sums.Add((await row.Locator("td.number").AllTextContentsAsync()).Sum(cell => long.Parse(cell, System.Globalization.NumberStyles.Number, System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(totals, sums);
    }

    private async Task<string> TalkAsync(string name, int times)
    {
        var bot = (await Owner.ReadAsync(HttpMethod.Post, "bot/create", new { name, model = "scripted" })).GetProperty("id").GetString()!;
        var conversation = (await Owner.ReadAsync(HttpMethod.Post, "conversation/create", new { botId = bot })).GetProperty("id").GetString();
        for (var time = 0; time < times; time++)
            await Owner.ReadAsync(HttpMethod.Post, $"conversation/{conversation}/complete", new { text = "When are you open?" });
        return bot;
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
