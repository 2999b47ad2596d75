using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Http;

/// <summary>The formats of a response that can be streamed.</summary>
internal enum ResponseFormat
{
    /// <summary>One JSON document.</summary>
    Json,

    /// <summary>One JSON object per line.</summary>
    JsonLines,

    /// <summary>Server-sent events.</summary>
    ServerSentEvents,

    /// <summary>A table; only for lists and exports.</summary>
    Csv,
}

internal static class ResponseFormats
{
    /// <summary>
    /// Returns the format that the caller requests in <c>Accept</c>. Only the first media type counts; its parameters are ignored.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="otherwise">The format for a caller that accepts any media type.</param>
    /// <exception cref="ApiException">400: the media type is not supported.</exception>
    public static ResponseFormat Of(HttpRequest request, ResponseFormat otherwise = ResponseFormat.Json)
    {
        var type = FirstAccepted(request);
        if (type.IsEmpty || type is "*/*")
            return otherwise;
        if (Is(type, "application/json"))
            return ResponseFormat.Json;
        if (Is(type, "application/jsonl") || Is(type, "application/x-ndjson"))
            return ResponseFormat.JsonLines;
        if (Is(type, "text/event-stream"))
            return ResponseFormat.ServerSentEvents;
        return Is(type, "text/csv")
            ? ResponseFormat.Csv
            : throw ApiException.BadRequest(
                "Unsupported accept header: use application/json, application/jsonl, text/event-stream or text/csv");
    }

    /// <summary>Whether the caller requests JSON where a file is the response for every other caller.</summary>
    public static bool WantsJson(HttpRequest request) => Is(FirstAccepted(request), "application/json");

    /// <summary>Returns the content type of the format.</summary>
    public static string ContentType(this ResponseFormat format) => format switch
    {
        ResponseFormat.JsonLines => "application/jsonl",
        ResponseFormat.ServerSentEvents => "text/event-stream",
        ResponseFormat.Csv => "text/csv",
        _ => "application/json",
    };

    private static ReadOnlySpan<char> FirstAccepted(HttpRequest request)
    {
        var accept = request.Headers.Accept;
        var first = accept.Count == 0 ? default : accept[0].AsSpan();
        var end = first.IndexOfAny(',', ';');
        return (end < 0 ? first : first[..end]).Trim();
    }

    private static bool Is(ReadOnlySpan<char> type, string expected) => type.Equals(expected, StringComparison.OrdinalIgnoreCase);
}
