using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChatBotKit.TestModels;

/// <summary>
/// A model endpoint that speaks OpenAI's streaming <c>/chat/completions</c> over real HTTP on a free local port, says
/// what tests tell it to, and keeps what it was asked.
/// </summary>
public sealed class ScriptedModelServer : IAsyncDisposable
{
    /// <summary>What a model says that nobody gave a script.</summary>
    public const string DefaultText = "This is the scripted model.";

    private readonly WebApplication _app;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentQueue<ModelScript> _scripts = [];
    private readonly ConcurrentQueue<ScriptedRequest> _requests = [];
    private readonly Channel<ScriptedRequest> _arrivals = Channel.CreateUnbounded<ScriptedRequest>();
    private Func<ScriptedRequest, ModelScript> _otherwise = static _ => new ModelScript().Text(DefaultText).Usage(3, 5);

    private ScriptedModelServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.MapPost("/v1/chat/completions", AnswerAsync);
    }

    /// <summary>For <c>OPENAI_BASE_URL</c>.</summary>
    public Uri BaseUrl => new(
        _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/v1");

    /// <summary>Every request so far, in the order of arrival.</summary>
    public IReadOnlyList<ScriptedRequest> Requests => [.. _requests];

    public static async Task<ScriptedModelServer> StartAsync(CancellationToken cancellationToken = default)
    {
        var server = new ScriptedModelServer();
        await server._app.StartAsync(cancellationToken);
        return server;
    }

    /// <summary>Tells the answer to the next request that has none yet.</summary>
    public ScriptedModelServer Answer(Action<ModelScript> write)
    {
        var script = new ModelScript();
        write(script);
        _scripts.Enqueue(script);
        return this;
    }

    /// <summary>Tells the answer to all requests for which no script waits.</summary>
    public ScriptedModelServer Otherwise(Func<ScriptedRequest, ModelScript> answer)
    {
        _otherwise = answer;
        return this;
    }

    /// <summary>The next request that was not taken yet; waits for it.</summary>
    public ValueTask<ScriptedRequest> NextRequestAsync(CancellationToken cancellationToken) =>
        _arrivals.Reader.ReadAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _app.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var body = await JsonSerializer.DeserializeAsync<JsonElement>(
            context.Request.Body, JsonSerializerOptions.Default, context.RequestAborted);
        var request = new ScriptedRequest(body, context.Request.Headers.Authorization, context.RequestAborted);
        var script = _scripts.TryDequeue(out var next) ? next : _otherwise(request);
        _requests.Enqueue(request);
        _arrivals.Writer.TryWrite(request);

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stopping.Token);
        context.Response.StatusCode = script.Status;
        context.Response.ContentType = script.ContentType;
        if (script.RetryAfter is not null)
            context.Response.Headers.RetryAfter = script.RetryAfter;
        if (script.ContentEncoding is not null)
            context.Response.Headers.ContentEncoding = script.ContentEncoding;
        try
        {
            await script.PlayAsync(new ScriptedResponse(context, _requests.Count, ended.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or IOException && ended.IsCancellationRequested)
        {
            // The client has left or the server is stopping: there is nobody to tell.
            context.Abort();
        }
    }
}
