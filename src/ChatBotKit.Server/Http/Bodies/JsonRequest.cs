using Microsoft.AspNetCore.Http.Metadata;

namespace ChatBotKit.Server.Http;

/// <summary>
/// Marks a route that takes JSON, and names the record of its body for the description of the API. It names no content type, which
/// the description takes for JSON: for a route with content types the framework makes several nodes of its routing table and
/// another jump table, which cost memory and a good part of the start. <see cref="ApiMiddleware"/> checks the content type.
/// </summary>
/// <param name="body">The record.</param>
internal sealed class JsonRequest(Type body) : IAcceptsMetadata
{
    private const string ContentType = "application/json";

    public IReadOnlyList<string> ContentTypes => [];

    public Type RequestType => body;

    public bool IsOptional => true;

    /// <summary>Whether a request may go on to the handler, which refuses a body without a content type.</summary>
    public static bool Takes(string? contentType)
    {
        if (string.IsNullOrEmpty(contentType))
            return true;
        var end = contentType.IndexOf(';', StringComparison.Ordinal);
        return (end < 0 ? contentType : contentType.AsSpan(0, end)).Trim().Equals(ContentType, StringComparison.OrdinalIgnoreCase);
    }
}
