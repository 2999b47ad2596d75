using ChatBotKit.TestModels;
using ChatBotKit.Widget.Tests.Browser;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;

namespace ChatBotKit.Widget.Tests;

/// <summary>The widget is usable with a keyboard and with a screen reader.</summary>
public sealed class AccessibilityTests(ChromiumBrowser browser) : WidgetTest(browser)
{
    private const string Rich = "Some **bold** text, [a page](https://shop.example/).\n\n- one\n- two\n\n| Day | Opens |\n|---|---|\n| Monday | 9 |\n\n```js\nlet a = 1\n```\n";

    private const string Focused = "() => { let one = document.activeElement; while (one.shadowRoot?.activeElement) one = one.shadowRoot.activeElement; return one.getAttribute('part') ?? one.getAttribute('aria-label') ?? one.localName }";

    [Theory]
    [InlineData(ColorScheme.Light, ForcedColors.None)]
    [InlineData(ColorScheme.Dark, ForcedColors.None)]
    [InlineData(ColorScheme.Light, ForcedColors.Active)]
    public async Task EveryState_HasNoFault(ColorScheme scheme, ForcedColors colors)
    {
        Site.Attributes = """heading="Flower shop" intro="Hello!" feedback restart export attachments disclaimer="Answers may be wrong." prompts='[{"label":"When?"}]'""";
        // A colour in the middle of an animation is none that a person reads.
        var tab = await OpenPageAsync(options =>
            (options.ColorScheme, options.ForcedColors, options.ReducedMotion) = (scheme, colors, ReducedMotion.Reduce));
        await CheckAsync("closed");
        await tab.OpenChatAsync();
        await tab.WaitAsync("() => chat.state === 'ready'");
        await CheckAsync("start");
        await tab.SayAsync("Show all");
        await tab.WaitAsync("() => chat.state === 'ready' && widget.querySelectorAll('li.bot').length === 1");
        await CheckAsync("rich answer");
        await tab.EvaluateAsync<object>("() => chat.addFiles([new File(['x'], 'notes.txt', { type: 'text/plain' })])");
        await tab.Widget.GetByText("notes.txt").WaitForAsync();
        await tab.SayAsync("Count slowly");
        await tab.ReadsAsync("one two", isWriting: true);
        await CheckAsync("writing");
        await Site.OwnerAsync(HttpMethod.Post, $"session/{Site.SessionId}/revoke", new { });
        await tab.Notice.GetByText("This conversation was ended.").WaitForAsync();
        await CheckAsync("ended");
        GoOn();

        async Task CheckAsync(string state)
        {
            var result = await tab.Page.RunAxe(new AxeRunOptions { RunOnly = RunOnlyOptions.Tags("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa") });
            Assert.True(result.Violations.Length == 0, $"{state}: {string.Join('\n', result.Violations.Select(one => $"{one.Id} {one.Help} {string.Join(' ', one.Nodes.Select(node => node.Html))}"))}");
        }
    }

    [Fact]
    public async Task Keyboard_DoesEverything()
    {
        Site.Attributes = "feedback restart attachments";
        var tab = await OpenPageAsync();
        var keys = tab.Page.Keyboard;
        await keys.PressAsync("Tab");
        Assert.Equal("launcher", await FocusAsync());
        await keys.PressAsync("Enter");
        await tab.Input.WaitForAsync();
        await WaitForFocusAsync("input");
        await keys.TypeAsync("Show all");
        await keys.PressAsync("Enter");
        await tab.WaitAsync("() => chat.state === 'ready' && widget.querySelectorAll('li.bot').length === 1");
        Assert.Equal("input", await FocusAsync());

        await keys.PressAsync("F6");
        Assert.Equal("transcript", await FocusAsync());
        await keys.PressAsync("ArrowUp");
        Assert.Equal("message message-bot", await FocusAsync());
        await keys.PressAsync("Home");
        Assert.Equal("message message-user", await FocusAsync());
        await keys.PressAsync("End");
        foreach (var stop in new[] { "a", "Table", "Copy code", "Code: js", "Copy", "Good answer", "Bad answer" })
        {
            await keys.PressAsync("Tab");
            Assert.Equal(stop == "Copy code" ? "code-copy" : stop, await FocusAsync());
            Assert.NotEqual("none", await tab.EvaluateAsync<string>("() => getComputedStyle(widget.activeElement).outlineStyle"));
        }
        await keys.PressAsync("F6");
        Assert.Equal("input", await FocusAsync());
        await keys.PressAsync("ArrowUp");
        Assert.Equal("Show all", await tab.Input.InputValueAsync());
        await keys.PressAsync("Escape");
        await Assertions.Expect(tab.Input).ToBeHiddenAsync();
        Assert.Equal("launcher", await FocusAsync());
        tab.AssertNoProblems();

        Task<string> FocusAsync() => tab.Page.EvaluateAsync<string>(Focused);
        Task WaitForFocusAsync(string part) => tab.Page.WaitForFunctionAsync($"() => ({Focused})() === '{part}'");
    }

