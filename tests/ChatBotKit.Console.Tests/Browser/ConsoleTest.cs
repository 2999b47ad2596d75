using ChatBotKit.Server.Tests;
using ChatBotKit.TestModels;
using ChatBotKit.Widget.Tests.Browser;

namespace ChatBotKit.AdminConsole.Tests.Browser;

/// <summary>A server with a scripted model, and tabs with its console.</summary>
public abstract class ConsoleTest(ChromiumBrowser browser) : IAsyncLifetime
{
    private readonly List<ConsoleTab> _tabs = [];

    private protected ServerFactory Server { get; private set; } = null!;

    private protected ScriptedModelServer Model { get; private set; } = null!;

    private protected HttpClient Owner { get; private set; } = null!;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    public virtual async ValueTask InitializeAsync()
    {
        browser.Require();
        Model = await ScriptedModelServer.StartAsync(Token);
        Model.Otherwise(_ => new ModelScript().Text("We open at ", "9:00."));
        Server = await ServerFactory.StartAsync(settings: new Dictionary<string, string?>
        {
            ["OPENAI_BASE_URL"] = Model.BaseUrl.AbsoluteUri,
            ["OPENAI_MODELS"] = "scripted",
        });
        Owner = Server.Client();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var tab in _tabs)
            await tab.DisposeAsync();
        Owner?.Dispose();
        if (Server is not null)
            await Server.DisposeAsync();
        if (Model is not null)
            await Model.DisposeAsync();
    }

    private protected async Task<ConsoleTab> OpenAsync(Action<BrowserNewContextOptions>? configure = null)
    {
        var options = new BrowserNewContextOptions { ViewportSize = new() { Width = 1280, Height = 900 }, ReducedMotion = ReducedMotion.Reduce };
        configure?.Invoke(options);
        var tab = await ConsoleTab.OpenAsync(browser.Require(), options, Server.Address);
        _tabs.Add(tab);
        return tab;
    }

    /// <summary>Opens the console with somebody signed in.</summary>
    private protected async Task<ConsoleTab> SignedInAsync(Action<BrowserNewContextOptions>? configure = null)
    {
        var tab = await OpenAsync(configure);
        await tab.SignInAsync(ServerFactory.OwnerSecret);
        await tab.IsAtAsync("Overview");
        return tab;
    }
}
