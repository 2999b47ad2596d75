using System.Collections.Concurrent;
using System.Diagnostics;
using ChatBotKit.AdminConsole.Tests.Browser;
using ChatBotKit.Server.Tests;
using ChatBotKit.Widget.Tests.Browser;

namespace ChatBotKit.AdminConsole.Tests;

/// <summary>
/// Every page in light, dark, forced colours and on a phone: pictures to look at, and no fault that a tool finds. A page is loaded once
/// and then turned into each look, because the pages of a browser on two cores take longer to load than to turn.
/// </summary>
public sealed class GalleryTests(ChromiumBrowser browser) : ConsoleTest(browser)
{
    private static readonly string[] Empty =
        ["bots", "datasets", "skillsets", "secrets", "tasks", "conversations", "contacts", "sessions", "integrations", "blueprints", "events", "usage"];

    private readonly ConcurrentQueue<string> _faults = [];
    private long _loading;
    private long _pictures;
    private long _checks;

    [Fact]
    public async Task EveryPage_CanBeUsedByEverybody()
    {
        var tab = await OpenAsync();
        await VisitAsync([tab], [("/sign-in", "sign-in")]);
        await tab.SignInAsync(ServerFactory.OwnerSecret);
        await tab.IsAtAsync("Overview");
        ConsoleTab[] tabs = [tab, await tab.OpenAnotherAsync()];
        await VisitAsync(tabs, [("/", "overview-empty"), .. Empty.Select(one => ($"/{one}", $"{one}-empty"))]);
        var world = await World.MakeAsync(Owner, Model);
        await VisitAsync(tabs, [("/", "overview"), .. world.Pages]);
        foreach (var one in tabs)
            one.AssertNoProblems();
        tab.ExpectsFailures = true;
        await VisitAsync([tab], [("/bots/nothere", "not-found")]);

        TestContext.Current.SendDiagnosticMessage(
            $"{world.Pages.Count + Empty.Length + 4} pages; seconds for loading {Seconds(_loading)}, pictures {Seconds(_pictures)}, checks {Seconds(_checks)}");
        Assert.Equal("", string.Join('\n', _faults));
    }

    /// <summary>Visits pages, each with one of the tabs.</summary>
    private Task VisitAsync(IEnumerable<ConsoleTab> tabs, IEnumerable<(string Path, string Picture)> pages)
    {
        var left = new ConcurrentQueue<(string Path, string Picture)>(pages);
        return Task.WhenAll(tabs.Select(async tab =>
        {
            var session = await tab.Context.NewCDPSessionAsync(tab.Page);
            while (left.TryDequeue(out var page))
            {
                await LoadAsync(tab, page.Path, page.Picture);
                foreach (var look in Look.All)
                    await LookAsync(tab, session, look, page.Picture);
            }

            await session.DetachAsync();
        }));
    }

    private async Task LoadAsync(ConsoleTab tab, string path, string picture)
    {
        var start = Stopwatch.GetTimestamp();
        await tab.GoAsync(path);
        if (await tab.Page.Locator("cbk-try").CountAsync() > 0)
            await tab.Page.WaitForFunctionAsync("() => document.querySelector('chatbotkit-chat')?.state === 'ready'");
        // The import of a file ends while the page is looked at.
        if (picture == "dataset-files")
            await tab.SeesAsync("failed");
        Interlocked.Add(ref _loading, Stopwatch.GetTimestamp() - start);
    }

    private async Task LookAsync(ConsoleTab tab, ICDPSession session, Look look, string picture)
    {
        await look.WearAsync(tab.Page, session);
        var start = Stopwatch.GetTimestamp();
        await Pictures.TakeAsync(tab.Page, $"{look.Name}-{picture}");
        if (look.Name == "light" && picture == "bot" && Environment.GetEnvironmentVariable("CHATBOTKIT_WRITE_GUIDES") == "1")
            await tab.Page.ScreenshotAsync(new() { Path = Path.Combine(Pictures.Root, "docs", "images", "console.png") });
        Interlocked.Add(ref _pictures, Stopwatch.GetTimestamp() - start);
        start = Stopwatch.GetTimestamp();
        if (await Axe.FaultsAsync(tab.Page, look.Rules) is { Length: > 0 } faults)
            _faults.Enqueue($"{look.Name} {picture}: {faults}");
        if (await Axe.ScrollsSidewaysAsync(tab.Page))
            _faults.Enqueue($"{look.Name} {picture}: scrolls sideways");
        // A picture of another window would show nothing, so the size must have lasted until here.
        Assert.Equal(look.Width, await tab.Page.EvaluateAsync<int>("() => innerWidth"));
        Interlocked.Add(ref _checks, Stopwatch.GetTimestamp() - start);
    }

    private static string Seconds(long ticks) => $"{Stopwatch.GetElapsedTime(0, ticks).TotalSeconds:0}";
}
