using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChatBotKit.TestModels;

/// <summary>
/// An endpoint with OpenAI's <c>/moderations</c> over real HTTP on a free loopback port. It flags texts with the word <c>harm</c>, as
/// <c>violence</c>.
/// </summary>
public sealed class ModerationServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<JsonElement> _requests = [];

    private ModerationServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.MapPost("/v1/moderations", AnswerAsync);
    }

    /// <summary>The value for <c>CHATBOTKIT_MODERATION_URL</c>.</summary>
    public Uri BaseUrl => new(
        _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/v1");

    /// <summary>All texts that were checked so far.</summary>
    public IReadOnlyList<string> Texts => [.. _requests.SelectMany(request => request.GetProperty("input").EnumerateArray()).Select(text => text.GetString()!)];

    /// <summary>The bodies of all requests so far.</summary>
    public IReadOnlyList<JsonElement> Requests => [.. _requests];

    /// <summary>Answers requests in another way.</summary>
    public Func<HttpContext, Task>? Instead { get; set; }

    public static async Task<ModerationServer> StartAsync(CancellationToken cancellationToken = default)
    {
        var server = new ModerationServer();
        await server._app.StartAsync(cancellationToken);
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var body = await JsonSerializer.DeserializeAsync<JsonElement>(
            context.Request.Body, JsonSerializerOptions.Default, context.RequestAborted);
        _requests.Enqueue(body);
        if (Instead is { } instead)
        {
            await instead(context);
            return;
        }

        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(Results(body).ToJsonString(), context.RequestAborted);
    }

    private static JsonObject Results(JsonElement body) => new()
    {
        ["results"] = new JsonArray([.. body.GetProperty("input").EnumerateArray().Select(text =>
        {
            var isFlagged = text.GetString()!.Contains("harm", StringComparison.Ordinal);
            return (JsonNode)new JsonObject
            {
                ["flagged"] = isFlagged,
                ["categories"] = new JsonObject { ["violence"] = isFlagged, ["hate"] = false },
            };
        })]),
    };
}
