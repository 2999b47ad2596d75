using ChatBotKit.Widget.Tests.Browser;

namespace ChatBotKit.Widget.Tests;

/// <summary>An answer survives the page, the connection and the server.</summary>
public sealed class ResumeTests(ChromiumBrowser browser) : WidgetTest(browser)
{
    [Fact]
    public async Task Chat_TalksWithASession_AndKeepsItsToken()
    {
        var tab = await OpenChatAsync();

        await tab.SayAsync("Hello");
        await tab.ReadsAsync("Good day.");

        var token = await tab.EvaluateAsync<string>("() => JSON.stringify([{...sessionStorage}, {...localStorage}, document.documentElement.outerHTML, widget.innerHTML, location.href])");
        Assert.DoesNotContain("eyJ", token, StringComparison.Ordinal);
        Assert.Equal("ready", await tab.EvaluateAsync<string>("() => chat.state"));
        Assert.Equal(Site.ConversationId, await tab.EvaluateAsync<string>("() => chat.conversationId"));
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task Page_ReloadedInAnAnswer_ShowsItGoingOn_InBothTabs()
    {
        var tab = await OpenChatAsync();
        await tab.SayAsync("Count slowly");
        await tab.ReadsAsync("one two ", isWriting: true);

        await tab.Page.ReloadAsync();
        await tab.OpenChatAsync();
        await tab.ReadsAsync("one two ", isWriting: true);
        var second = await tab.SecondAsync();
        await second.OpenChatAsync();
        await second.ReadsAsync("one two ", isWriting: true);
        GoOn();

        foreach (var one in new[] { tab, second })
        {
            await one.ReadsAsync("one two three four");
            Assert.Equal(1, await one.Answers.CountAsync());
            Assert.Equal(1, await one.Questions.CountAsync());
            one.AssertNoProblems();
        }
    }

    [Fact]
    public async Task Tab_FollowsTheAnswer_ThatAnotherTabAskedFor()
    {
        var tab = await OpenChatAsync();
        var second = await tab.SecondAsync();
        await second.OpenChatAsync();
        await second.WaitAsync("() => chat.state === 'ready'");

        await tab.SayAsync("Hello");

        await second.ReadsAsync("Good day.");
        await Assertions.Expect(second.Questions).ToHaveCountAsync(1);
        second.AssertNoProblems();
    }

    [Fact]
    public async Task Connection_CutInAnAnswer_GoesOnAfterTheLastWord()
    {
        var tab = await OpenChatAsync();
        tab.ExpectsFailures = true;
        await tab.SayAsync("Count slowly");
        await tab.ReadsAsync("one two ", isWriting: true);

        ChatServer.Cut();
        GoOn();

        await tab.ReadsAsync("one two three four");
        Assert.Equal(1, await tab.Answers.CountAsync());
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task Server_RestartedInAnAnswer_LeavesThePart_AndGoesOnWhenAsked()
    {
        var tab = await OpenChatAsync();
        tab.ExpectsFailures = true;
        await tab.SayAsync("Count slowly");
        await tab.ReadsAsync("one two ", isWriting: true);

        await ChatServer.RestartAsync();
        await tab.Answers.GetByText("The answer was cut short.").WaitForAsync();
        await tab.ReadsAsync("one two ");
        await tab.Widget.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await tab.WaitAsync("() => widget.querySelectorAll('li.bot').length === 2");
        GoOn();

        await tab.WaitAsync("() => chat.state === 'ready'");
        Assert.Equal(1, await tab.Questions.CountAsync());
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task Device_OfflineInAnAnswer_LosesAndDoublesNothing()
    {
        var tab = await OpenChatAsync();
        tab.ExpectsFailures = true;
        await tab.SayAsync("Count slowly");
        await tab.ReadsAsync("one two ", isWriting: true);

        await tab.Page.Context.SetOfflineAsync(true);
        ChatServer.Cut();
        await tab.Notice.GetByText("You are offline.").WaitForAsync();
        await tab.SayAsync("And then?");
        GoOn();
        await tab.Page.Context.SetOfflineAsync(false);

        await tab.ReadsAsync("Good day.");
        await Assertions.Expect(tab.Notice).ToBeHiddenAsync();
        Assert.Equal(["one two three four", "Good day."], await tab.Answers.Locator(".text").AllTextContentsAsync());
        var stored = await Site.OwnerAsync(HttpMethod.Get, "message/list?order=asc");
        Assert.Equal(
            ["Count slowly", "one two three four", "And then?", "Good day."],
            stored.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("text").GetString()));
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task Answer_Stopped_KeepsItsPart()
    {
        var tab = await OpenChatAsync();
        await tab.SayAsync("Count slowly");
        await tab.ReadsAsync("one two ", isWriting: true);

        await tab.Widget.GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();

        await tab.Answers.GetByText("Stopped").WaitForAsync();
        await tab.ReadsAsync("one two ");
        await tab.SayAsync("Hello");
        await tab.ReadsAsync("Good day.");
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task Element_Removed_StopsItsRequests_AndConnectsAgainWhenItIsBack()
    {
        var tab = await OpenChatAsync();
        await tab.SayAsync("Count slowly");
        await tab.ReadsAsync("one two", isWriting: true);

        await tab.EvaluateAsync<object>("() => { window.kept = chat; chat.remove() }");
        GoOn();
        await tab.Page.EvaluateAsync("() => document.body.append(kept)");

        await tab.ReadsAsync("one two three four");
        Assert.Equal(1, await tab.Questions.CountAsync());
        Assert.Equal(1, await tab.Answers.CountAsync());
        Assert.Equal(2, Site.Mints);
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task Conversation_Ended_StaysEnded_WhenTheChatIsClosedAndOpened()
    {
        var tab = await OpenChatAsync();
        tab.ExpectsFailures = true;
        await tab.SayAsync("Hello");
        await tab.ReadsAsync("Good day.");
        await Site.OwnerAsync(HttpMethod.Post, $"session/{Site.SessionId}/revoke", new { });
        await tab.SayAsync("Still there?");
        await tab.Notice.GetByText("This conversation was ended.").WaitForAsync();

        await tab.EvaluateAsync<object>("async () => { await chat.hide(); await chat.show() }");

        Assert.True(await tab.Notice.IsVisibleAsync());
        Assert.Equal("ended", await tab.EvaluateAsync<string>("() => chat.state"));
        Assert.Equal(1, Site.Mints);
        tab.AssertNoProblems();
    }
}
