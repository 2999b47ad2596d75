using System.Globalization;
using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Http;

/// <summary>Reads times from the query of a request.</summary>
internal static class QueryTime
{
    private static readonly string[] Formats =
    [
        "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
    ];

    /// <param name="text">A time in ISO 8601, in UTC when it has no offset; null or empty for none.</param>
    /// <param name="field">The name of the parameter.</param>
    /// <param name="faults">Gets a fault when the text is not a time.</param>
    public static DateTimeOffset? Read(string? text, string field, Faults faults)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        if (DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            return time;
        faults.Add($"\"{field}\" must be an ISO 8601 time, for example 2026-01-31T12:00:00Z");
        return null;
    }

    /// <summary>Checks the order of the parameters <c>from</c> and <c>to</c>. A period without one of them has no order.</summary>
    /// <exception cref="ApiException">400: the end is before the start.</exception>
    public static void RequireOrder(DateTimeOffset? from, DateTimeOffset? to)
    {
        if (from > to)
            throw ApiException.BadRequest("\"from\" must not be later than \"to\"");
    }
}
