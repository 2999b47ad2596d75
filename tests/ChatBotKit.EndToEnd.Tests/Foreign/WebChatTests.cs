using ChatBotKit.TestModels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using WebChat;

namespace ChatBotKit.EndToEnd.Tests.Foreign;

/// <summary>
/// The page of the web chat sample in a real browser, while its page is reloaded, its server is restarted and its
/// session is revoked.
/// </summary>
public sealed class WebChatTests : IAsyncLifetime
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("chatbotkit-test-");
    private readonly RestartedServer _server = new();
    private ScriptedModelServer _model = null!;
    private volatile TaskCompletionSource _goOn = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _model = await ScriptedModelServer.StartAsync(Token);
        _model.Otherwise(Answer);
        await _server.StartAsync(_data.FullName, _model.BaseUrl);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _model.DisposeAsync();
        _data.Delete(recursive: true);
    }

    [Fact]
    public async Task Page_GoesOn_WhateverHappensToSessionConnectionAndServer()
    {
        var browser = Chromium.Path;
        Assert.SkipWhen(browser is null, Chromium.Missing);
        await using var site = WebChatSite.Create(["--urls", "http://127.0.0.1:0"], _server.Address, Server.Tests.ServerFactory.OwnerSecret);
        await site.StartAsync(Token);
        await using var control = await ControlAsync();

        await NodeProject.RunAsync("webchat.mjs", new Dictionary<string, string>
        {
            ["CHROMIUM"] = browser!,
            ["CHATBOTKIT_URL"] = _server.Address.AbsoluteUri,
            ["CHATBOTKIT_SECRET"] = Server.Tests.ServerFactory.OwnerSecret,
            ["SITE_URL"] = site.Urls.Single(),
            ["CONTROL_URL"] = control.Urls.Single(),
        });
    }

    /// <summary>Returns the answer for a request. On demand it has two halves, and the second one waits for the test.</summary>
    private ModelScript Answer(ScriptedRequest request)
    {
        var question = request.LastText("user");
        if (!question.Contains("slowly", StringComparison.Ordinal))
            return new ModelScript().Text("Good ", "day.");
        _goOn = new TaskCompletionSource();
        return new ModelScript().Text("one ", "two ").WaitFor(_goOn.Task).Text("three ", "four");
    }

    /// <summary>Starts an endpoint with which the script in the browser controls the servers.</summary>
    private async Task<WebApplication> ControlAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapPost("/go-on", () => _goOn.TrySetResult());
        app.MapPost("/restart", () => _server.RestartAsync());
        await app.StartAsync(Token);
        return app;
    }
}
