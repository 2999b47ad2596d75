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
/// A model endpoint with OpenAI's streaming <c>/chat/completions</c> over real HTTP on a free loopback port. Tests script its
/// responses, and it records the requests.
/// </summary>
public sealed class ScriptedModelServer : IAsyncDisposable
{
    /// <summary>The text of a response without a script.</summary>
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

    /// <summary>The value for <c>OPENAI_BASE_URL</c>.</summary>
    public Uri BaseUrl => new(
        _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/v1");

    /// <summary>All requests so far, in the order of their arrival.</summary>
    public IReadOnlyList<ScriptedRequest> Requests => [.. _requests];

    public static async Task<ScriptedModelServer> StartAsync(CancellationToken cancellationToken = default)
    {
        var server = new ScriptedModelServer();
        await server._app.StartAsync(cancellationToken);
        return server;
    }

    /// <summary>Adds a script for the next request without one.</summary>
    public ScriptedModelServer Answer(Action<ModelScript> write)
    {
        var script = new ModelScript();
        write(script);
        _scripts.Enqueue(script);
        return this;
    }

    /// <summary>Sets the script for all requests without one.</summary>
    public ScriptedModelServer Otherwise(Func<ScriptedRequest, ModelScript> answer)
    {
        _otherwise = answer;
        return this;
    }

    /// <summary>Waits for the next request that was not taken yet.</summary>
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
            // The client has disconnected or the server is stopping.
            context.Abort();
        }
    }
}
