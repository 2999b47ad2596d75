using ChatBotKit.Server.Tests;
using ChatBotKit.Widget.Tests.Browser;

namespace ChatBotKit.Widget.Tests;

/// <summary>Pages that were written for the official widget.</summary>
public sealed class OfficialSnippetTests(ChromiumBrowser browser) : WidgetTest(browser)
{
    private string _widget = "";

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        using var owner = ServerFactory.ClientOf(ChatServer.Address);
        var bot = (await owner.ReadAsync(HttpMethod.Post, "bot/create", new { model = "scripted" })).GetProperty("id").GetString();
        _widget = (await owner.ReadAsync(HttpMethod.Post, "integration/widget/create", new { botId = bot })).GetProperty("id").GetString()!;
        Site.Chat = "";
    }

    [Fact]
    public async Task Script_WithAnId_ShowsTheChat_AndItsObjectControlsIt()
    {
        Site.Body = $"""<h1>Flowers</h1><script src="{Script}" data-widget="{_widget}" data-bartitle="Roses" data-position="bottom-left" data-plugins="a,b"></script>""";
        var tab = await OpenPageAsync();
        await tab.Page.EvaluateAsync("""
            async () => {
              const chat = await chatbotkitWidget.instancePromise
              window.events = []
              for (const name of ['ready', 'send', 'receive', 'item', 'onRestartConversation']) chat.addEventListener(name, (event) => events.push(`${name} ${event.detail.text ?? ''}`.trim()))
              chat.show()
              await chat.readyPromise
              chat.sendMessage({ text: 'Hello' })
            }
            """);

        await tab.Page.WaitForFunctionAsync("() => events.includes('receive Good day.')");

        Assert.Equal(["ready", "send Hello", "item Good day.", "receive Good day."], await tab.Page.EvaluateAsync<string[]>("() => events"));
        Assert.Equal("bottom-start", await Chat(tab).GetAttributeAsync("position"));
        Assert.Equal("Roses", await Chat(tab).Locator("[part=title]").TextContentAsync());
        Assert.True(await tab.Page.EvaluateAsync<bool>("() => chatbotkitWidget.instance.ready && chatbotkitWidget.instance.open && chatbotkitWidget.instance.messages.length === 2"));
        Assert.Single(tab.Warnings, warning => warning.Contains("the attribute plugins", StringComparison.Ordinal));
        await tab.Page.EvaluateAsync("() => chatbotkitWidget.instance.restartConversation()");
        await tab.Page.WaitForFunctionAsync("() => events.includes('onRestartConversation')");
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task Element_OfThePage_TakesItsProperties_FromBeforeTheScript()
    {
        Site.Body = $$"""
            <chatbotkit-widget widget="{{_widget}}" open="true" hidebutton="true" language="de"></chatbotkit-widget>
            <script>document.querySelector('chatbotkit-widget').meta = { page: 'start' }</script>
            <script src="{{Script}}"></script>
            """;
        var tab = await OpenPageAsync();

        await Chat(tab).GetByRole(AriaRole.Textbox).WaitForAsync();
        await tab.Page.EvaluateAsync("() => document.querySelector('chatbotkit-widget').readyPromise");

        Assert.False(await Chat(tab).Locator("[part=launcher]").IsVisibleAsync());
        Assert.Equal("de", await Chat(tab).GetAttributeAsync("lang"));
        Assert.True(await tab.Page.EvaluateAsync<bool>("() => chatbotkitWidget.instance === null"));
        using var owner = ServerFactory.ClientOf(ChatServer.Address);
        var conversations = await owner.ReadAsync(HttpMethod.Get, "conversation/list");
        Assert.Contains(conversations.GetProperty("items").EnumerateArray(), one => one.GetProperty("meta").TryGetProperty("page", out _));
        await tab.Page.EvaluateAsync("() => { const chat = document.querySelector('chatbotkit-widget'); chat.render({}); chat.render({}) }");
        Assert.Single(tab.Warnings, warning => warning.Contains("render has no effect", StringComparison.Ordinal));
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task Pictures_OfTheBotAndTheVisitor_AreBesideTheirMessages()
    {
        foreach (var (name, color) in new[] { ("bot", "#008040"), ("user", "#400080"), ("other", "#c00000") })
            Site.Pictures[$"{name}.png"] = await Painting.OfAsync(Browser, color);
        Site.Body = $"""<h1>Flowers</h1><script src="{Script}" data-widget="{_widget}" data-boticon="/pictures/bot.png" data-usericon="/pictures/user.png"></script>""";
        var tab = await OpenPageAsync();
        await tab.Page.EvaluateAsync("async () => { const chat = await chatbotkitWidget.instancePromise; chat.show(); await chat.readyPromise; chat.sendMessage({ text: 'Hello' }) }");

        Assert.Equal("0,128,64,255", await ColorAsync("li.bot .face", "0,128,64,255"));
        Assert.Equal("64,0,128,255", await ColorAsync("li.user .face", "64,0,128,255"));
        Assert.DoesNotContain(tab.Warnings, warning => warning.Contains("icon", StringComparison.Ordinal));
        await tab.Page.EvaluateAsync("() => { chatbotkitWidget.instance.setAttribute('boticon', '/pictures/other.png'); chatbotkitWidget.instance.removeAttribute('usericon') }");
        Assert.Equal("192,0,0,255", await ColorAsync("li.bot .face", "192,0,0,255"));
        Assert.Equal("none", await ColorAsync("li.user .face", "none"));
        tab.AssertNoProblems();

        // Waits for the color, and returns the one that is there.
        async Task<string> ColorAsync(string selector, string expected)
        {
            var script = $"arguments_ => {{ const widget = document.querySelector('chatbotkit-widget').shadowRoot.querySelector('chatbotkit-chat').shadowRoot; return ({Painting.ColorOf})(arguments_) }}";
            await tab.Page.WaitForFunctionAsync($"([selector, expected]) => ({script})([selector]) === expected", new[] { selector, expected });
            return await tab.Page.EvaluateAsync<string>(script, new[] { selector });
        }
    }

    private string Script => $"{ChatServer.Address.GetLeftPart(UriPartial.Authority)}/integrations/widget/v2.js";

    private static ILocator Chat(WidgetTab tab) => tab.Page.Locator("chatbotkit-widget chatbotkit-chat");
}
