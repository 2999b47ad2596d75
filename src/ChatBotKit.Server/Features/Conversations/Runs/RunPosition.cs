using System.Globalization;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;

namespace ChatBotKit.Server.Features.Conversations.Runs;

/// <summary>Reads the number of the last event that a caller has received.</summary>
internal static class RunPosition
{
    /// <summary>Returns the number in the query or in the header of an event source; 0 when there is none.</summary>
    /// <exception cref="ApiException">400: the value is not a number.</exception>
    public static long Of(HttpRequest request) =>
        request.Query.TryGetValue("after", out var query) ? Parse(query[0], "\"after\"") ?? 0 : LastEventId(request) ?? 0;

    /// <summary>Returns the number that an event source sends when it reconnects; null for its first request.</summary>
    /// <exception cref="ApiException">400: the value is not a number.</exception>
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
