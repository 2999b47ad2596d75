using Microsoft.AspNetCore.Http.Metadata;

namespace ChatBotKit.Server.Http;

/// <summary>
/// Marks a route with a JSON body, and names its record for the API's description. It declares no content type, which the
/// description takes for JSON. With declared content types the framework would create several nodes and another jump table for each
/// route, which cost memory and a good part of the start. <see cref="ApiMiddleware"/> checks the content type instead.
/// </summary>
/// <param name="body">The record of the body.</param>
internal sealed class JsonRequest(Type body) : IAcceptsMetadata
{
    private const string ContentType = "application/json";

    public IReadOnlyList<string> ContentTypes => [];

    public Type RequestType => body;

    public bool IsOptional => true;

    /// <summary>
    /// Whether a request with this content type reaches the handler. A body without a content type is refused by the handler.
    /// </summary>
    public static bool Takes(string? contentType)
    {
        if (string.IsNullOrEmpty(contentType))
            return true;
        var end = contentType.IndexOf(';', StringComparison.Ordinal);
        return (end < 0 ? contentType : contentType.AsSpan(0, end)).Trim().Equals(ContentType, StringComparison.OrdinalIgnoreCase);
    }
}
