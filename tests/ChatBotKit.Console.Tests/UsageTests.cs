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
        await AssertTableAsync(tab, "Tokens", [.. series.GetProperty("tokens").EnumerateArray().TakeLast(7).Select(point => point.GetProperty("total").GetInt64())]);
        Assert.NotEqual(0, tokens);
        Assert.Equal(1, await tab.Page.GetByRole(AriaRole.Img, new() { NameRegex = new("^Tokens in 7 days: in prompts [1-9].*; in answers [1-9]") }).CountAsync());
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
        Assert.Equal(("usage.csv", 8, "day,tokens,conversations,messages,inputTokens,outputTokens"), (download.SuggestedFilename, lines.Length, lines[0]));
        var today = lines[^1].Split(',');
        Assert.Equal(("2", "6"), (today[2], today[3]));
        Assert.Equal(long.Parse(today[1], System.Globalization.CultureInfo.InvariantCulture), today[4..].Sum(cell => long.Parse(cell, System.Globalization.CultureInfo.InvariantCulture)));
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task UsageOfTheLastHours_IsShownByTheHour()
    {
        var (bot, _) = (await TalkAsync("Busy", 2), await TalkAsync("Quiet", 1));
        var tab = await SignedInAsync();
        await tab.GoAsync("/usage");
        await tab.Page.GetByLabel("Period").SelectOptionAsync("24 hours");
        await tab.ClickAsync("Show");

        await tab.SeesAsync("Hours as CSV");
        Assert.Equal(24, await tab.Page.Locator("[aria-label='Numbers of Messages of runs'] tbody tr").CountAsync());
        Assert.Equal(1, await tab.Page.GetByRole(AriaRole.Img, new() { NameRegex = new("^Messages of runs in 24 hours: Busy 4, the most at .*; Quiet 2, .*; other none") }).CountAsync());
        Assert.Equal(1, await tab.Page.GetByRole(AriaRole.Img, new() { NameRegex = new("^New conversations: 2 in 24 hours") }).CountAsync());
        Assert.Equal("stop\n3", await tab.Page.Locator("#ends + ul .line").InnerTextAsync());
        await tab.AssertAccessibleAsync();
        var download = await tab.Page.RunAndWaitForDownloadAsync(() => tab.FollowAsync("Hours as CSV"));
        var lines = await File.ReadAllLinesAsync(await download.PathAsync(), Token);
        Assert.Equal((25, "hour,inputTokens,outputTokens,conversations,messages,runs"), (lines.Length, lines[0]));
        Assert.Equal(3, lines[1..].Sum(line => int.Parse(line.Split(',')[5], System.Globalization.CultureInfo.InvariantCulture)));

        await tab.GoAsync($"/bots/{bot}/usage?days=1");
        Assert.Equal(1, await tab.Page.GetByRole(AriaRole.Img, new() { NameRegex = new("^Messages of runs: 4 in 24 hours") }).CountAsync());
        Assert.Equal("stop\n2", await tab.Page.Locator("#ends + ul .line").InnerTextAsync());
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
    public async Task Settings_TestAModel_AndSayWhyItDoesNotAnswer()
    {
        var tab = await SignedInAsync();
        await tab.GoAsync("/settings");
        await tab.Page.GetByLabel("Model", new() { Exact = true }).SelectOptionAsync("scripted");
        await tab.ClickAsync("Test");
        await tab.SeesAsync("scripted answered after");
        await tab.SeesAsync("We open at 9:00.");
        await tab.AssertAccessibleAsync();
        Assert.Equal(0, await CountAsync("conversation/list"));

        Model.Answer(script => script.Fail(401, "The key is wrong <b>here</b>."));
        tab.ExpectsFailures = true;
        await tab.ClickAsync("Test");
        await tab.SeesAsync("No answer after");
        Assert.NotEqual("", await tab.Page.GetByRole(AriaRole.Alert).Locator("code").First.InnerTextAsync());
        await tab.AssertAccessibleAsync();
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task Settings_SendABackup_AndRememberWhen()
    {
        Assert.SkipWhen(TestStore.IsPostgres, TestStore.OfFiles);
        var tab = await SignedInAsync();
        await tab.GoAsync("/settings");
        await tab.SeesAsync("None was made yet.");

        var download = await tab.Page.RunAndWaitForDownloadAsync(() => tab.ClickAsync("Download a backup"));
        Assert.Matches("^chatbotkit-[0-9-]+[.]tar$", download.SuggestedFilename);
        var bytes = await File.ReadAllBytesAsync((await download.PathAsync())!, Token);
        var seal = bytes.AsSpan(bytes.Length - 72);
        Assert.Equal($"sha256:{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes.AsSpan(0, bytes.Length - 72)))}\n", System.Text.Encoding.ASCII.GetString(seal));

        await tab.GoAsync("/settings");
        await tab.SeesAsync("Last begun:");
        await tab.FollowAsync("OpenAPI document");
        Assert.EndsWith("/api/v1/spec", tab.Page.Url, StringComparison.Ordinal);
        tab.AssertNoProblems();
    }

    private async Task<int> CountAsync(string path) => (await Owner.ReadAsync(HttpMethod.Get, path)).GetProperty("items").GetArrayLength();

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
