using System.Collections.Concurrent;

namespace ChatBotKit.Widget.Tests.Browser;

/// <summary>A tab with the widget. Everything that a page must not do is collected, and fails the test.</summary>
internal sealed class WidgetTab : IAsyncDisposable
{
    private const float Limit = 30_000;

    private readonly IBrowserContext _context;
    private readonly HashSet<string> _hosts;

    private WidgetTab(IBrowserContext context, IPage page, params Uri[] hosts)
    {
        _context = context;
        Page = page;
        _hosts = [.. hosts.Select(host => host.Authority)];
        Watch(page);
    }

    public IPage Page { get; }

    /// <summary>The errors of the page, and its requests to other hosts.</summary>
    public ConcurrentQueue<string> Problems { get; } = [];

    /// <summary>The warnings in the console.</summary>
    public ConcurrentQueue<string> Warnings { get; } = [];

    /// <summary>The requests, as verb and address.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    /// <summary>Whether the browser reports failed requests as errors, which a test that lets them fail expects.</summary>
    public bool ExpectsFailures { get; set; }

    public ILocator Widget => Page.Locator("chatbotkit-chat");

    public ILocator Launcher => Widget.Locator("[part=launcher]");

    public ILocator Input => Widget.GetByRole(AriaRole.Textbox);

    public ILocator Answers => Widget.Locator("li.bot");

    public ILocator Questions => Widget.Locator("li.user");

    public ILocator Notice => Widget.Locator("[part=notice]");

    public static async Task<WidgetTab> OpenAsync(IBrowser browser, BrowserNewContextOptions options, string site, Uri server)
    {
        var context = await browser.NewContextAsync(options);
        context.SetDefaultTimeout(Limit);
        var tab = new WidgetTab(context, await context.NewPageAsync(), new Uri(site), server);
        await tab.Page.GotoAsync(site);
        return tab;
    }

    /// <summary>Opens the same page in a second tab of the same visitor.</summary>
    public async Task<WidgetTab> SecondAsync()
    {
        var tab = new WidgetTab(_context, await _context.NewPageAsync(), [.. _hosts.Select(host => new Uri($"http://{host}"))]);
        await tab.Page.GotoAsync(Page.Url);
        return tab;
    }

    public async Task OpenChatAsync()
    {
        await Launcher.ClickAsync();
        await Input.WaitForAsync();
    }

    public async Task SayAsync(string text)
    {
        await Input.FillAsync(text);
        await Input.PressAsync("Enter");
    }

    /// <summary>Waits until the last answer reads so, and is whole or still being written.</summary>
    public Task ReadsAsync(string text, bool isWriting = false) => WaitAsync(
        """([text, isWriting]) => { const last = [...widget.querySelectorAll('li.bot')].at(-1); return last?.querySelector('.text').textContent.trim() === text.trim() && last.classList.contains('writing') === isWriting }""",
        text, isWriting);

    /// <summary>Waits until a function returns true. It sees the shadow root as <c>widget</c> and the element as <c>chat</c>.</summary>
    public Task WaitAsync(string function, params object[] arguments) => Page.WaitForFunctionAsync(
        $"arguments_ => {{ const chat = document.querySelector('chatbotkit-chat'); const widget = chat.shadowRoot; return ({function})(arguments_) }}", arguments);

    /// <summary>Evaluates a function, which sees the shadow root as <c>widget</c> and the element as <c>chat</c>.</summary>
    public Task<T> EvaluateAsync<T>(string function, params object?[] arguments) => Page.EvaluateAsync<T>(
        $"arguments_ => {{ const chat = document.querySelector('chatbotkit-chat'); const widget = chat.shadowRoot; return ({function})(arguments_) }}", arguments);

    /// <summary>Checks that the page did nothing that it must not do.</summary>
    public void AssertNoProblems() => Assert.Empty(Problems);

    public ValueTask DisposeAsync() => new(_context.CloseAsync());

    private void Watch(IPage page)
    {
        page.PageError += (_, error) => Problems.Enqueue(error);
        page.Console += (_, message) =>
        {
            var isNetwork = message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal)
                || message.Text.Contains("blocked by CORS policy", StringComparison.Ordinal);
            if (message.Type == "error" && !(ExpectsFailures && isNetwork))
                Problems.Enqueue(message.Text);
            else if (message.Type == "warning")
                Warnings.Enqueue(message.Text);
        };
        page.Request += (_, request) =>
        {
            Requests.Enqueue($"{request.Method} {request.Url}");
            var address = new Uri(request.Url);
            if (address.Scheme is "http" or "https" && !_hosts.Contains(address.Authority))
                Problems.Enqueue($"request to {request.Url}");
        };
    }
}
