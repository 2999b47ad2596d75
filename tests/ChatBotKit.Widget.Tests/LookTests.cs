using ChatBotKit.Widget.Tests.Browser;

namespace ChatBotKit.Widget.Tests;

/// <summary>The widget looks the same on every page, and the page is the same with the widget.</summary>
public sealed class LookTests(ChromiumBrowser browser) : WidgetTest(browser)
{
    private const string Hostile = """
        <style>html { font-size: 10px; } * { all: unset !important; color: red !important; font: 40px serif !important; letter-spacing: 9px !important;
        text-transform: uppercase !important; background: yellow !important; }</style>
        """;

    private const string Measures = """
        () => [...widget.querySelectorAll('.panel, header, #title, .bubble, textarea, .round, .launcher')].map(one => {
          const { color, backgroundColor, fontSize, fontFamily, letterSpacing, textTransform } = getComputedStyle(one)
          const { width, height } = one.getBoundingClientRect()
          return [one.className, color, backgroundColor, fontSize, fontFamily, letterSpacing, textTransform, Math.round(width), Math.round(height)].join(' ')
        })
        """;

    [Fact]
    public async Task Page_WithAStrictPolicy_ShowsTheWidget()
    {
        Site.Policy = "default-src 'none'; script-src {server}; connect-src 'self' {server}; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'";
        var tab = await OpenChatAsync();
        await tab.SayAsync("Hello");
        await tab.ReadsAsync("Good day.");

        Assert.Equal("fixed", await tab.EvaluateAsync<string>("() => getComputedStyle(widget.querySelector('.dock')).position"));
        Assert.Equal("408px", await tab.EvaluateAsync<string>("() => getComputedStyle(widget.querySelector('.panel')).width"));
        tab.AssertNoProblems();
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("intro=\"Hello!\"", "Hello!")]
    public async Task Start_ShowsTheIntroAlone_WithoutPrompts(string attributes, string text)
    {
        Site.Attributes = attributes;
        var tab = await OpenChatAsync();
        Assert.Equal(text, await tab.EvaluateAsync<string>("() => widget.querySelector('.start').textContent"));
        Assert.Equal(text.Length > 0 ? 1 : 0, await tab.Widget.Locator(".start > *:not(slot)").CountAsync());
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task Page_WithHostileStyles_ChangesNothing()
    {
        var plain = await MeasureAsync();
        Site.Head = Hostile;
        await Site.NewConversationAsync();
        var hostile = await MeasureAsync();

        Assert.Equal(plain, hostile);
        Assert.True(plain.Length >= 8);

        async Task<string[]> MeasureAsync()
        {
            var tab = await OpenChatAsync();
            await tab.SayAsync("Hello");
            await tab.ReadsAsync("Good day.");
            await tab.WaitAsync("() => chat.state === 'ready'");
            return await tab.EvaluateAsync<string[]>(Measures);
        }
    }

    [Fact]
    public async Task Page_Loads_OneSmallFile_UntilTheChatIsOpened()
    {
        var tab = await OpenPageAsync();
        await tab.Page.EvaluateAsync("() => customElements.whenDefined('chatbotkit-chat')");

        Assert.Equal(["chat.js"], tab.Requests.Where(request => request.Contains("/widget/", StringComparison.Ordinal)).Select(request => request.Split('/')[^1]));
        Assert.Equal(0, Site.Mints);
        Assert.Equal(0, await tab.Page.EvaluateAsync<double>(
            "() => new Promise(done => { let sum = 0; new PerformanceObserver(list => { for (const one of list.getEntries()) sum += one.value }).observe({ type: 'layout-shift', buffered: true }); requestAnimationFrame(() => setTimeout(() => done(sum))) })"));
        tab.AssertNoProblems();
    }

    [Theory]
    [InlineData("ar", "فتح المحادثة")]
    [InlineData("he", "פתיחת הצ׳אט")]
    public async Task Language_FromRightToLeft_IsMirrored(string language, string open)
    {
        Site.HtmlAttributes = $"lang=\"{language}\" dir=\"rtl\"";
        var tab = await OpenPageAsync();
        await tab.Widget.GetByRole(AriaRole.Button, new() { Name = open }).ClickAsync();
        await tab.Input.WaitForAsync();
        await tab.SayAsync("Hello");
        await tab.ReadsAsync("Good day.");

        var (launcher, question) = (await tab.Launcher.BoundingBoxAsync(), await tab.Questions.Locator(".bubble").BoundingBoxAsync());
        var answer = await tab.Answers.Locator(".bubble").BoundingBoxAsync();
        Assert.True(launcher!.X < 100, "The button is at the end of the page.");
        Assert.True(question!.X < answer!.X, "The question is at the end of the panel.");
        Assert.Equal(language, await tab.EvaluateAsync<string>("() => widget.querySelector('.dock').lang"));
        tab.AssertNoProblems();
    }

    [Theory]
    [InlineData("de")]
    [InlineData("fr")]
    [InlineData("ja")]
    public async Task Language_WithLongWords_IsNotCut(string language)
    {
        Site.HtmlAttributes = $"lang=\"{language}\"";
        Site.Attributes = "restart export feedback attachments";
        var tab = await OpenPageAsync(options => options.ViewportSize = new() { Width = 320, Height = 640 });
        await tab.OpenChatAsync();
        await tab.SayAsync("Hello");
        await tab.ReadsAsync("Good day.");

        Assert.False(await tab.EvaluateAsync<bool>("() => [...widget.querySelectorAll('.panel, header, .composer, .content, button')].some(one => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== 'none')"));
        Assert.True(await tab.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"));
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task Finger_FindsLargeTargets()
    {
        Site.Attributes = "restart export feedback attachments";
        var tab = await OpenChatAsync(options => (options.HasTouch, options.IsMobile, options.ViewportSize) = (true, true, new() { Width = 390, Height = 780 }));
        await tab.SayAsync("Hello");
        await tab.ReadsAsync("Good day.");

        var small = await tab.EvaluateAsync<string[]>("() => [...widget.querySelectorAll('.panel button')].map(one => [one, one.getBoundingClientRect()]).filter(([, { width, height }]) => width && (width < 44 || height < 44)).map(([one]) => one.outerHTML)");
        Assert.Empty(small);
        Assert.True(await tab.EvaluateAsync<bool>("() => parseFloat(getComputedStyle(widget.querySelector('textarea')).fontSize) >= 16"));
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task Visitor_WhoWantsNoMotion_SeesNone()
    {
        var tab = await OpenChatAsync(options => options.ReducedMotion = ReducedMotion.Reduce);
        await tab.SayAsync("Count slowly");
        await tab.ReadsAsync("one two", isWriting: true);

        Assert.Equal(0, await tab.EvaluateAsync<int>("() => document.getAnimations().length + widget.getAnimations().length"));
        GoOn();
    }

    [Fact]
    public async Task Accent_ThatCannotBeRead_GetsAnotherText_OrAWarning()
    {
        Site.Head = "<style>chatbotkit-chat { --cbk-accent: rgb(255, 230, 90); }</style>";
        var tab = await OpenChatAsync();
        await tab.Input.WaitForAsync();
        Assert.Equal("rgb(17, 17, 17)", await tab.EvaluateAsync<string>("() => getComputedStyle(widget.querySelector('.launcher')).color"));

        Site.Head = "<style>chatbotkit-chat { --cbk-accent: rgb(255, 230, 90); --cbk-on-accent: rgb(255, 255, 255); }</style>";
        var other = await OpenChatAsync();
        Assert.Contains(other.Warnings, warning => warning.Contains("contrast", StringComparison.Ordinal));
    }
}
