using System.Collections.Concurrent;
using ChatBotKit.Server.Tests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ChatBotKit.EndToEnd.Tests.Foreign;

/// <summary>A server that can close its connections, and restart at the same address with the same data.</summary>
internal sealed class RestartedServer : IAsyncDisposable
{
    private readonly ConcurrentDictionary<HttpContext, bool> _open = new();
    private WebApplication _app = null!;
    private string _directory = "";
    private Uri _model = null!;
    private volatile bool _isGoing;

    public Uri Address { get; private set; } = new("http://127.0.0.1:0");

    /// <summary>The clock of the server; null for the real one.</summary>
    public TimeProvider? Time { get; init; }

    public async Task StartAsync(string directory, Uri model)
    {
        (_directory, _model, _isGoing) = (directory, model, false);
        _app = await ServerFactory.StartInAsync(directory, app => app.Use(WatchAsync), Time, settings: new Dictionary<string, string?>
        {
            ["urls"] = Address.GetLeftPart(UriPartial.Authority),
            ["OPENAI_BASE_URL"] = model.AbsoluteUri,
            ["OPENAI_MODELS"] = "scripted",
        });
        Address = new Uri(_app.Urls.Single());
    }

    /// <summary>Aborts every open connection.</summary>
    public void Cut()
    {
        foreach (var context in _open.Keys)
            context.Abort();
    }

    /// <summary>Stops without ending open streams, and restarts.</summary>
    public async Task RestartAsync()
    {
        _isGoing = true;
        Cut();
        await _app.DisposeAsync();
        await StartAsync(_directory, _model);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task WatchAsync(HttpContext context, RequestDelegate next)
    {
        _open[context] = true;
        try
        {
            if (_isGoing)
                context.Abort();
            else
                await next(context);
        }
        finally
        {
            _open.TryRemove(context, out _);
        }
    }
}
