namespace ChatBotKit.Server.Data;

/// <summary>Days or hours in UTC, numbered from 1970-01-01, with the first and the last one.</summary>
/// <param name="First">The first one.</param>
/// <param name="Last">The last one.</param>
/// <param name="Milliseconds">The length of each.</param>
internal readonly record struct TimeSlots(long First, long Last, long Milliseconds)
{
    /// <summary>The length of a day.</summary>
    public const long Day = ConversationDayTable.Milliseconds;

    /// <summary>The length of an hour.</summary>
    public const long Hour = 3_600_000;

    /// <summary>Gets the numbers of all, oldest first.</summary>
    public IEnumerable<long> All
    {
        get
        {
            for (var slot = First; slot <= Last; slot++)
                yield return slot;
        }
    }

    /// <summary>Returns the given number of days or hours that end with the one of a time.</summary>
    public static TimeSlots Until(DateTimeOffset now, int count, long milliseconds)
    {
        var last = now.ToUnixTimeMilliseconds() / milliseconds;
        return new TimeSlots(last - count + 1, last, milliseconds);
    }

    /// <summary>Returns the time at which one begins.</summary>
    public DateTimeOffset TimeOf(long slot) => DateTimeOffset.FromUnixTimeMilliseconds(slot * Milliseconds);
}
