using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Http;

internal static class StreamFormats
{
    /// <summary>The format of a run's answer: anything but a table.</summary>
    /// <param name="request">The request.</param>
    /// <param name="otherwise">What a caller gets who takes anything.</param>
    /// <exception cref="ApiException">400: a media type that a run can't be written in.</exception>
    public static ResponseFormat Of(HttpRequest request, ResponseFormat otherwise = ResponseFormat.Json)
    {
        var format = ResponseFormats.Of(request, otherwise);
        return format != ResponseFormat.Csv
            ? format
            : throw ApiException.BadRequest(
                "Unsupported accept header: use application/json, application/jsonl or text/event-stream");
    }
}
