using System.Text.Json;
using System.Text.Json.Nodes;
using ChatBotKit.Server.Knowledge;
using ChatBotKit.Server.ModelProviders.OpenAi;

namespace ChatBotKit.Server.ModelProviders.Embeddings;

/// <summary>A reranker behind <c>/rerank</c>, in the form that Cohere, Jina and several servers of open models share.</summary>
internal sealed class RerankEndpoint(OpenAiOptions options, HttpClient http, TimeProvider time) : IReranker
{
    private readonly JsonEndpoint _endpoint = new("reranker", options, "rerank", http, time);

    public async Task<IReadOnlyList<int>> RankAsync(
        string model, string question, IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        var body = new JsonObject
        {
            ["model"] = model,
            ["query"] = question[..TokenEstimate.Fit(question, EmbeddingChecks.MaxTokens)],
            ["documents"] = new JsonArray([.. texts.Select(text => JsonValue.Create(text))]),
            ["top_n"] = texts.Count,
        };
        using var answer = await _endpoint.PostAsync(body, cancellationToken);
        return [.. Read(answer.RootElement, texts.Count).OrderByDescending(one => one.Score).Select(one => one.Place)];
    }

    private List<(int Place, double Score)> Read(JsonElement answer, int count)
    {
        var results = new Dictionary<int, double>();
        try
        {
            foreach (var result in answer.GetProperty("results").EnumerateArray())
            {
                var place = result.GetProperty("index").GetInt32();
                if (place < 0 || place >= count || !results.TryAdd(place, result.GetProperty("relevance_score").GetDouble()))
                    throw _endpoint.Failed("ranked a text that is not there, or one twice");
            }
        }
        catch (Exception exception) when (exception is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw _endpoint.Failed("sent an answer that can't be understood", exception);
        }

        return results.Count > 0 ? [.. results.Select(one => (one.Key, one.Value))] : throw _endpoint.Failed("ranked no text");
    }
}
