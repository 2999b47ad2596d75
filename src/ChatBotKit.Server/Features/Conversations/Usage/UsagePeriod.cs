using System.Globalization;
using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Features.Conversations.Usage;

/// <summary>The parameters <c>from</c> and <c>to</c>, in Unix milliseconds and both inclusive.</summary>
internal readonly record struct UsagePeriod(long From, long To)
{
    private static readonly TimeSpan DefaultLength = TimeSpan.FromDays(90);

    private static readonly string[] Formats =
    [
        "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
    ];

    /// <param name="from">A time in ISO 8601, in UTC when it has no offset; null for 90 days before <paramref name="to"/>.</param>
    /// <param name="to">A time in ISO 8601; null for now.</param>
    /// <param name="now">The current time.</param>
    /// <exception cref="ApiException">400: a value is not a time, or the end is before the start.</exception>
    public static UsagePeriod Read(string? from, string? to, DateTimeOffset now)
    {
        var faults = new Faults();
        var end = Parse(to, "to", faults) ?? now;
        var begin = Parse(from, "from", faults) ?? (end - DateTimeOffset.MinValue > DefaultLength ? end - DefaultLength : DateTimeOffset.MinValue);
        faults.ThrowIfAny();
        return begin <= end
            ? new UsagePeriod(begin.ToUnixTimeMilliseconds(), end.ToUnixTimeMilliseconds())
            : throw ApiException.BadRequest("\"from\" must not be later than \"to\"");
    }

    private static DateTimeOffset? Parse(string? text, string field, Faults faults)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        if (DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            return time;
        faults.Add($"\"{field}\" must be an ISO 8601 time, for example 2026-01-31T12:00:00Z");
        return null;
    }
}
