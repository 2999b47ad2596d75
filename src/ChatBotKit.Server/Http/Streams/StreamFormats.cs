using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Http;

internal static class StreamFormats
{
    /// <summary>Returns the requested format of a run's response: any format but a table.</summary>
    /// <param name="request">The request.</param>
    /// <param name="otherwise">The format for a caller that accepts any media type.</param>
    /// <exception cref="ApiException">400: the media type is not supported for runs.</exception>
    public static ResponseFormat Of(HttpRequest request, ResponseFormat otherwise = ResponseFormat.Json)
    {
        var format = ResponseFormats.Of(request, otherwise);
        return format != ResponseFormat.Csv
            ? format
            : throw ApiException.BadRequest(
                "Unsupported accept header: use application/json, application/jsonl or text/event-stream");
    }
}
