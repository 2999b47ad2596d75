using System.Text.Json;
using System.Text.Json.Nodes;
using ChatBotKit.Server.Knowledge;

namespace ChatBotKit.Server.ModelProviders.Embeddings;

/// <summary>An embedding model behind an OpenAI-compatible <c>/embeddings</c>.</summary>
internal sealed class EmbeddingEndpoint(EmbeddingOptions options, HttpClient http, TimeProvider time) : IEmbeddingModel
{
    private const string Name = "embedding model";

    private readonly JsonEndpoint _endpoint = new(Name, options.Endpoint, "embeddings", http, time);
    private readonly EmbeddingChecks _checks = new(Name);

    // A model of the same name at another address is taken for the same, so that a server can move.
    public string Identity => $"{options.Model}\n{options.PassagePrefix}";

    public EmbeddedTexts Texts => options.Texts;

    public Task<IReadOnlyList<float[]>> EmbedAsync(IReadOnlyList<string> passages, CancellationToken cancellationToken) =>
        AskAsync([.. passages.Select(passage => EmbeddingChecks.Cut(options.PassagePrefix, passage))], cancellationToken);

    public async Task<float[]> EmbedQuestionAsync(string question, CancellationToken cancellationToken) =>
        (await AskAsync([EmbeddingChecks.Cut(options.QuestionPrefix, question)], cancellationToken))[0];

    private async Task<IReadOnlyList<float[]>> AskAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["model"] = options.Model, ["input"] = new JsonArray([.. texts.Select(text => JsonValue.Create(text))]) };
        using var answer = await _endpoint.PostAsync(body, cancellationToken);
        var vectors = Read(answer.RootElement, texts.Count);
        _checks.Check(vectors, texts.Count);
        return vectors;
    }

    private float[][] Read(JsonElement answer, int count)
    {
        var vectors = new float[count][];
        try
        {
            foreach (var (place, item) in answer.GetProperty("data").EnumerateArray().Index())
            {
                var index = item.TryGetProperty("index", out var given) ? given.GetInt32() : place;
                vectors[index] = [.. item.GetProperty("embedding").EnumerateArray().Select(value => value.GetSingle())];
            }
        }
        catch (Exception exception) when (exception is KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            throw _endpoint.Failed("sent an answer that can't be understood", exception);
        }

        return Array.TrueForAll(vectors, vector => vector is not null) ? vectors : throw _endpoint.Failed("left out the vector of a text");
    }
}
