using ChatBotKit.EndToEnd.Tests.Foreign;
using ChatBotKit.TestModels;

namespace ChatBotKit.Widget.Tests.Browser;

/// <summary>A chat server with a scripted model, a page with the widget, and tabs that show it.</summary>
public abstract class WidgetTest(ChromiumBrowser browser) : IAsyncLifetime
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("chatbotkit-test-");
    private readonly List<WidgetTab> _tabs = [];
    private volatile TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private protected IBrowser Browser => browser.Require();

    private protected RestartedServer ChatServer { get; private set; } = null!;

    /// <summary>The clock of the chat server; null for the real one.</summary>
    private protected virtual TimeProvider? Time => null;

    private protected HostSite Site { get; private set; } = null!;

    private protected ScriptedModelServer Model { get; private set; } = null!;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    public virtual async ValueTask InitializeAsync()
    {
        browser.Require();
        Model = await ScriptedModelServer.StartAsync(Token);
        Model.Otherwise(Answer);
        ChatServer = new RestartedServer { Time = Time };
        await ChatServer.StartAsync(_data.FullName, Model.BaseUrl);
        Site = new HostSite(ChatServer);
        await Site.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _goOn.TrySetResult();
        foreach (var tab in _tabs)
            await tab.DisposeAsync();
        if (Site is not null)
            await Site.DisposeAsync();
        if (Model is not null)
        {
            await ChatServer.DisposeAsync();
            await Model.DisposeAsync();
        }
        _data.Delete(recursive: true);
    }

    /// <summary>Opens the page in a context of its own.</summary>
    private protected async Task<WidgetTab> OpenPageAsync(Action<BrowserNewContextOptions>? configure = null)
    {
        var options = new BrowserNewContextOptions { ViewportSize = new() { Width = 1100, Height = 800 } };
        configure?.Invoke(options);
        var tab = await WidgetTab.OpenAsync(browser.Require(), options, Site.Page ?? Site.Address, ChatServer.Address);
        _tabs.Add(tab);
        return tab;
    }

    /// <summary>Opens the page and its chat.</summary>
    private protected async Task<WidgetTab> OpenChatAsync(Action<BrowserNewContextOptions>? configure = null)
    {
        var tab = await OpenPageAsync(configure);
        await tab.OpenChatAsync();
        return tab;
    }

    /// <summary>Lets an answer that waits go on.</summary>
    protected void GoOn() => _goOn.TrySetResult();

    /// <summary>Returns the answer to a request. "Count slowly" has two halves, and the second waits for <see cref="GoOn"/>.</summary>
    private protected virtual ModelScript Answer(ScriptedRequest request)
    {
        if (!request.LastText("user").Contains("slowly", StringComparison.Ordinal))
            return new ModelScript().Text("Good ", "day.");
        _goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return new ModelScript().Text("one ", "two ").WaitFor(_goOn.Task).Text("three ", "four");
    }
}
