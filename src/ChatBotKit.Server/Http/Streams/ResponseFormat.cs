using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Http;

/// <summary>How an answer that can stream is written.</summary>
internal enum ResponseFormat
{
    /// <summary>One JSON document.</summary>
    Json,

    /// <summary>One JSON object per line.</summary>
    JsonLines,

    /// <summary>Server-sent events.</summary>
    ServerSentEvents,

    /// <summary>A table; lists and exports only.</summary>
    Csv,
}

internal static class ResponseFormats
{
    /// <summary>
    /// What the caller asks for in <c>Accept</c>. Only the first media type counts and its parameters do not.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="otherwise">What a caller gets who takes anything.</param>
    /// <exception cref="ApiException">400: a media type that is not served.</exception>
    public static ResponseFormat Of(HttpRequest request, ResponseFormat otherwise = ResponseFormat.Json)
    {
        var accept = request.Headers.Accept;
        var first = accept.Count == 0 ? default : accept[0].AsSpan();
        var end = first.IndexOfAny(',', ';');
        var type = (end < 0 ? first : first[..end]).Trim();
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

    /// <summary>The content type of an answer in this format.</summary>
    public static string ContentType(this ResponseFormat format) => format switch
    {
        ResponseFormat.JsonLines => "application/jsonl",
        ResponseFormat.ServerSentEvents => "text/event-stream",
        ResponseFormat.Csv => "text/csv",
        _ => "application/json",
    };

    private static bool Is(ReadOnlySpan<char> type, string expected) => type.Equals(expected, StringComparison.OrdinalIgnoreCase);
}