    [Fact]
    public async Task Focus_NeverFallsToThePage_WhenAControlGoesAway()
    {
        Site.Attributes = "attachments";
        var tab = await OpenChatAsync();
        await tab.SayAsync("Count slowly");
        await tab.ReadsAsync("one two", isWriting: true);
        await tab.Widget.GetByRole(AriaRole.Button, new() { Name = "Stop" }).PressAsync("Enter");
        await tab.WaitAsync("() => chat.state === 'ready'");
        Assert.Equal("input", await tab.Page.EvaluateAsync<string>(Focused));

        await tab.EvaluateAsync<object>("() => chat.addFiles([new File(['x'], 'notes.txt')])");
        await tab.Widget.GetByRole(AriaRole.Button, new() { Name = "Remove notes.txt" }).PressAsync("Enter");
        Assert.Equal("input", await tab.Page.EvaluateAsync<string>(Focused));
        GoOn();
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task ScreenReader_HearsAnAnswerOnce_AsPlainText()
    {
        var tab = await OpenPageAsync();
        Assert.DoesNotContain("textbox", await tab.Widget.AriaSnapshotAsync(), StringComparison.Ordinal);
        await tab.OpenChatAsync();
        await tab.WaitAsync("() => chat.state === 'ready'");
        await tab.EvaluateAsync<object>("() => { window.heard = []; new MutationObserver(records => { for (const { addedNodes } of records) for (const one of addedNodes) heard.push(one.textContent) }).observe(widget.querySelector('[role=status]'), { childList: true, subtree: true }) }");

        await tab.SayAsync("Show all");
        await tab.Page.WaitForFunctionAsync("() => heard.length >= 2");
        await tab.WaitAsync("() => chat.state === 'ready' && widget.querySelector('[role=status]').childElementCount === 0");

        var heard = await tab.Page.EvaluateAsync<string[]>("() => heard");
        Assert.Equal(["Answer is being written", "Some bold text, a page.\none\ntwo\nDay Opens \nMonday 9 \nlet a = 1"], heard);
        Assert.Equal(0, await tab.Widget.Locator(".transcript [aria-live], .transcript[aria-live], .transcript [role=log]").CountAsync());
        await tab.Page.Keyboard.PressAsync("Escape");
        Assert.DoesNotContain("Some", await tab.Widget.AriaSnapshotAsync(), StringComparison.Ordinal);
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task Input_OfAnInputMethod_IsNotSent()
    {
        var tab = await OpenChatAsync();
        await tab.Input.FillAsync("にほん");

        await tab.EvaluateAsync<object>("() => { widget.querySelector('textarea').dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true, cancelable: true })) }");

        Assert.Equal("にほん", await tab.Input.InputValueAsync());
        await tab.Input.PressAsync("Shift+Enter");
        Assert.Equal("にほん\n", await tab.Input.InputValueAsync());
    }

    private protected override ModelScript Answer(ScriptedRequest request) =>
        request.LastText("user").StartsWith("Show", StringComparison.Ordinal) ? new ModelScript().Text(Rich) : base.Answer(request);
}
