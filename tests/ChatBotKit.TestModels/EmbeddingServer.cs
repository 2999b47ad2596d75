using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
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
/// An endpoint with OpenAI's <c>/embeddings</c> and with <c>/rerank</c> over real HTTP on a free loopback port. Its model adds up a
/// dimension for each word; words that a test calls synonyms have the same one. Its reranker prefers the shortest text.
/// </summary>
public sealed class EmbeddingServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<EmbeddingRequest> _requests = [];
    private readonly ConcurrentDictionary<string, string> _synonyms = new(StringComparer.Ordinal);

    private EmbeddingServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.MapPost("/v1/embeddings", context => AnswerAsync(context, request => Embed(request.Texts)));
        _app.MapPost("/v1/rerank", context => AnswerAsync(context, request => Rank(request.Texts)));
    }

    /// <summary>The value for <c>CHATBOTKIT_EMBEDDING_URL</c> and <c>CHATBOTKIT_RERANK_URL</c>.</summary>
    public Uri BaseUrl => new(
        _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/v1");

    /// <summary>All requests so far, in the order of their arrival.</summary>
    public IReadOnlyList<EmbeddingRequest> Requests => [.. _requests];

    /// <summary>All texts that were embedded so far.</summary>
    public IReadOnlyList<string> Texts => [.. _requests.Where(request => request.Route == "embeddings").SelectMany(request => request.Texts)];

    /// <summary>The number of dimensions.</summary>
    public int Dimensions { get; set; } = 64;

    /// <summary>
    /// Answers a request in another way: returns true when it has done so. The model answers all others.
    /// </summary>
    public Func<EmbeddingRequest, HttpResponse, Task<bool>>? Instead { get; set; }

    public static async Task<EmbeddingServer> StartAsync(CancellationToken cancellationToken = default)
    {
        var server = new EmbeddingServer();
        await server._app.StartAsync(cancellationToken);
        return server;
    }

    /// <summary>Makes words mean the same.</summary>
    public EmbeddingServer Synonyms(params string[] words)
    {
        foreach (var word in words)
            _synonyms[word] = words[0];
        return this;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context, Func<EmbeddingRequest, JsonObject> answer)
    {
        var body = await JsonSerializer.DeserializeAsync<JsonElement>(
            context.Request.Body, JsonSerializerOptions.Default, context.RequestAborted);
        var request = new EmbeddingRequest(context.Request.Path.Value!.Split('/')[^1], body, context.Request.Headers.Authorization, context.RequestAborted);
        _requests.Enqueue(request);
        if (Instead is { } instead && await instead(request, context.Response))
            return;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(answer(request).ToJsonString(), context.RequestAborted);
    }

    private JsonObject Embed(IReadOnlyList<string> texts) => new()
    {
        ["object"] = "list",
        // Not in their order, which the index tells.
        ["data"] = new JsonArray([.. texts.Index().Reverse().Select(text => new JsonObject
        {
            ["index"] = text.Index,
            ["embedding"] = new JsonArray([.. VectorOf(text.Item).Select(value => JsonValue.Create(value))]),
        })]),
    };

    private static JsonObject Rank(IReadOnlyList<string> texts) => new()
    {
        ["results"] = new JsonArray([.. texts.Index().Select(text => new JsonObject
        {
            ["index"] = text.Index,
            ["relevance_score"] = 1.0 / (1 + text.Item.Length),
        })]),
    };

    private float[] VectorOf(string text)
    {
        var vector = new float[Dimensions];
        // Every text has a little of this, so that no vector is zero.
        vector[0] = 0.1f;
        foreach (var word in text.ToLower(CultureInfo.InvariantCulture).Split([' ', '.', ',', '?', '\n'], StringSplitOptions.RemoveEmptyEntries))
            vector[1 + (PlaceOf(_synonyms.GetValueOrDefault(word, word)) % (Dimensions - 1))]++;
        return vector;
    }

    private static int PlaceOf(string word) => Encoding.UTF8.GetBytes(word).Aggregate(17, (sum, value) => (sum * 31 + value) & 0xFFFFFF);
}

/// <summary>A request to an <see cref="EmbeddingServer"/>.</summary>
/// <param name="Route"><c>embeddings</c> or <c>rerank</c>.</param>
/// <param name="Body">The body.</param>
/// <param name="Authorization">The header.</param>
/// <param name="Aborted">Cancelled when the client disconnects.</param>
public sealed record EmbeddingRequest(string Route, JsonElement Body, string? Authorization, CancellationToken Aborted)
{
    /// <summary>The texts to embed or to rank.</summary>
    public IReadOnlyList<string> Texts =>
        [.. Body.GetProperty(Route == "rerank" ? "documents" : "input").EnumerateArray().Select(text => text.GetString()!)];
}
