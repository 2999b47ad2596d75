using ChatBotKit.AdminConsole.Tests.Browser;
using ChatBotKit.Server.Tests;
using ChatBotKit.Widget.Tests.Browser;

namespace ChatBotKit.AdminConsole.Tests;

/// <summary>The event log: filters, details, following, export.</summary>
public sealed class EventTests(ChromiumBrowser browser) : ConsoleTest(browser)
{
    [Fact]
    public async Task Log_IsFiltered_AndItsDetailsLeadToTheResources()
    {
        var bot = await MakeAsync("bot/create", new { name = "Clerk", meta = new { place = "shop" } });
        await MakeAsync("bot/create", new { name = "Other" });
        var conversation = await MakeAsync("conversation/create", new { name = "About tulips", botId = bot });
        var tab = await SignedInAsync();
        await tab.FollowAsync("Events");
        await tab.IsAtAsync("Events");
        Assert.Equal(["Conversation created", "Bot created", "Bot created"], await NamesAsync(tab));

        await tab.FollowAsync("bot.create");
        Assert.Equal(["Bot created", "Bot created"], await NamesAsync(tab));
        await tab.Page.GetByLabel("Bot").SelectOptionAsync("Clerk");
        await tab.ClickAsync("Filter");
        Assert.Equal(["Bot created"], await NamesAsync(tab));
        await tab.FollowAsync("Clear filters");
        await tab.Page.GetByLabel("Conversation id").FillAsync(conversation);
        await tab.ClickAsync("Filter");
        Assert.Equal(["Conversation created"], await NamesAsync(tab));

        await tab.Page.Locator("tbody summary").ClickAsync();
        await tab.AssertAccessibleAsync();
        await tab.FollowAsync(bot);
        await tab.IsAtAsync("Clerk");
        await tab.FollowAsync("Events of this bot");
        Assert.Equal(["Conversation created", "Bot created"], await NamesAsync(tab));
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task DeletedResource_HasNoLink()
    {
        var bot = await MakeAsync("bot/create", new { name = "Clerk" });
        await MakeAsync($"bot/{bot}/delete", new { });
        var tab = await SignedInAsync();

        await tab.GoAsync("/events?type=bot.delete");
        await tab.Page.Locator("tbody summary").ClickAsync();
        await tab.SeesAsync(bot);
        Assert.Equal(0, await tab.Page.GetByRole(AriaRole.Link, new() { Name = bot }).CountAsync());
        await tab.GoAsync("/events?type=bot.create");
        await tab.Page.Locator("tbody summary").ClickAsync();
        Assert.Equal(1, await tab.Page.GetByRole(AriaRole.Link, new() { Name = bot }).CountAsync());
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task NewEvents_AppearWhileTheLogIsFollowed()
    {
        var tab = await SignedInAsync();
        await tab.GoAsync("/events?type=contact.create");
        await tab.SeesAsync("No match");
        await tab.FollowAsync("Follow");
        await tab.Page.Locator("cbk-live[busy]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await MakeAsync("contact/create", new { name = "Ada" });

        await tab.SeesAsync("Contact created");
        await tab.FollowAsync("Stop following");
        await tab.SeesAsync("Contact created");
        Assert.Equal(0, await tab.Page.Locator("cbk-live[busy]").CountAsync());
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task LongLog_HasPages_AndIsExportedAsAWhole()
    {
        foreach (var number in Enumerable.Range(0, 51))
            await MakeAsync("contact/create", new { name = $"Contact {number}" });
        await MakeAsync("bot/create", new { name = "Clerk" });
        var tab = await SignedInAsync();
        await tab.GoAsync("/events?type=contact.create");
        Assert.Equal(50, (await NamesAsync(tab)).Count);
        await tab.FollowAsync("Next page");
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "First page" }).WaitForAsync();
        Assert.Equal(["Contact created"], await NamesAsync(tab));

        var download = await tab.Page.RunAndWaitForDownloadAsync(() => tab.FollowAsync("Export"));
        Assert.Equal("events.csv", download.SuggestedFilename);
        var lines = await File.ReadAllLinesAsync(await download.PathAsync(), Token);
        Assert.Equal(51, lines.Count(line => line.Contains("contact.create", StringComparison.Ordinal)));
        Assert.DoesNotContain(lines, line => line.Contains("bot.create", StringComparison.Ordinal));
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task Log_CanBeReadUpToATime_PageByPage()
    {
        foreach (var number in Enumerable.Range(0, 51))
            await MakeAsync("contact/create", new { name = $"Contact {number}" });
        var tab = await SignedInAsync();
        await tab.GoAsync("/events");

        await tab.Page.GetByLabel("Up to").FillAsync("2020-02-29T12:00");
        await tab.ClickAsync("Filter");
        await tab.SeesAsync("No match");
        // Any minute from now on has all events.
        var minute = TimeProvider.System.GetUtcNow().AddMinutes(1).ToString("yyyy-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture);
        await tab.Page.GetByLabel("Up to").FillAsync(minute);
        await tab.ClickAsync("Filter");
        await tab.Page.Locator("tbody tr").First.WaitForAsync();
        Assert.Equal(0, await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Follow" }).CountAsync());
        await tab.FollowAsync("Next page");
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "First page" }).WaitForAsync();
        Assert.Equal(["Contact created"], await NamesAsync(tab));
        Assert.Equal(minute, await tab.Page.GetByLabel("Up to").InputValueAsync());
        await tab.FollowAsync("First page");
        Assert.Equal(50, (await NamesAsync(tab)).Count);
        await tab.FollowAsync("Newest events");
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Follow" }).WaitForAsync();
        tab.AssertNoProblems();
    }

    [Theory]
    [InlineData("Dataset id", "dataset")]
    [InlineData("Blueprint id", "blueprint")]
    public async Task Log_IsFilteredByWhatItsEventsAreAbout(string label, string kind)
    {
        var wanted = await MakeAsync($"{kind}/create", new { name = "Wanted" });
        await MakeAsync($"{kind}/create", new { name = "Other" });
        var tab = await SignedInAsync();
        await tab.GoAsync("/events");
        await tab.Page.GetByLabel(label).FillAsync(wanted);
        await tab.ClickAsync("Filter");
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Clear filters" }).WaitForAsync();

        await tab.Page.Locator("tbody summary").ClickAsync();
        await tab.SeesAsync(wanted);
        Assert.Single(await NamesAsync(tab));
        Assert.Equal(wanted, await tab.Page.GetByLabel(label).InputValueAsync());
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task RefusedExport_ShowsTheReason_AndSavesNoFile()
    {
        var tab = await SignedInAsync();
        tab.ExpectsFailures = true;
        var type = string.Join(',', Enumerable.Range(0, 500));
        await Owner.AssertRefusedAsync("400 BAD_REQUEST", HttpMethod.Get, $"event/log/export?type={type}");
        var downloads = 0;
        tab.Page.Download += (_, _) => downloads++;

        await tab.GoAsync($"/events/export?type={type}");

        await tab.IsAtAsync("That was not done");
        Assert.Equal(0, downloads);
        tab.AssertNoProblems();
    }

    private static async Task<IReadOnlyList<string>> NamesAsync(ConsoleTab tab)
    {
        var cells = await tab.Page.Locator("tbody td:nth-child(2)").AllInnerTextsAsync();
        return [.. cells.Select(cell => cell.Split('\n')[0].Trim())];
    }

    private async Task<string> MakeAsync(string path, object body) => (await Owner.ReadAsync(HttpMethod.Post, path, body)).GetProperty("id").GetString()!;
}
