using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace ChatBotKit.Testing;

/// <summary>A request, as it would have been sent.</summary>
/// <param name="Method">The HTTP method, in capitals.</param>
/// <param name="Url">The whole address.</param>
/// <param name="Headers">
/// The headers of the request and its body. Names are case-insensitive, and several values are joined by a comma.
/// </param>
/// <param name="Body">The body as text; empty when there was none.</param>
public sealed record SentRequest(string Method, Uri Url, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>Gets verb, path with query and body, on up to two lines: what a test of the wire compares.</summary>
    public string Verbatim => Body.Length == 0 ? $"{Method} {Url.PathAndQuery}" : $"{Method} {Url.PathAndQuery}\n{Body}";

    /// <summary>Gets the body as JSON; null when there was none.</summary>
    /// <exception cref="JsonException">The body is not JSON.</exception>
    public JsonNode? Json => Body.Length == 0 ? null : JsonNode.Parse(Body);

    internal bool AsksForLines =>
        Headers.TryGetValue("Accept", out var accept) && accept.Contains(ScriptedAnswer.LinesType, StringComparison.Ordinal);

    /// <summary>Reads the body as a record of the API.</summary>
    /// <typeparam name="T">The record, for example <c>ConversationCreateRequest</c>.</typeparam>
    /// <returns>The record.</returns>
    /// <exception cref="JsonException">The body is not a record of this type.</exception>
    public T ReadBody<T>() =>
        JsonSerializer.Deserialize(Body, (JsonTypeInfo<T>)ChatBotKitJson.ClientOptions.GetTypeInfo(typeof(T)))
        ?? throw new JsonException("The body is null.");

    internal static async Task<SentRequest> OfAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        var body = message.Content is null ? "" : await message.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        var headers = message.Headers.Concat(message.Content?.Headers ?? Enumerable.Empty<KeyValuePair<string, IEnumerable<string>>>());
        return new SentRequest(
            message.Method.Method,
            message.RequestUri!,
            headers.ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase),
            body);
    }
}
