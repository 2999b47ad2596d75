using ChatBotKit.TestModels;
using ChatBotKit.Widget.Tests.Browser;

// One browser and two cores: tests that run at the same time only slow each other down.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: AssemblyFixture(typeof(ChromiumBrowser))]

namespace ChatBotKit.Widget.Tests.Browser;

/// <summary>The Chromium of the distribution, started once for all tests. Tests are skipped when it is not installed.</summary>
public sealed class ChromiumBrowser : IAsyncLifetime
{
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (Chromium.Path is not { } path)
            return;
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = Arguments });
    }

    /// <summary>Returns the browser, or skips the test.</summary>
    public IBrowser Require()
    {
        Assert.SkipWhen(_browser is null, Chromium.Missing);
        return _browser;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
