using System.Text;

namespace ChatBotKit.Faults.Contract;

/// <summary>A request, and what is known about its response in advance.</summary>
/// <param name="Operation">The intended operation.</param>
/// <param name="Verb">The HTTP method, usually that of the operation.</param>
/// <param name="Target">The path and query; see <see cref="Address"/>.</param>
/// <param name="Headers">All headers except those of the body.</param>
/// <param name="Body">The body; null for none.</param>
/// <param name="ContentType">The content type of the body; null for none.</param>
/// <param name="IsChunked">Whether the body is sent without a length.</param>
/// <param name="MustFail">The reason why the request must fail; null when it may succeed.</param>
internal sealed record FuzzRequest(
    DescribedOperation Operation,
    string Verb,
    string Target,
    IReadOnlyList<KeyValuePair<string, string>> Headers,
    byte[]? Body,
    string? ContentType,
    bool IsChunked,
    string? MustFail)
{
    /// <summary>
    /// The path and query as they are sent. Characters outside ASCII are escaped, because for the first of them the HTTP client
    /// sends what its buffer held before.
    /// </summary>
    public string Address => string.Concat(Target.EnumerateRunes().Select(
        rune => rune.IsAscii ? rune.ToString() : Uri.EscapeDataString(rune.ToString())));

    /// <summary>Whether the request names this media type in Accept.</summary>
    public bool Accepts(string mediaType) =>
        Headers.Any(header => header.Key == "Accept" && header.Value.Contains(mediaType, StringComparison.OrdinalIgnoreCase));

    public HttpRequestMessage ToMessage(Uri server)
    {
        // Otherwise the path would be normalized before it is sent.
        var asItIs = new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true };
        var message = new HttpRequestMessage(new HttpMethod(Verb), new Uri($"http://{server.Authority}{Address}", asItIs));
        foreach (var (name, value) in Headers)
            message.Headers.TryAddWithoutValidation(name, value);
        if (Body is null)
            return message;
        message.Content = new ByteArrayContent(Body);
        if (ContentType is not null)
            message.Content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
        if (Headers.FirstOrDefault(header => header.Key == "Content-Encoding").Value is { } encoding)
            message.Content.Headers.ContentEncoding.Add(encoding);
        if (IsChunked)
        {
            message.Headers.TransferEncodingChunked = true;
            message.Content.Headers.ContentLength = null;
        }

        return message;
    }

    /// <summary>Returns a command that sends the request again.</summary>
    public string ToCurl(Uri server)
    {
        var text = new StringBuilder();
        if (Body is not null)
            text.Append("base64 -d <<< '").Append(Convert.ToBase64String(Body)).Append("' | ");
        text.Append("curl -i --path-as-is -X ").Append(Verb).Append(' ').Append(Quoted($"http://{server.Authority}{Address}"));
        foreach (var (name, value) in Headers)
            text.Append(" -H ").Append(Quoted($"{name}: {value}"));
        if (ContentType is not null)
            text.Append(" -H ").Append(Quoted($"Content-Type: {ContentType}"));
        if (IsChunked)
            text.Append(" -H 'Transfer-Encoding: chunked'");
        return Body is null ? text.ToString() : text.Append(" --data-binary @-").ToString();
    }

    private static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
