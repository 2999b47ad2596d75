using ChatBotKit.TestModels;
using ChatBotKit.Widget.Tests.Browser;

namespace ChatBotKit.Widget.Tests;

/// <summary>A person can read an answer while it is written.</summary>
public sealed class ScrollTests(ChromiumBrowser browser) : WidgetTest(browser)
{
    private const string Top = "() => widget.querySelector('.transcript').scrollTop";

    private readonly TaskCompletionSource _second = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _third = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task View_StandsStill_WhenTheAnswerFillsIt()
    {
        var tab = await OpenChatAsync();
        await tab.SayAsync("Tell me");
        await tab.WaitAsync("() => widget.querySelectorAll('li.bot p').length >= 30");
        await tab.WaitAsync("() => { const list = widget.querySelector('.transcript'); const first = widget.querySelector('li.bot'); return Math.abs(first.getBoundingClientRect().top - list.getBoundingClientRect().top) < 40 }");
        var before = await tab.EvaluateAsync<double>(Top);

        _second.SetResult();
        await tab.WaitAsync("() => widget.querySelectorAll('li.bot p').length >= 60");
        Assert.Equal(before, await tab.EvaluateAsync<double>(Top));
        _third.SetResult();
        await tab.WaitAsync("() => chat.state === 'ready'");

        Assert.Equal(before, await tab.EvaluateAsync<double>(Top));
        await tab.Widget.GetByRole(AriaRole.Button, new() { Name = "Jump to newest" }).ClickAsync();
        await Assertions.Expect(tab.Widget.GetByRole(AriaRole.Button, new() { Name = "Jump to newest" })).ToBeHiddenAsync();
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task View_AtTheBottom_IsFollowed_UntilThePersonScrolls()
    {
        Site.Attributes = "follow=\"bottom\"";
        var tab = await OpenChatAsync();
        await tab.SayAsync("Tell me");
        await tab.WaitAsync("() => { const list = widget.querySelector('.transcript'); return widget.querySelectorAll('li.bot p').length >= 30 && list.scrollHeight - list.scrollTop - list.clientHeight < 3 }");

        await tab.Widget.Locator(".transcript").HoverAsync();
        await tab.Page.Mouse.WheelAsync(0, -300);
        await tab.WaitAsync("() => { const list = widget.querySelector('.transcript'); return list.scrollHeight - list.scrollTop - list.clientHeight > 100 }");
        var before = await tab.EvaluateAsync<double>(Top);
        _second.SetResult();
        _third.SetResult();
        await tab.WaitAsync("() => chat.state === 'ready'");

        Assert.True(await tab.EvaluateAsync<double>(Top) <= before);
        tab.AssertNoProblems();
    }

    private protected override ModelScript Answer(ScriptedRequest request) => new ModelScript()
        .Text(Paragraphs()).WaitFor(_second.Task).Text(Paragraphs()).WaitFor(_third.Task).Text(Paragraphs());

    private static IEnumerable<string> Paragraphs() => Enumerable.Range(0, 30).Select(number => $"Paragraph {number} of a long answer.\n\n");
}
