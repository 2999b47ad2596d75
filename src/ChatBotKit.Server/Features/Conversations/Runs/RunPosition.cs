using System.Globalization;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;

namespace ChatBotKit.Server.Features.Conversations.Runs;

/// <summary>The number of the last event that a caller has of a run.</summary>
internal static class RunPosition
{
    /// <summary>From the query, or as an event source sends it; 0 when the caller has none.</summary>
    /// <exception cref="ApiException">400: not a number.</exception>
    public static long Of(HttpRequest request) =>
        request.Query.TryGetValue("after", out var query) ? Parse(query[0], "\"after\"") ?? 0 : LastEventId(request) ?? 0;

    /// <summary>What an event source that lost its connection sends; null when this is its first request.</summary>
    /// <exception cref="ApiException">400: not a number.</exception>
    public static long? LastEventId(HttpRequest request) =>
        Parse(request.Headers[ApiHeaders.LastEventId].FirstOrDefault(), $"The header {ApiHeaders.LastEventId}");

    private static long? Parse(string? text, string name)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw ApiException.BadRequest($"{name} must be the number of an event");
    }
}
