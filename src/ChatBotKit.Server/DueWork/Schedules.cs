using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using ChatBotKit.Server.Errors;
using Cronos;

namespace ChatBotKit.Server.DueWork;

/// <summary>Parses and validates schedules. A schedule is a word, a cron expression, a time of day, or a date.</summary>
internal static class Schedules
{
    public const string Never = "never";

    private const int CronFields = 5;

    private static readonly OrderedDictionary<string, TimeSpan> Words = new()
    {
        [Never] = Timeout.InfiniteTimeSpan,
        ["quarterhourly"] = TimeSpan.FromMinutes(15),
        ["halfhourly"] = TimeSpan.FromMinutes(30),
        ["hourly"] = TimeSpan.FromHours(1),
        ["twicedaily"] = TimeSpan.FromHours(12),
        ["daily"] = TimeSpan.FromDays(1),
        ["twiceweekly"] = TimeSpan.FromHours(84),
        ["weekly"] = TimeSpan.FromDays(7),
        ["twicemonthly"] = TimeSpan.FromDays(15),
        ["monthly"] = TimeSpan.FromDays(30),
    };

    private static readonly string[] Dates =
    [
        "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mmK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK",
    ];

    private static readonly string[] Times = ["H:mm", "HH:mm"];

    /// <summary>The time from which dates of a cron expression are looked for. It is the same always, so that a check never depends on the clock.</summary>
    private static readonly DateTime LongAgo = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public static void CheckSchedule(this Faults faults, string? value, string field = "schedule")
    {
        value = value?.Trim();
        if (IsUsable(value))
            return;
        faults.Add(
            IsCron(value!, out _)
                ? $"\"{field}\" is a cron expression that no date matches, so it would never come"
                : $"\"{field}\" must be one of {string.Join(", ", Words.Keys)}, a cron expression of five fields, a time such as 18:30, or an ISO date");
    }

    public static void CheckTimezone(this Faults faults, string? value, string field = "timezone")
    {
        if (ZoneOf(value) is null)
            faults.Add($"\"{field}\" must be the IANA name of a time zone, for example Europe/Sofia");
    }

    /// <summary>Returns the time zone of a name; UTC for no name, and null for an unknown one.</summary>
    public static TimeZoneInfo? ZoneOf(string? name) =>
        string.IsNullOrEmpty(name) ? TimeZoneInfo.Utc : TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : null;

    /// <summary>Returns whether the schedule is empty or one that <see cref="ToRecurrence"/> takes.</summary>
    public static bool IsUsable(string? value)
    {
        value = value?.Trim();
        return string.IsNullOrEmpty(value) || Words.ContainsKey(value) || IsTime(value, out _) || IsDate(value, TimeZoneInfo.Utc, out _)
            || (IsCron(value, out var cron) && cron.GetNextOccurrence(LongAgo) is not null);
    }

    /// <summary>Returns the recurrence of a valid schedule; null when the schedule is empty or <see cref="Never"/>.</summary>
    /// <param name="value">The schedule, which must be valid.</param>
    /// <param name="zone">The time zone of cron expressions, times of day, and dates without an offset.</param>
    public static Recurrence? ToRecurrence(string? value, TimeZoneInfo zone)
    {
        value = value?.Trim();
        if (string.IsNullOrEmpty(value) || value == Never)
            return null;
        if (Words.TryGetValue(value, out var interval))
            return Recurrence.Every(interval);
        if (IsTime(value, out var time))
            return Recurrence.Cron($"{time.Minute} {time.Hour} * * *", zone);
        return IsDate(value, zone, out var date) ? Recurrence.Once(date) : Recurrence.Cron(value, zone);
    }

    private static bool IsTime(string value, out TimeOnly time) =>
        TimeOnly.TryParseExact(value, Times, CultureInfo.InvariantCulture, DateTimeStyles.None, out time);

    private static bool IsDate(string value, TimeZoneInfo zone, out DateTimeOffset date)
    {
        if (!DateTimeOffset.TryParseExact(value, Dates, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out date))
            return false;
        if (DateTime.ParseExact(value, Dates, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind).Kind == DateTimeKind.Unspecified)
            date = ToInstant(date.DateTime, zone);
        return true;
    }

    /// <summary>
    /// Returns the instant of a local time. A time that daylight saving leaves out stands for the end of the gap, and one that comes twice
    /// for the first of the two, as in cron expressions.
    /// </summary>
    private static DateTimeOffset ToInstant(DateTime local, TimeZoneInfo zone)
    {
        while (zone.IsInvalidTime(local))
            local = new DateTime(local.Ticks - (local.Ticks % TimeSpan.TicksPerMinute), DateTimeKind.Unspecified).AddMinutes(1);
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        // On the first and the last day of the calendar, the instant can be outside of it.
        return new DateTimeOffset(Math.Clamp(local.Ticks - offset.Ticks, DateTimeOffset.MinValue.Ticks, DateTimeOffset.MaxValue.Ticks), TimeSpan.Zero);
    }

    private static bool IsCron(string value, [NotNullWhen(true)] out CronExpression? cron)
    {
        cron = null;
        return value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length == CronFields
            && CronExpression.TryParse(value, CronFormat.Standard, out cron);
    }
}
