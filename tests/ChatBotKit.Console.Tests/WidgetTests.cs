using System.Text.Json;
using ChatBotKit.AdminConsole.Tests.Browser;
using ChatBotKit.Server.Tests;
using ChatBotKit.Widget.Tests.Browser;

namespace ChatBotKit.AdminConsole.Tests;

/// <summary>From a bot to a widget on a page, and the settings on the way.</summary>
public sealed class WidgetTests(ChromiumBrowser browser) : ConsoleTest(browser)
{
    [Fact]
    public async Task Widget_IsMadeFromABot_AndItsChatPageAnswers()
    {
        var bot = await MakeBotAsync();
        var tab = await SignedInAsync();
        await tab.GoAsync($"/bots/{bot}/embed");
        await tab.FollowAsync("Make a widget for this bot");
        await tab.IsAtAsync("New widget");
        Assert.Equal(bot, await tab.Page.GetByLabel("Bot").InputValueAsync());
        await tab.Page.GetByLabel("Heading").FillAsync("Flower shop");
        await tab.Page.GetByLabel("First message").FillAsync("How can I help?");
        await tab.Page.GetByLabel("Show the chat on a page").CheckAsync();
        await tab.ClickAsync("Create");
        await tab.SeesAsync("Created.");
        await tab.FollowAsync("Embed");
        var address = await tab.Page.GetByRole(AriaRole.Link, new() { Name = "/chat/" }).GetAttributeAsync("href");

        await tab.Page.GotoAsync(address!);
        var chat = tab.Page.Locator("chatbotkit-chat");
        await chat.GetByText("How can I help?").WaitForAsync();
        await chat.GetByRole(AriaRole.Textbox).FillAsync("When are you open?");
        await chat.GetByRole(AriaRole.Textbox).PressAsync("Enter");

        await chat.Locator("li.bot").GetByText("We open at 9:00.").WaitForAsync();
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task UnsavedSettings_AreShownAtOnce_AndOnlySaveStoresThem()
    {
        var id = await MakeWidgetAsync(new { botId = await MakeBotAsync(), title = "Shop", initial = "Hello!" });
        var tab = await SignedInAsync();
        await tab.GoAsync($"/integrations/widget/{id}");
        var chat = tab.Page.Locator("chatbotkit-chat");
        await chat.GetByText("Hello!").WaitForAsync();

        await tab.Page.GetByLabel("Heading").FillAsync("Garden");
        await tab.Page.GetByLabel("Theme").SelectOptionAsync("dark");
        await chat.GetByRole(AriaRole.Heading, new() { Name = "Garden" }).WaitForAsync();
        Assert.Equal("dark", await chat.GetAttributeAsync("theme"));
        Assert.Equal("Shop", (await FetchAsync(id)).GetProperty("title").GetString());

        await tab.Page.GetByLabel("First message").FillAsync("Welcome!");
        await tab.ClickAsync("Start again with the form's settings");
        await chat.GetByText("Welcome!").WaitForAsync();

        await tab.ClickAsync("Save");
        await tab.SeesAsync("Saved.");
        var stored = await FetchAsync(id);
        Assert.Equal(("Garden", "dark", "Welcome!"), (stored.GetProperty("title").GetString(), stored.GetProperty("theme").GetString(), stored.GetProperty("initial").GetString()));
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task Saving_KeepsWhatTheFormDoesNotShow()
    {
        var id = await MakeWidgetAsync(new
        {
            botId = await MakeBotAsync(),
            sessionDuration = 7_200_000,
            layout = "wide",
            meta = new { shop = 7, chatPage = true, chatLimits = new { messages = 5, streams = 2 } },
        });
        var tab = await SignedInAsync();
        await tab.GoAsync($"/integrations/widget/{id}");
        Assert.Equal("5", await tab.Page.GetByLabel("Messages of a visitor").InputValueAsync());
        await tab.Page.GetByLabel("Messages of a visitor").FillAsync("");
        await tab.Page.GetByLabel("Tokens of a visitor").FillAsync("1000");
        await tab.ClickAsync("Save");
        await tab.SeesAsync("Saved.");

        var stored = await FetchAsync(id);
        Assert.Equal((7_200_000, "wide"), (stored.GetProperty("sessionDuration").GetInt64(), stored.GetProperty("layout").GetString()));
        Assert.Equal(
            """{"shop":7,"chatPage":true,"chatLimits":{"streams":2,"tokens":1000},"chatPageIndexed":false}""",
            JsonSerializer.Serialize(stored.GetProperty("meta")));
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task Form_ThatIsRefused_KeepsItsContent_AndSaysWhy()
    {
        var bot = await MakeBotAsync();
        var tab = await SignedInAsync();
        tab.ExpectsFailures = true;
        await tab.GoAsync($"/integrations/widget/new?bot={bot}");
        await tab.Page.GetByLabel("Heading").FillAsync("Kept");
        await tab.Page.GetByLabel("Pages", new() { Exact = true }).FillAsync("not an origin!");

        await tab.ClickAsync("Create");

        await tab.Page.GetByRole(AriaRole.Alert).GetByText("origin").First.WaitForAsync();
        Assert.Equal("Kept", await tab.Page.GetByLabel("Heading").InputValueAsync());
        Assert.Empty((await Owner.ReadAsync(HttpMethod.Get, "integration/widget/list")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Delete_RemovesTheWidget()
    {
        var id = await MakeWidgetAsync(new { name = "Old", botId = await MakeBotAsync() });
        var tab = await SignedInAsync();
        await tab.GoAsync("/integrations");
        await tab.FollowAsync("Old");
        await tab.FollowAsync("Delete");
        await tab.ClickAsync("Delete the widget");
        await tab.SeesAsync("Deleted.");

        await Owner.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Get, $"integration/widget/{id}/fetch");
        tab.AssertNoProblems();
    }

    private async Task<string> MakeBotAsync() =>
        (await Owner.ReadAsync(HttpMethod.Post, "bot/create", new { name = "Shop", model = "scripted" })).GetProperty("id").GetString()!;

    private async Task<string> MakeWidgetAsync(object settings) =>
        (await Owner.ReadAsync(HttpMethod.Post, "integration/widget/create", settings)).GetProperty("id").GetString()!;

    private Task<JsonElement> FetchAsync(string id) => Owner.ReadAsync(HttpMethod.Get, $"integration/widget/{id}/fetch");
}
