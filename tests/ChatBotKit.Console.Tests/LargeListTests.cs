using ChatBotKit.AdminConsole.Tests.Browser;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Tests;
using ChatBotKit.Widget.Tests.Browser;

namespace ChatBotKit.AdminConsole.Tests;

/// <summary>A list of ten thousand rows: its pages, its filter, and what they take.</summary>
public sealed class LargeListTests(ChromiumBrowser browser) : ConsoleTest(browser)
{
    private const int Rows = 10_000;
    private const int Samples = 7;

    /// <summary>The longest time of a page, in milliseconds.</summary>
    private const double Longest = 300;

    /// <summary>How many times longer a page may take than one without rows, on a machine that is busy with other things.</summary>
    private const double LongestRatio = 6;

    [Fact]
    public async Task Conversations_AreFilteredAndPaged_InTime_AndBackKeepsThePlace()
    {
        var bot = (await Owner.ReadAsync(HttpMethod.Post, "bot/create", new { name = "Shop" })).GetProperty("id").GetString()!;
        var account = await Server.OwnerAccountIdAsync();
        await Server.Store.InsertAsync(ConversationTable.Rows, [.. Enumerable.Range(0, Rows).Select(number => new ConversationRow
        {
            Id = Ids.New(),
            AccountId = account,
            Name = $"Talk {number}",
            BotId = number % 2 == 0 ? bot : null,
            CreatedAt = 1_700_000_000_000 + number,
            UpdatedAt = 1_700_000_000_000 + number,
        })]);
        var tab = await SignedInAsync();
        await tab.GoAsync("/conversations");
        await tab.Page.GetByLabel("Bot").SelectOptionAsync("Shop");
        await tab.ClickAsync("Filter");
        await tab.Page.GetByText($"Talk {Rows - 2}", new() { Exact = true }).WaitForAsync();
        var filtered = tab.Page.Url;
        await tab.FollowAsync("Next page");
        await tab.Page.GetByText($"Talk {Rows - 102}", new() { Exact = true }).WaitForAsync();
        var next = tab.Page.Url;
        await tab.FollowAsync($"Talk {Rows - 110}");
        await tab.IsAtAsync($"Talk {Rows - 110}");
        await tab.Page.GoBackAsync();
        Assert.Equal((next, bot), (tab.Page.Url, await tab.Page.GetByLabel("Bot").InputValueAsync()));
        await tab.Page.GetByText($"Talk {Rows - 102}", new() { Exact = true }).WaitForAsync();

        // The shortest of several is what the page takes; the others had to wait for something else.
        var (list, second, search, floor) = (double.MaxValue, double.MaxValue, double.MaxValue, double.MaxValue);
        for (var sample = 0; sample < Samples; sample++)
        {
            list = Math.Min(list, await TimeAsync(tab, filtered));
            second = Math.Min(second, await TimeAsync(tab, next));
            search = Math.Min(search, await TimeAsync(tab, new Uri(Server.Address, "/console/conversations?text=nothing").AbsoluteUri));
            floor = Math.Min(floor, await TimeAsync(tab, new Uri(Server.Address, "/console/contacts").AbsoluteUri));
        }

        TestContext.Current.SendDiagnosticMessage($"first page {list:0} ms, next page {second:0} ms, a search {search:0} ms, a page without rows {floor:0} ms");
        Assert.True(Math.Max(Math.Max(list, second), search) <= Math.Max(Longest, LongestRatio * floor), $"The first page takes {list:0} ms, the next one {second:0} ms, a search {search:0} ms, and a page without rows {floor:0} ms.");
        tab.AssertNoProblems();
    }

    /// <summary>Returns the time from the request of a page to its last byte, in milliseconds.</summary>
    private static async Task<double> TimeAsync(ConsoleTab tab, string address)
    {
        await tab.Page.GotoAsync(address);
        return await tab.Page.EvaluateAsync<double>("() => { const [one] = performance.getEntriesByType('navigation'); return one.responseEnd - one.requestStart }");
    }
}
