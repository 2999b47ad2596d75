using ChatBotKit.AdminConsole.Tests.Browser;
using ChatBotKit.Server.Tests;
using ChatBotKit.Widget.Tests.Browser;

namespace ChatBotKit.AdminConsole.Tests;

/// <summary>Integrations that work by themselves: their settings, a run at once, the address of programs, and what they have made.</summary>
public sealed class AutomationTests(ChromiumBrowser browser) : ConsoleTest(browser)
{
    [Fact]
    public async Task Trigger_IsMade_StartedAtOnce_AndReachedByAProgramWithItsSecret()
    {
        var bot = await MakeAsync("bot/create", new { name = "Clerk", model = "scripted" });
        var tab = await SignedInAsync();
        await tab.FollowAsync("Integrations");
        await tab.FollowAsync("New trigger");
        await tab.AssertAccessibleAsync();
        await tab.Page.GetByLabel("Name").FillAsync("Orders");
        await tab.Page.GetByLabel("Bot", new() { Exact = true }).SelectOptionAsync("Clerk");
        await tab.Page.GetByLabel("Schedule").FillAsync("0 9 * * MON");
        await tab.Page.GetByLabel("Events of a session").SelectOptionAsync("for an hour");
        await tab.ClickAsync("Create");
        await tab.SeesAsync("Created.");
        await tab.AssertAccessibleAsync();
        var stored = await FetchAsync(tab, "trigger");
        var secret = stored.GetProperty("secret").GetString()!;
        Assert.Equal(
            ("Orders", bot, "0 9 * * MON", 3_600_000, true),
            (stored.Text("name"), stored.Text("botId"), stored.Text("schedule"), stored.GetProperty("sessionDuration").GetInt64(), stored.GetProperty("authenticate").GetBoolean()));
        Assert.DoesNotContain(secret, await tab.Page.ContentAsync(), StringComparison.Ordinal);
        var lastStarted = tab.Page.Locator("div:has(> dt:text-is('Last started')) dd");
        Assert.Equal("never", await lastStarted.InnerTextAsync());

        await tab.ClickAsync("Run now");
        await tab.SeesAsync("Started.");
        Assert.EndsWith("UTC", await lastStarted.InnerTextAsync(), StringComparison.Ordinal);
        await tab.ClickAsync("Show the secret");
        Assert.Equal(secret, await tab.Page.GetByLabel("Secret", new() { Exact = true }).InnerTextAsync());
        var address = await tab.Page.GetByLabel("Address to copy").InnerTextAsync();
        using var program = Server.Client(secret);
        using var answer = await program.SendAsync(HttpMethod.Post, address, "Order 17 has arrived.");
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}");
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task Extraction_ShowsItsData_AndKeepsAFormThatIsRefused()
    {
        var bot = await MakeAsync("bot/create", new { name = "Clerk", model = "scripted" });
        var conversation = await MakeAsync("conversation/create", new { botId = bot });
        await Owner.ReadAsync(HttpMethod.Post, $"conversation/{conversation}/complete", new { text = "Write to ada@shop.example" });
        var tab = await SignedInAsync();
        tab.ExpectsFailures = true;
        await tab.GoAsync("/integrations/extract/new");
        await tab.Page.GetByLabel("Bot").SelectOptionAsync("Clerk");
        await tab.Page.GetByLabel("Model").FillAsync("scripted");
        await tab.Page.GetByLabel("Schema").FillAsync("{ broken");
        await tab.ClickAsync("Create");
        await tab.SeesAsync("Schema is not a JSON object.");
        Assert.Equal("{ broken", await tab.Page.GetByLabel("Schema").InputValueAsync());
        await tab.Page.GetByLabel("Schema").FillAsync("""{"type":"object","properties":{"email":{"type":"string"}}}""");
        await tab.ClickAsync("Create");
        await tab.SeesAsync("None yet.");

        Model.Answer(script => script.Text("""{"email":"<b>ada</b>@shop.example"}"""));
        await tab.ClickAsync("Run now");
        await tab.SeesAsync("Started.");
        await AnswersAsync(async () =>
        {
            await tab.Page.ReloadAsync();
            return await tab.Page.GetByText("<b>ada</b>@shop.example").CountAsync() == 1;
        });
        await tab.AssertAccessibleAsync();
        await tab.FollowAsync($"conversation {conversation}");
        await tab.Page.GetByText("ada@shop.example").First.WaitForAsync();
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task Support_SaysWhyItCanNotRun_AndIsDeleted()
    {
        var integration = await MakeAsync("integration/support/create", new { name = "Help desk", email = "desk@shop.example" });
        var tab = await SignedInAsync();
        tab.ExpectsFailures = true;
        await tab.GoAsync("/integrations");
        await tab.FollowAsync("Help desk");
        await tab.ClickAsync("Run now");
        await tab.SeesAsync("This server has no mail server.");
        Assert.Equal("desk@shop.example", await tab.Page.GetByLabel("E-mail address").InputValueAsync());

        await tab.Page.GetByLabel("Runs").SelectOptionAsync("only when you start it");
        await tab.Page.GetByLabel("E-mail address").FillAsync("");
        await tab.ClickAsync("Save");
        await tab.SeesAsync("Saved.");
        var stored = await FetchAsync(tab, "support");
        Assert.Equal(("never", true), (stored.Text("trigger"), string.IsNullOrEmpty(stored.GetProperty("email").GetString())));
        await tab.ClickAsync("Delete the integration");
        await tab.SeesAsync("Deleted.");
        await Owner.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Get, $"integration/support/{integration}/fetch");
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task WebSite_IsReadAtOnce_AndNamesItsLastResult()
    {
        var dataset = await MakeAsync("dataset/create", new { name = "Pages" });
        var tab = await SignedInAsync();
        tab.ExpectsFailures = true;
        await tab.GoAsync("/integrations/sitemap/new");
        await tab.Page.GetByLabel("Name").FillAsync("Shop");
        await tab.Page.GetByLabel("Dataset").SelectOptionAsync("Pages");
        await tab.Page.GetByLabel("Records are kept").SelectOptionAsync("for a week");
        await tab.ClickAsync("Create");
        await tab.SeesAsync("Created.");
        await tab.ClickAsync("Run now");
        await tab.SeesAsync("The integration has no address that begins with http:// or https://");

        // Servers on this machine are not read, so the result is an error.
        await tab.Page.GetByLabel("Address").FillAsync("http://127.0.0.1:9/");
        await tab.ClickAsync("Save");
        await tab.SeesAsync("Saved.");
        await tab.ClickAsync("Run now");
        await tab.SeesAsync("Started.");
        Assert.Equal(1, await tab.Page.GetByText(new System.Text.RegularExpressions.Regex("^(pending|error)$")).CountAsync());
        var stored = await FetchAsync(tab, "sitemap");
        Assert.Equal((dataset, 604_800_000), (stored.Text("datasetId"), stored.GetProperty("expiresIn").GetInt64()));
        tab.AssertNoProblems();
    }

    /// <summary>Asks again until it is so, for as long as a busy machine may need.</summary>
    private static async Task AnswersAsync(Func<Task<bool>> isSoAsync)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!await isSoAsync())
            limit.Token.ThrowIfCancellationRequested();
    }

    private Task<System.Text.Json.JsonElement> FetchAsync(ConsoleTab tab, string kind) =>
        Owner.ReadAsync(HttpMethod.Get, $"integration/{kind}/{new Uri(tab.Page.Url).Segments[^1].TrimEnd('/')}/fetch");

    private async Task<string> MakeAsync(string path, object body) => (await Owner.ReadAsync(HttpMethod.Post, path, body)).GetProperty("id").GetString()!;
}
