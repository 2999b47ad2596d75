using System.Globalization;
using ChatBotKit.Widget.Tests.Browser;

namespace ChatBotKit.Widget.Tests;

/// <summary>
/// How soon people see something. The tests hold the order of things, which a busy machine does not change, and write the times to
/// <c>artifacts/widget/pace.txt</c>.
/// </summary>
public sealed class PaceTests(ChromiumBrowser browser) : WidgetTest(browser)
{
    /// <summary>The time from the click until the panel was painted: the second frame begins when the first is on the screen.</summary>
    private const string Open = """
        async () => {
          const start = performance.now()
          chat.show()
          while (!widget.querySelector('dialog[open] textarea')) await new Promise(requestAnimationFrame)
          await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
          return performance.now() - start
        }
        """;

    [Fact]
    public async Task Panel_IsPainted_WithoutWaitingForTheServer()
    {
        var tab = await OpenPageAsync();
        // The page's backend does not respond until the panel is there.
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await tab.Page.RouteAsync("**/session", async route =>
        {
            await held.Task;
            await route.ContinueAsync();
        });
        List<double> times = [];
        for (var i = 0; i < 7; i++)
        {
            await tab.Page.EvaluateAsync("() => sessionStorage.clear()");
            await tab.Page.ReloadAsync();
            await tab.Page.EvaluateAsync("() => customElements.whenDefined('chatbotkit-chat')");
            times.Add(await tab.EvaluateAsync<double>(Open));
            Assert.True(await tab.Input.IsEditableAsync());
        }

        Assert.Equal(0, Site.Mints);
        held.SetResult();
        await tab.SayAsync("Hello");
        await tab.ReadsAsync("Good day.");
        await NoteAsync("first paint of the panel after the click, ms", times);
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
