using System.Collections.Concurrent;

namespace ChatBotKit.AdminConsole.Tests.Browser;

/// <summary>A tab with the console. Whatever a page must not do is collected: errors, refusals of the content policy, and requests to other hosts.</summary>
internal sealed class ConsoleTab : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly Uri _server;

    private ConsoleTab(IBrowserContext context, IPage page, Uri server)
    {
        (_context, Page, _server) = (context, page, server);
        Watch(page);
    }

    public IPage Page { get; }

    public ConcurrentQueue<string> Problems { get; } = [];

    public ConcurrentQueue<IRequest> Requests { get; } = [];

    /// <summary>Whether pages with an error are expected, which the browser reports as failed requests.</summary>
    public bool ExpectsFailures { get; set; }

    public IBrowserContext Context => _context;

    public static async Task<ConsoleTab> OpenAsync(IBrowser browser, BrowserNewContextOptions options, Uri server)
    {
        var context = await browser.NewContextAsync(options);
        context.SetDefaultTimeout(20_000);
        return new ConsoleTab(context, await context.NewPageAsync(), server);
    }

    /// <summary>Opens a second tab of the same browser, with the same sign-in.</summary>
    public async Task<ConsoleTab> OpenAnotherAsync() => new(_context, await _context.NewPageAsync(), _server);

    public Task GoAsync(string path) => Page.GotoAsync(new Uri(_server, "/console" + path).AbsoluteUri);

    public async Task SignInAsync(string secret)
    {
        await GoAsync("/sign-in");
        await Page.GetByLabel("API token").FillAsync(secret);
        await ClickAsync("Sign in");
    }

    public Task ClickAsync(string button) => Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    public Task FollowAsync(string link) => Page.GetByRole(AriaRole.Link, new() { Name = link, Exact = true }).First.ClickAsync();

    /// <summary>Waits for a text. When it does not come, the failure says what the page shows.</summary>
    public async Task SeesAsync(string text)
    {
        try
        {
            await Page.GetByText(text).First.WaitForAsync();
        }
        catch (TimeoutException)
        {
            Assert.Fail($"\"{text}\" is not on {Page.Url}: {await Page.Locator("main").InnerTextAsync()}");
        }
    }

    public Task IsAtAsync(string heading) => Page.GetByRole(AriaRole.Heading, new() { Name = heading, Exact = true, Level = 1 }).WaitForAsync();

    /// <summary>Checks the page for faults that keep people from using it.</summary>
    public async Task AssertAccessibleAsync()
    {
        var faults = await Axe.FaultsAsync(Page);
        Assert.True(faults.Length == 0, $"{Page.Url}: {faults}");
        Assert.False(await Axe.ScrollsSidewaysAsync(Page), $"{Page.Url} scrolls sideways");
    }

    public void AssertNoProblems() => Assert.Equal("", string.Join(" | ", Problems));

    public ValueTask DisposeAsync() => new(_context.CloseAsync());

    private void Watch(IPage page)
    {
        page.PageError += (_, error) => Problems.Enqueue(error);
        page.Console += (_, message) =>
        {
            var isNetwork = message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal);
            if (message.Type == "error" && !(ExpectsFailures && isNetwork))
                Problems.Enqueue($"{page.Url}: {message.Text}");
        };
        page.Request += (_, request) =>
        {
            Requests.Enqueue(request);
            var address = new Uri(request.Url);
            if (address.Scheme is "http" or "https" && address.Authority != _server.Authority)
                Problems.Enqueue($"request to {request.Url}");
        };
    }
}
