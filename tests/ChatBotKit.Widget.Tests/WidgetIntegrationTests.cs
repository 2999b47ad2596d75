using ChatBotKit.Widget.Tests.Browser;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;

namespace ChatBotKit.Widget.Tests;

/// <summary>The element with a widget integration, and its page: the visitor has no account, and the site no backend.</summary>
public sealed class WidgetIntegrationTests(ChromiumBrowser browser) : WidgetIntegrationTest(browser)
{
    [Fact]
    public async Task Visitor_TalksToTheBotOfTheWidget_WithItsSettings()
    {
        await CreateWidgetAsync("""{"title":"Roses","intro":"Ask us.","initial":"How can I help?","placeholder":"Your question","attachments":true,"restartConversation":true,"exportConversation":false}""");
        Site.Attributes = "placeholder=\"Of the page\"";

        var tab = await OpenChatAsync();
        await tab.ReadsAsync("How can I help?");
        await tab.SayAsync("Hello");

        await tab.ReadsAsync("Good day.");
        Assert.Equal("Roses", await tab.Widget.Locator("[part=title]").TextContentAsync());
        Assert.Equal("Of the page", await tab.Input.GetAttributeAsync("placeholder"));
        Assert.True(await tab.Widget.Locator("[part=attach]").IsVisibleAsync());
        Assert.True(await tab.Widget.GetByLabel("Start a new chat").IsVisibleAsync());
        Assert.False(await tab.Widget.GetByLabel("Save this chat").IsVisibleAsync());
        tab.AssertNoProblems();
    }

