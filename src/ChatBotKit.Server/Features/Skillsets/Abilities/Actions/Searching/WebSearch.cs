using System.Text.Json;
using System.Text.Json.Nodes;
using ChatBotKit.Server.Features.Skillsets.Abilities.Execution;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.ModelProviders.Answers;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Actions.Searching;

/// <summary>Searches the web with the configured engine: a SearXNG server, or Brave's API.</summary>
internal sealed class WebSearch : IDisposable
{
    private const int MaxResults = 10;
    private const int MaxBytes = 2 * 1024 * 1024;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly HttpClient _client = HttpHandlers.CreateClient(HttpHandlers.Create());
    private readonly SearchOptions _options;
    private readonly TimeProvider _time;

    public WebSearch(SearchOptions options, TimeProvider time) => (_options, _time) = (options, time);

    /// <param name="kind"><c>web</c>, <c>news</c>, <c>images</c> or <c>videos</c>.</param>
    /// <param name="question">The words to look for.</param>
    /// <param name="cancellationToken">The token that cancels the search.</param>
    /// <returns>The results with their titles, addresses and texts.</returns>
    /// <exception cref="AbilityException">No engine is configured, or it gives no result.</exception>
    public async Task<JsonArray> FindAsync(string kind, string question, CancellationToken cancellationToken)
    {
        using var request = RequestOf(kind, Uri.EscapeDataString(question));
        using var limit = new CancellationTokenSource(Limit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (!response.IsSuccessStatusCode)
                throw new AbilityException($"The search engine answered with status {(int)response.StatusCode}.");
            await using var content = await response.Content.ReadAsStreamAsync(either.Token);
            var bytes = await BoundedContent.ReadAsync(content, MaxBytes, either.Token) ?? throw CanNotBeUsed();
            return ResultsOf(JsonNode.Parse(bytes.Span, documentOptions: new JsonDocumentOptions { MaxDepth = JsonRules.MaxDepth }), kind);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new AbilityException("The search engine did not answer in time.");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or JsonException)
        {
            throw CanNotBeUsed();
        }
    }

    public void Dispose() => _client.Dispose();

    private static AbilityException CanNotBeUsed() => new("The search engine can't be used now.");

    private HttpRequestMessage RequestOf(string kind, string question)
    {
        if (_options.Url is { } searx)
        {
            var category = kind == "web" ? "general" : kind;
            return new HttpRequestMessage(HttpMethod.Get, new Uri(searx, $"search?q={question}&format=json&categories={category}"));
        }

        if (_options.Key is not { } key)
            throw new AbilityException("This server has no search engine. Its operator can set CHATBOTKIT_SEARCH_URL or CHATBOTKIT_SEARCH_KEY.");
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_options.BraveUrl, $"{kind}/search?q={question}&count={MaxResults}"));
        request.Headers.Add("X-Subscription-Token", key);
        return request;
    }

    /// <summary>Reads the results of either engine.</summary>
    private static JsonArray ResultsOf(JsonNode? answer, string kind)
    {
        var list = answer is not JsonObject map ? null : map["results"] ?? map[kind]?["results"];
        if (list is not JsonArray results)
            throw new AbilityException("The answer of the search engine has no results.");
        return
        [
            .. results.OfType<JsonObject>().Take(MaxResults).Select(result => ItemOf(result, kind)),
        ];
    }

    private static JsonObject ItemOf(JsonObject result, string kind)
    {
        var item = new JsonObject
        {
            ["title"] = TextOf(result, "title"),
            ["url"] = TextOf(result, "url"),
            ["text"] = TextOf(result, "content") ?? TextOf(result, "description"),
        };
        // The address of a result is that of the page with the picture.
        var picture = TextOf(result, "img_src") ?? (result["properties"] is JsonObject properties ? TextOf(properties, "url") : null);
        if (kind == "images" && picture is { Length: > 0 })
            item["image"] = picture;
        return item;
    }

    private static string? TextOf(JsonObject result, string key) =>
        result[key] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
