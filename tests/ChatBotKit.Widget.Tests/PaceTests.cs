using System.Globalization;
using ChatBotKit.Widget.Tests.Browser;

namespace ChatBotKit.Widget.Tests;

/// <summary>
/// How soon people see something. The tests hold the order of things, which a busy machine does not change, and write the times to
/// <c>artifacts/widget/pace.txt</c>.
/// </summary>
public sealed class PaceTests(ChromiumBrowser browser) : WidgetTest(browser)
{
    private const int Samples = 7;

    /// <summary>
    /// Notes how long the panel takes from the click until it was painted: the frame after the next one begins when the next one is on the screen.
    /// </summary>
    private const string Watch = """
        () => {
          window.painted = new Promise((done) => {
            let start = 0
            addEventListener('click', ({ timeStamp }) => { start = timeStamp }, { capture: true, once: true })
            new MutationObserver((_, observer) => {
              if (!widget.querySelector('dialog[open] textarea')) return
              observer.disconnect()
              requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start)))
            }).observe(widget, { subtree: true, childList: true, attributes: true })
          })
        }
        """;

    private static readonly string[] PanelFiles = [.. WeightTests.PanelFiles, "lang/en.js"];

    [Theory]
    [InlineData("click", false)]
    [InlineData("hover", true)]
    [InlineData("focus", true)]
    public async Task Everything_IsRequestedAtOnce_WhenAPersonIsAboutToOpenTheChat(string way, bool isBefore)
    {
        var tab = await OpenPageAsync();
        await tab.Page.EvaluateAsync("() => customElements.whenDefined('chatbotkit-chat')");
        var (asked, isComplete) = (new SortedSet<string>(StringComparer.Ordinal), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        // No file arrives until all have been requested, so none of them can be needed to know of another.
        await tab.Page.RouteAsync("**/widget/v1/**", async route =>
        {
            lock (asked)
            {
                asked.Add(route.Request.Url.Split("/widget/v1/")[1]);
                if (asked.Count >= PanelFiles.Length)
                    isComplete.TrySetResult();
            }

            await isComplete.Task;
            await route.ContinueAsync();
        });

        if (way == "click")
            await tab.EvaluateAsync<object>("() => { widget.querySelector('.launcher').click() }");
        else if (way == "hover")
            await tab.Launcher.HoverAsync();
        else
            await tab.Page.Keyboard.PressAsync("Tab");
        await Task.WhenAny(isComplete.Task, Task.Delay(TimeSpan.FromSeconds(20), Token));
        isComplete.TrySetResult();
        if (isBefore)
        {
            await tab.Page.WaitForFunctionAsync("count => performance.getEntriesByType('resource').filter(({ name }) => name.includes('/widget/v1/')).length > count", PanelFiles.Length);
            Assert.Equal((0, false), (Site.Mints, await tab.EvaluateAsync<bool>("() => chat.open")));
            await tab.Launcher.PressAsync("Enter");
        }

        await tab.Input.WaitForAsync();
        await tab.WaitAsync("() => chat.state === 'ready'");
        Assert.Equal(PanelFiles.Order(StringComparer.Ordinal), asked);
        tab.AssertNoProblems();
    }

    [Theory]
    [InlineData("a click", true)]
    [InlineData("a click without a pointer before", false)]
    public async Task Panel_IsPainted_WithoutWaitingForTheServer(string name, bool hasPointer)
    {
        // The page's backend does not respond until the panel is there. A request that the browser holds would be slow itself.
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Site.Gate = held.Task;
        List<double> times = [];
        List<double> work = [];
        WidgetTab tab = null!;
        for (var i = 0; i < Samples; i++)
        {
            tab = await OpenPageAsync();
            await tab.Page.EvaluateAsync("() => customElements.whenDefined('chatbotkit-chat')");
            if (hasPointer)
            {
                await tab.Launcher.HoverAsync();
                await tab.Page.WaitForFunctionAsync("count => performance.getEntriesByType('resource').filter(({ name }) => name.includes('/widget/v1/')).length > count", PanelFiles.Length);
            }

            var tools = await tab.Page.Context.NewCDPSessionAsync(tab.Page);
            await tools.SendAsync("Performance.enable", new() { ["timeDomain"] = "threadTicks" });
            await tab.EvaluateAsync<object>(Watch);
            var before = await WorkAsync(tools);
            if (hasPointer)
                await tab.Launcher.ClickAsync();
            else
                await tab.EvaluateAsync<object>("() => { widget.querySelector('.launcher').click() }");
            times.Add(await tab.Page.EvaluateAsync<double>("() => painted"));
            work.Add(await WorkAsync(tools) - before);
            Assert.True(await tab.Input.IsEditableAsync());
        }

        Assert.Equal(0, Site.Mints);
        held.SetResult();
        await tab.SayAsync("Hello");
        await tab.ReadsAsync("Good day.");
        await NoteAsync($"first paint of the panel after {name}, ms", times);
        await NoteAsync("processor time of the page's thread for it, ms", work);
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task RevokedSession_EndsTheOpenStream_AndOthersGoOn()
    {
        var tab = await OpenChatAsync();
        await tab.SayAsync("Count slowly");
        await tab.ReadsAsync("one two", isWriting: true);
        var revoked = Site.SessionId;
        var other = await OpenChatAsync();
        await other.WaitAsync("() => chat.state === 'streaming'");
        Assert.NotEqual(revoked, Site.SessionId);
        await tab.EvaluateAsync<object>("() => chat.addEventListener('cbk-session', ({ detail }) => { if (detail.state === 'ended') window.endedAt = Date.now() })");

        await Site.OwnerAsync(HttpMethod.Post, $"session/{revoked}/revoke", new { });
        var at = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        await tab.WaitAsync("() => chat.state === 'ended'");

        await tab.Notice.GetByText("This conversation was ended.").WaitForAsync();
        GoOn();
        await other.ReadsAsync("one two three four");
        await NoteAsync("from the revocation to the end on the page, ms", [await tab.Page.EvaluateAsync<double>("() => endedAt") - at]);
        tab.AssertNoProblems();
        other.AssertNoProblems();
    }

    /// <summary>Returns the processor time that the thread of the page has used, in milliseconds.</summary>
    private static async Task<double> WorkAsync(ICDPSession tools)
    {
        var metrics = (await tools.SendAsync("Performance.getMetrics"))!.Value.GetProperty("metrics");
        return 1000 * metrics.EnumerateArray().Single(one => one.GetProperty("name").ValueEquals("TaskDuration")).GetProperty("value").GetDouble();
    }

    private static async Task NoteAsync(string what, List<double> times)
    {
        times.Sort();
        var line = string.Create(CultureInfo.InvariantCulture, $"{what}: median {times[times.Count / 2]:0.0}, highest {times[^1]:0.0} of {times.Count}");
        TestContext.Current.SendDiagnosticMessage(line);
        var path = GalleryTests.PathOf("pace.txt");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.AppendAllLinesAsync(path, [line], Token);
    }
}
