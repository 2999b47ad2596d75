using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;

namespace ChatBotKit.Server.Features.Conversations.Usage;

/// <summary>The parameters <c>from</c> and <c>to</c>, in Unix milliseconds and both inclusive.</summary>
internal readonly record struct UsagePeriod(long From, long To)
{
    private static readonly TimeSpan DefaultLength = TimeSpan.FromDays(90);

    /// <param name="from">A time in ISO 8601, in UTC when it has no offset; null for 90 days before <paramref name="to"/>.</param>
    /// <param name="to">A time in ISO 8601; null for now.</param>
    /// <param name="now">The current time.</param>
    /// <exception cref="ApiException">400: a value is not a time, or the end is before the start.</exception>
    public static UsagePeriod Read(string? from, string? to, DateTimeOffset now)
    {
        var faults = new Faults();
        var end = QueryTime.Read(to, "to", faults) ?? now;
        var begin = QueryTime.Read(from, "from", faults) ?? (end - DateTimeOffset.MinValue > DefaultLength ? end - DefaultLength : DateTimeOffset.MinValue);
        faults.ThrowIfAny();
        QueryTime.RequireOrder(begin, end);
        return new UsagePeriod(begin.ToUnixTimeMilliseconds(), end.ToUnixTimeMilliseconds());
    }
}
