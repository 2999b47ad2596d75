using System.Text.Json;
using System.Text.Json.Nodes;
using ChatBotKit.Server.Knowledge;
using ChatBotKit.Server.ModelProviders.Embeddings;

namespace ChatBotKit.Server.ModelProviders.Moderation;

/// <summary>A moderation model behind an OpenAI-compatible <c>/moderations</c>.</summary>
internal sealed class ModerationEndpoint(ModerationOptions options, HttpClient http, TimeProvider time)
{
    /// <summary>The length of the parts in which a text is sent. Models read only so much of an input.</summary>
    private const int PartLength = 8_000;

    private const int MaxCategories = 100;
    private const int MaxCategoryLength = 100;

    private readonly JsonEndpoint _endpoint = new("moderation model", options.Endpoint, "moderations", http, time);

    /// <summary>Returns the categories for which a text is flagged; null when it is not flagged.</summary>
    /// <exception cref="EmbeddingException">The endpoint can't be reached, is late, or refuses the request.</exception>
    public async Task<IReadOnlyList<string>?> CheckAsync(string text, CancellationToken cancellationToken)
    {
        var parts = Parts(text);
        var body = new JsonObject { ["model"] = options.Model, ["input"] = new JsonArray([.. parts.Select(part => JsonValue.Create(part))]) };
        using var answer = await _endpoint.PostAsync(body, cancellationToken);
        return Read(answer.RootElement, parts.Count);
    }

    private static List<string> Parts(string text)
    {
        var parts = new List<string>();
        for (var start = 0; start < text.Length;)
        {
            var end = Math.Min(start + PartLength, text.Length);
            if (end < text.Length && char.IsHighSurrogate(text[end - 1]))
                end--;
            parts.Add(text[start..end]);
            start = end;
        }

        return parts;
    }

    private List<string>? Read(JsonElement answer, int parts)
    {
        var (count, isFlagged, categories) = (0, false, new List<string>());
        try
        {
            foreach (var result in answer.GetProperty("results").EnumerateArray())
            {
                count++;
                if (!result.GetProperty("flagged").GetBoolean())
                    continue;
                isFlagged = true;
                if (result.TryGetProperty("categories", out var found) && found.ValueKind == JsonValueKind.Object)
                    categories.AddRange(found.EnumerateObject().Where(category => category.Value.ValueKind == JsonValueKind.True).Select(category => category.Name));
            }
        }
        catch (Exception exception) when (exception is KeyNotFoundException or InvalidOperationException)
        {
            throw _endpoint.Failed("sent an answer that can't be understood", exception);
        }

        if (count < parts)
            throw _endpoint.Failed($"sent {count} results for {parts} texts");
        return isFlagged ? [.. categories.Where(name => name.Length <= MaxCategoryLength).Distinct(StringComparer.Ordinal).Take(MaxCategories)] : null;
    }
}
