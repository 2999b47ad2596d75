namespace ChatBotKit.Testing.Sdk;

/// <summary>A request as it would have gone over the wire.</summary>
public sealed record SentRequest(string Method, Uri Url, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>Gets verb, path with query and body, on up to two lines.</summary>
    public string Verbatim => Body.Length == 0 ? $"{Method} {Url.PathAndQuery}" : $"{Method} {Url.PathAndQuery}\n{Body}";

    public static async Task<SentRequest> OfAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        var body = message.Content is null ? "" : await message.Content.ReadAsStringAsync(cancellationToken);
        var headers = message.Headers.Concat(message.Content?.Headers ?? Enumerable.Empty<KeyValuePair<string, IEnumerable<string>>>());
        return new SentRequest(
            message.Method.Method,
            message.RequestUri!,
            headers.ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase),
            body);
    }
}