    [Theory]
    [InlineData("tab", false)]
    [InlineData("device", true)]
    public async Task Visitor_WhoReloads_HasTheSameConversation_AndNoTokenIsKept(string persist, bool isSeenByAnotherTab)
    {
        await CreateWidgetAsync("{}");
        Site.Attributes = $"persist=\"{persist}\"";
        var tab = await OpenChatAsync();
        await tab.SayAsync("Hello");
        await tab.ReadsAsync("Good day.");
        var conversation = await ConversationAsync(tab);

        await tab.Page.ReloadAsync();
        await tab.OpenChatAsync();
        await tab.ReadsAsync("Good day.");

        Assert.Equal(conversation, await ConversationAsync(tab));
        Assert.DoesNotContain("eyJ", await tab.EvaluateAsync<string>("() => JSON.stringify([{...sessionStorage}, {...localStorage}])"), StringComparison.Ordinal);
        var second = await tab.SecondAsync();
        await second.OpenChatAsync();
        await second.WaitAsync("() => chat.state === 'ready'");
        Assert.Equal(isSeenByAnotherTab, await ConversationAsync(second) == conversation);
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task Bot_Begins_OnceInAnEmptyConversation_WhenTheWidgetSaysSo()
    {
        await CreateWidgetAsync("""{"startFirst":true}""");
        var tab = await OpenChatAsync();
        await tab.ReadsAsync("Good day.");
        Assert.Equal(0, await tab.Questions.CountAsync());

        await tab.Page.ReloadAsync();
        await tab.OpenChatAsync();
        await tab.ReadsAsync("Good day.");
        await tab.WaitAsync("() => chat.state === 'ready'");
        Assert.Equal(1, await tab.Answers.CountAsync());
        Assert.Single(Model.Requests);
        tab.AssertNoProblems();
    }

    [Theory]
    [InlineData("", "Nachricht schreiben")]
    [InlineData("lang=\"fr\"", "Écrivez un message")]
    public async Task Language_OfTheWidget_IsThatOfTheChat_UnlessTheElementHasOne(string attributes, string placeholder)
    {
        await CreateWidgetAsync("""{"language":"de"}""");
        Site.Attributes = attributes;

        var tab = await OpenChatAsync();
        await tab.WaitAsync("() => chat.state === 'ready'");

        Assert.StartsWith(placeholder, await tab.Input.GetAttributeAsync("placeholder"), StringComparison.Ordinal);
        Assert.Single(tab.Requests, request => request.StartsWith("POST", StringComparison.Ordinal) && request.EndsWith("/session/create", StringComparison.Ordinal));
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task TwoTabs_RenewTheirSessionOnce_AndShowTheSame()
    {
        await CreateWidgetAsync("{}");
        Site.Attributes = "persist=\"device\"";
        var tab = await OpenPageAsync();
        await tab.Page.Clock.InstallAsync();
        await tab.Page.ReloadAsync();
        await tab.OpenChatAsync();
        await tab.WaitAsync("() => chat.state === 'ready'");
        var second = await tab.SecondAsync();
        await second.OpenChatAsync();
        await second.WaitAsync("() => chat.state === 'ready'");
        Assert.Equal(2, Mints());
        foreach (var page in new[] { tab.Page, second.Page })
            await page.EvaluateAsync("() => { window.states = []; document.addEventListener('cbk-session', (event) => states.push(event.detail.state)) }");

        await tab.Page.Clock.RunForAsync("57:00");
        Assert.Equal(2, Mints());
        await tab.Page.Clock.RunForAsync("03:00");
        foreach (var page in new[] { tab.Page, second.Page })
            await page.WaitForFunctionAsync("() => states.includes('renewed')");
        Assert.Equal(3, Mints());

        await tab.SayAsync("Hello");
        await tab.Page.Clock.RunForAsync(1000);
        await tab.ReadsAsync("Good day.");
        await second.ReadsAsync("Good day.");
        Assert.Equal(3, Mints());
        tab.AssertNoProblems();
        second.AssertNoProblems();

        int Mints() => tab.Requests.Concat(second.Requests).Count(request => request.StartsWith("POST", StringComparison.Ordinal) && request.EndsWith("/session/create", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Answer_ReadInOneTab_IsReadInTheOther()
    {
        await CreateWidgetAsync("{}");
        Site.Attributes = "persist=\"device\"";
        var tab = await OpenChatAsync();
        await tab.WaitAsync("() => chat.state === 'ready'");
        var second = await tab.SecondAsync();
        await second.OpenChatAsync();
        await second.WaitAsync("() => chat.state === 'ready'");
        foreach (var one in new[] { tab, second })
            await one.EvaluateAsync<object>("() => chat.hide()");

        await tab.EvaluateAsync<object>("() => chat.send({ text: 'Hello' })");
        foreach (var one in new[] { tab, second })
            await one.WaitAsync("() => chat.unread === 1");
        await second.EvaluateAsync<object>("() => chat.show()");

        await second.WaitAsync("() => chat.unread === 0");
        await tab.WaitAsync("() => chat.unread === 0");
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task Token_IsRenewed_ForTheSameConversation()
    {
        await CreateWidgetAsync("{}");
        var tab = await OpenPageAsync();
        await tab.Page.Clock.InstallAsync();
        await tab.Page.ReloadAsync();
        await tab.OpenChatAsync();
        await tab.WaitAsync("() => chat.state === 'ready'");
        var conversation = await ConversationAsync(tab);

        var renewed = tab.Page.WaitForResponseAsync("**/session/create");
        await tab.Page.Clock.RunForAsync("01:00:00");
        Assert.Equal(200, (await renewed).Status);

        Assert.Equal(conversation, await ConversationAsync(tab));
        Assert.False(await tab.Notice.IsVisibleAsync());
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task Conversation_ThatIsNotKeptAnyLonger_EndsOnTheScreen_UntilTheVisitorStartsAnew()
    {
        await CreateWidgetAsync("""{"sessionDuration":0}""");
        var tab = await OpenPageAsync();
        await tab.Page.Clock.InstallAsync();
        await tab.Page.ReloadAsync();
        await tab.OpenChatAsync();
        await tab.WaitAsync("() => chat.state === 'ready'");
        var conversation = await ConversationAsync(tab);

        await tab.Page.Clock.RunForAsync("01:00:00");
        await tab.Notice.GetByText("This chat has ended").WaitForAsync();
        await tab.Notice.GetByText("Start anew").ClickAsync();

        await tab.WaitAsync("before => chat.state === 'ready' && chat.conversationId !== before[0]", conversation);
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task Restart_BeginsANewConversation()
    {
        await CreateWidgetAsync("""{"restartConversation":true}""");
        var tab = await OpenChatAsync();
        await tab.SayAsync("Hello");
        await tab.ReadsAsync("Good day.");
        var conversation = await ConversationAsync(tab);

        await tab.Widget.GetByLabel("Start a new chat").ClickAsync();
        await tab.WaitAsync("before => chat.state === 'ready' && chat.conversationId !== before[0]", conversation);

        Assert.Equal(0, await tab.Answers.CountAsync());
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task Page_OfAnotherOrigin_SaysSoToItsDeveloper_AndIsQuietToTheVisitor()
    {
        await CreateWidgetAsync("""{"origin":"https://shop.example"}""");
        var tab = await OpenPageAsync();
        tab.ExpectsFailures = true;

        await tab.Launcher.ClickAsync();
        await tab.Notice.GetByText("not available").WaitForAsync();

        Assert.Contains(tab.Warnings, warning => warning.Contains($"does not allow pages of {Site.Address}", StringComparison.Ordinal));
        Assert.False(await tab.Input.IsVisibleAsync());
        Assert.Single(tab.Requests, request => request.EndsWith("/session/create", StringComparison.Ordinal));
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task ChatPage_TakesAQuestionWithoutSendingIt_AndHasNoFault()
    {
        await CreateWidgetAsync("""{"title":"Roses","intro":"Ask us.","exportConversation":true,"meta":{"chatPage":true}}""");
        Site.Page = $"{ChatServer.Address.GetLeftPart(UriPartial.Authority)}/chat/{WidgetId}?q=When%20do%20you%20open%3F";
        var tab = await OpenPageAsync(options =>
            (options.ViewportSize, options.ReducedMotion) = (new() { Width = 390, Height = 780 }, ReducedMotion.Reduce));

        await tab.WaitAsync("() => chat.state === 'ready'");
        Assert.Equal("When do you open?", await tab.Input.InputValueAsync());
        Assert.Equal(0, await tab.Questions.CountAsync());
        await CheckAsync(tab);
        await tab.Input.PressAsync("Enter");
        await tab.ReadsAsync("Good day.");

        await CheckAsync(tab);
        Assert.Equal("Roses", await tab.Page.TitleAsync());
        await tab.Page.ScreenshotAsync(new() { Path = GalleryTests.PathOf("chat-page.png") });
        tab.AssertNoProblems();
    }

    private static async Task CheckAsync(WidgetTab tab)
    {
        var result = await tab.Page.RunAxe(new AxeRunOptions { RunOnly = RunOnlyOptions.Tags("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa") });
        Assert.True(result.Violations.Length == 0, string.Join('\n', result.Violations.Select(one => $"{one.Id} {one.Help}")));
    }

    private static Task<string> ConversationAsync(WidgetTab tab) => tab.EvaluateAsync<string>("() => chat.conversationId");
}
