using ChatBotKit.AdminConsole.Tests.Browser;
using ChatBotKit.Server.Tests;
using ChatBotKit.Widget.Tests.Browser;

namespace ChatBotKit.AdminConsole.Tests;

/// <summary>From an empty server to a bot that answers, and the forms on the way.</summary>
public sealed class BotTests(ChromiumBrowser browser) : ConsoleTest(browser)
{
    [Fact]
    public async Task Template_FillsTheForm_AndAClone_IsABotOfItsOwn()
    {
        var tab = await SignedInAsync();
        await tab.GoAsync("/bots/new");
        await tab.FollowAsync("Begin with it (Guide)");
        Assert.StartsWith("You show visitors", await tab.Page.GetByLabel("Backstory").InputValueAsync(), StringComparison.Ordinal);
        Assert.Empty((await Owner.ReadAsync(HttpMethod.Get, "bot/list")).Items());
        await tab.ClickAsync("Create");
        await tab.SeesAsync("Created.");
        var first = new Uri(tab.Page.Url).Segments[^1];

        await tab.ClickAsync("Clone");
        await tab.SeesAsync("Cloned. This is the copy.");

        Assert.NotEqual(first, new Uri(tab.Page.Url).Segments[^1]);
        Assert.Equal(2, (await Owner.ReadAsync(HttpMethod.Get, "bot/list")).Items().Count());
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task SampleBot_Answers_ByKeyboardAlone()
    {
        var tab = await SignedInAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Make the sample bot" }).FocusAsync();
        await tab.Page.Keyboard.PressAsync("Enter");
        await tab.IsAtAsync("Flower shop");
        await tab.SeesAsync("The sample bot is ready.");
        var input = tab.Page.Locator("chatbotkit-chat").GetByRole(AriaRole.Textbox);
        await input.FocusAsync();
        await tab.Page.Keyboard.TypeAsync("When are you open?");
        await tab.Page.Keyboard.PressAsync("Enter");

        await tab.Page.Locator("chatbotkit-chat li.bot").GetByText("We open at 9:00.").WaitForAsync();

        Assert.Contains("flower shop", string.Join('\n', Model.Requests.Select(one => one.Body.GetRawText())), StringComparison.Ordinal);
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task UnsavedSettings_AreTried_AndOnlySaveStoresThem()
    {
        var id = (await Owner.ReadAsync(HttpMethod.Post, "bot/create", new { name = "Shop", model = "scripted", backstory = "Be kind." })).GetProperty("id").GetString()!;
        var tab = await SignedInAsync();
        await tab.GoAsync($"/bots/{id}");
        await tab.Page.GetByLabel("Backstory").FillAsync("Answer like a pirate.");
        await tab.SeesAsync("Not saved yet");
        await tab.Page.WaitForFunctionAsync("() => document.querySelector('chatbotkit-chat')?.state === 'ready'");
        await tab.ClickAsync("Start again with the form's settings");
        var chat = tab.Page.Locator("chatbotkit-chat");
        await tab.Page.WaitForFunctionAsync("() => document.querySelector('chatbotkit-chat')?.state === 'ready'");
        await chat.GetByRole(AriaRole.Textbox).FillAsync("Hello");
        await chat.GetByRole(AriaRole.Textbox).PressAsync("Enter");
        await chat.Locator("li.bot").GetByText("We open at 9:00.").WaitForAsync();
        Assert.Contains("pirate", Model.Requests[^1].Body.GetRawText(), StringComparison.Ordinal);
        Assert.Equal("Be kind.", await BackstoryAsync());

        await tab.ClickAsync("Save");
        await tab.SeesAsync("Saved.");
        Assert.Equal("Answer like a pirate.", await BackstoryAsync());
        Assert.False(await tab.Page.GetByText("Not saved yet").IsVisibleAsync());
        tab.AssertNoProblems();

        async Task<string?> BackstoryAsync() => (await Owner.ReadAsync(HttpMethod.Get, $"bot/{id}/fetch")).GetProperty("backstory").GetString();
    }

    [Fact]
    public async Task Form_ThatIsRefused_KeepsItsContent_AndSaysWhy()
    {
        var tab = await SignedInAsync();
        tab.ExpectsFailures = true;
        await tab.GoAsync("/bots/new");
        await tab.Page.GetByLabel("Name").FillAsync("Kept");
        await tab.Page.GetByLabel("Dataset").EvaluateAsync("(field) => { field.add(new Option('Gone', 'gone', true, true)) }");

        await tab.ClickAsync("Create");

        await tab.Page.GetByRole(AriaRole.Alert).WaitForAsync();
        Assert.Equal("Kept", await tab.Page.GetByLabel("Name").InputValueAsync());
        Assert.Empty((await Owner.ReadAsync(HttpMethod.Get, "bot/list")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Form_SurvivesAnExpiredSignIn()
    {
        var tab = await SignedInAsync();
        await tab.GoAsync("/bots/new");
        await tab.Page.GetByLabel("Name").FillAsync("Half written");
        await tab.Page.GetByLabel("Backstory").FillAsync("Two lines\nof text");
        await tab.Context.ClearCookiesAsync(new() { Name = "cbk-console" });

        await tab.ClickAsync("Create");
        await tab.IsAtAsync("Sign in");
        await tab.Page.GetByLabel("API token").FillAsync(ServerFactory.OwnerSecret);
        await tab.ClickAsync("Sign in");

        await tab.IsAtAsync("New bot");
        Assert.Equal("Half written", await tab.Page.GetByLabel("Name").InputValueAsync());
        Assert.Equal("Two lines\nof text", await tab.Page.GetByLabel("Backstory").InputValueAsync());
        await tab.ClickAsync("Create");
        await tab.IsAtAsync("Half written");
        await tab.GoAsync("/bots/new");
        Assert.Equal("", await tab.Page.GetByLabel("Name").InputValueAsync());
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task Delete_SaysWhatDependsOnIt_AndRemovesTheBot()
    {
        var id = (await Owner.ReadAsync(HttpMethod.Post, "bot/create", new { name = "Old" })).GetProperty("id").GetString()!;
        await Owner.ReadAsync(HttpMethod.Post, "conversation/create", new { botId = id });
        var tab = await SignedInAsync();
        await tab.GoAsync($"/bots/{id}");
        await tab.FollowAsync("Delete");
        await tab.SeesAsync("1 conversation uses it.");
        await tab.ClickAsync("Delete the bot");
        await tab.SeesAsync("Deleted.");
        await Owner.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Get, $"bot/{id}/fetch");
        tab.AssertNoProblems();
    }
}
