using System.Text.Json;
using ChatBotKit.AdminConsole.Tests.Browser;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Tests;
using ChatBotKit.TestModels;
using ChatBotKit.Widget.Tests.Browser;

namespace ChatBotKit.AdminConsole.Tests;

/// <summary>Conversations with their runs and sessions.</summary>
public sealed class ConversationTests(ChromiumBrowser browser) : ConsoleTest(browser)
{
    [Fact]
    public async Task Filters_AndPages_StayInTheAddress()
    {
        var bot = await IdAsync("bot/create", new { name = "Shop" });
        for (var number = 0; number < 53; number++)
            await IdAsync("conversation/create", new { botId = bot, name = $"Talk {number}" });
        await IdAsync("conversation/create", new { name = "Other" });
        var tab = await SignedInAsync();
        await tab.FollowAsync("Conversations");
        await tab.SeesAsync("Other");
        await tab.Page.GetByLabel("Bot").SelectOptionAsync("Shop");
        await tab.ClickAsync("Filter");
        await tab.Page.GetByText("Talk 52").WaitForAsync();
        Assert.Equal(0, await tab.Page.GetByText("Other").CountAsync());
        await tab.FollowAsync("Next page");
        await tab.Page.GetByText("Talk 0", new() { Exact = true }).WaitForAsync();
        Assert.Equal(3, await tab.Page.Locator("tbody tr").CountAsync());
        await tab.FollowAsync("Talk 0");
        await tab.Page.GoBackAsync();
        Assert.Equal(3, await tab.Page.Locator("tbody tr").CountAsync());
        Assert.Equal(bot, await tab.Page.GetByLabel("Bot").InputValueAsync());
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task Conversations_AreFoundByTextRatingAndDay()
    {
        var tulips = await IdAsync("conversation/create", new { name = "About tulips", messages = new[] { new { type = "user", text = "Do you have TULIPS?" } } });
        var bread = await IdAsync("conversation/create", new { name = "About bread", messages = new[] { new { type = "user", text = "Do you sell bread?" } } });
        await Owner.ReadAsync(HttpMethod.Post, $"conversation/{tulips}/upvote", new { });
        await Owner.ReadAsync(HttpMethod.Post, $"conversation/{bread}/downvote", new { });
        var tab = await SignedInAsync();
        await tab.GoAsync("/conversations");

        await tab.Page.GetByLabel("Text").FillAsync("tulips");
        await tab.ClickAsync("Filter");
        Assert.Equal(["About tulips"], await NamesAsync(tab));
        Assert.Equal("tulips", await tab.Page.GetByLabel("Text").InputValueAsync());
        await tab.AssertAccessibleAsync();
        await tab.FollowAsync("About tulips");
        await tab.IsAtAsync("About tulips");
        await tab.Page.GoBackAsync();
        Assert.Equal(["About tulips"], await NamesAsync(tab));

        await tab.Page.GetByLabel("Rating").SelectOptionAsync("Bad");
        await tab.ClickAsync("Filter");
        await tab.SeesAsync("No match");
        await tab.Page.GetByLabel("Text").FillAsync("");
        await tab.ClickAsync("Filter");
        Assert.Equal(["About bread"], await NamesAsync(tab));

        var yesterday = TimeProvider.System.GetUtcNow().AddDays(-1).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        await tab.Page.GetByLabel("Rating").SelectOptionAsync("All");
        await tab.Page.GetByLabel("Begun until").FillAsync("2020-02-29");
        await tab.ClickAsync("Filter");
        await tab.SeesAsync("No match");
        await tab.Page.GetByLabel("Begun until").FillAsync("");
        await tab.Page.GetByLabel("Begun from").FillAsync(yesterday);
        await tab.ClickAsync("Filter");
        Assert.Equal(["About bread", "About tulips"], await NamesAsync(tab));
        var download = await tab.Page.RunAndWaitForDownloadAsync(() => tab.FollowAsync("Export"));
        Assert.Contains("About tulips", await File.ReadAllTextAsync((await download.PathAsync())!, Token), StringComparison.Ordinal);

        tab.ExpectsFailures = true;
        await tab.Page.GetByLabel("Begun until").FillAsync("2020-02-29");
        await tab.ClickAsync("Filter");
        await tab.SeesAsync("must not be later");
        Assert.Equal(yesterday, await tab.Page.GetByLabel("Begun from").InputValueAsync());
        tab.AssertNoProblems();

        static async Task<IReadOnlyList<string>> NamesAsync(ConsoleTab tab)
        {
            await tab.Page.Locator("tbody tr").First.WaitForAsync();
            return await tab.Page.Locator("tbody td:first-child").AllInnerTextsAsync();
        }
    }

    [Fact]
    public async Task Search_OfMany_SaysHowFarItCame_AndGoesOn()
    {
        var (account, old) = (await Server.OwnerAccountIdAsync(), await IdAsync("conversation/create", new { name = "Old talk", messages = new[] { new { type = "user", text = "needle" } } }));
        Assert.NotEmpty(old);
        var now = TimeProvider.System.GetUtcNow().AddMinutes(1).ToUnixTimeMilliseconds();
        await Server.Store.InsertAsync(ConversationTable.Rows, [.. Enumerable.Range(0, 1_000).Select(number => new ConversationRow { Id = Ids.New(), AccountId = account, Name = $"Talk {number}", CreatedAt = now + number, UpdatedAt = now })]);
        var tab = await SignedInAsync();

        await tab.GoAsync("/conversations?text=needle");
        await tab.SeesAsync("No match so far");
        await tab.AssertAccessibleAsync();
        await tab.FollowAsync("Next page");
        await tab.SeesAsync("Old talk");
        Assert.Equal(0, await tab.Page.Locator("a[rel=next]").CountAsync());
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task Trace_ShowsTheStepsOfTheLog_WithTheirTimes()
    {
        var conversation = await IdAsync("conversation/create", new { model = "scripted" });
        await Owner.ReadAsync(HttpMethod.Post, $"conversation/{conversation}/complete", new { text = "When are you open?" });
        var run = (await Owner.ReadAsync(HttpMethod.Get, $"conversation/{conversation}/run/list")).GetProperty("items")[0].GetProperty("id").GetString();
        var log = (await Owner.ReadTextAsync($"conversation/{conversation}/run/{run}/stream", "application/jsonl")).Trim().Split('\n')
            .Select(line => JsonDocument.Parse(line).RootElement).ToList();
        var tab = await SignedInAsync();
        await tab.GoAsync($"/conversations/{conversation}");
        await tab.Page.Locator("section[aria-labelledby=runs] a").ClickAsync();
        await tab.IsAtAsync("Run");

        Assert.Equal(log.Count.ToString(System.Globalization.CultureInfo.InvariantCulture), await FactAsync("Events"));
        var begins = log.Where(one => one.GetProperty("type").GetString() == "completeBegin").ToList();
        Assert.Equal(begins.Count, await tab.Page.GetByText("Model call").CountAsync());
        var duration = log[^1].GetProperty("createdAt").GetInt64() - log[0].GetProperty("createdAt").GetInt64();
        Assert.Equal(duration < 1000 ? $"{duration} ms" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{duration / 1000.0:0.0} s"), await FactAsync("Duration"));
        tab.AssertNoProblems();

        Task<string> FactAsync(string name) => tab.Page.Locator(".facts div").Filter(new() { Has = tab.Page.Locator("dt", new() { HasText = name }) }).Locator("dd").InnerTextAsync();
    }

    [Fact]
    public async Task Trace_OfARunThatGoesOn_Completes()
    {
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Model.Otherwise(_ => new ModelScript().Text("one ").WaitFor(goOn.Task).Text("two"));
        var conversation = await IdAsync("conversation/create", new { model = "scripted" });
        using var answer = await Owner.OpenAsync(HttpMethod.Post, $"conversation/{conversation}/complete", new { text = "Count" });
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(Token));
        while (await lines.ReadLineAsync(Token) is { } line && !line.Contains("\"token\"", StringComparison.Ordinal))
        {
            // The run is stored before its first token is sent.
        }

        var run = (await Owner.ReadAsync(HttpMethod.Get, $"conversation/{conversation}/run/list")).GetProperty("items")[0].GetProperty("id").GetString();
        var tab = await SignedInAsync();
        await tab.GoAsync($"/conversations/{conversation}/runs/{run}");
        await tab.SeesAsync("going on");
        goOn.SetResult();
        await tab.SeesAsync("stop");
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task Conversation_IsExported_AndDeleted()
    {
        var conversation = await IdAsync("conversation/create", new { model = "scripted", name = "Hours" });
        await Owner.ReadAsync(HttpMethod.Post, $"conversation/{conversation}/complete", new { text = "When?" });
        var tab = await SignedInAsync();
        await tab.GoAsync($"/conversations/{conversation}");
        var download = await tab.Page.RunAndWaitForDownloadAsync(() => tab.FollowAsync("Export"));
        using var exported = JsonDocument.Parse(await File.ReadAllTextAsync((await download.PathAsync())!, Token));
        Assert.Equal(conversation, exported.RootElement.GetProperty("conversation").GetProperty("id").GetString());
        Assert.Equal(["When?", "We open at 9:00."], exported.RootElement.GetProperty("messages").EnumerateArray().Select(one => one.GetProperty("text").GetString()));
        await tab.Page.Locator("section[aria-labelledby=runs] a").ClickAsync();
        var log = await tab.Page.RunAndWaitForDownloadAsync(() => tab.FollowAsync("Download the log"));
        Assert.Contains("\"type\":\"result\"", (await File.ReadAllLinesAsync((await log.PathAsync())!, Token))[^1], StringComparison.Ordinal);
        await tab.Page.GoBackAsync();
        await tab.ClickAsync("Delete the conversation");
        await tab.SeesAsync("Deleted.");
        await Owner.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Get, $"conversation/{conversation}/fetch");
        tab.AssertNoProblems();
    }

    private async Task<string> IdAsync(string path, object body) => (await Owner.ReadAsync(HttpMethod.Post, path, body)).GetProperty("id").GetString()!;
}
