namespace ChatBotKit.Server.Data;

/// <summary>Days in UTC, with the first and the last one.</summary>
/// <param name="First">The first day, as the number of days since 1970-01-01.</param>
/// <param name="Last">The last day.</param>
internal readonly record struct DayRange(long First, long Last)
{
    public int Count => (int)(Last - First + 1);

    /// <summary>Returns the given number of days that end with the day of a time.</summary>
    public static DayRange Until(DateTimeOffset now, int count)
    {
        var last = now.ToUnixTimeMilliseconds() / ConversationDayTable.Milliseconds;
        return new DayRange(last - count + 1, last);
    }

    /// <summary>Returns the time at which a day begins.</summary>
    public static DateTimeOffset TimeOf(long day) => DateTimeOffset.FromUnixTimeMilliseconds(day * ConversationDayTable.Milliseconds);
}

/// <summary>A number for each day of a range; 0 for a day without rows.</summary>
internal sealed class DayTotals
{
    private readonly DayRange _days;
    private readonly long[] _totals;

    private DayTotals(DayRange days, long[] totals) => (_days, _totals) = (days, totals);

    public long Sum => _totals.Sum();

    /// <summary>The days, oldest first.</summary>
    public IEnumerable<(long Day, long Total)> Days => _totals.Select((total, index) => (_days.First + index, total));

    /// <summary>Creates the totals of a range from those of some of its days.</summary>
    public static DayTotals Of(DayRange days, IEnumerable<(long Day, long Total)> some)
    {
        var totals = new long[days.Count];
        foreach (var (day, total) in some)
            totals[day - days.First] += total;
        return new DayTotals(days, totals);
    }

    /// <summary>Returns the totals of the last days.</summary>
    public DayTotals Last(int count) => new(new DayRange(_days.Last - count + 1, _days.Last), _totals[^count..]);

    /// <summary>Returns the totals of both for each day.</summary>
    public DayTotals With(DayTotals other) => new(_days, [.. _totals.Zip(other._totals, static (one, another) => one + another)]);
}
