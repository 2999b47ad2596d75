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

    public static void CheckSchedule(this Faults faults, string? value, string field = "schedule")
    {
        if (!string.IsNullOrEmpty(value) && !IsValid(value.Trim()))
        {
            faults.Add(
                $"\"{field}\" must be one of {string.Join(", ", Words.Keys)}, a cron expression of five fields, a time such as 18:30, or an ISO date");
        }
    }

    public static void CheckTimezone(this Faults faults, string? value, string field = "timezone")
    {
        if (!string.IsNullOrEmpty(value) && !TimeZoneInfo.TryFindSystemTimeZoneById(value, out _))
            faults.Add($"\"{field}\" must be the IANA name of a time zone, for example Europe/Sofia");
    }

    /// <summary>Returns the recurrence of a valid schedule; null when the schedule is empty or <see cref="Never"/>.</summary>
    /// <param name="value">The schedule, which must be valid.</param>
    /// <param name="zone">The time zone of cron expressions and times of day.</param>
    public static Recurrence? ToRecurrence(string? value, TimeZoneInfo zone)
    {
        value = value?.Trim();
        if (string.IsNullOrEmpty(value) || value == Never)
            return null;
        if (Words.TryGetValue(value, out var interval))
            return Recurrence.Every(interval);
        if (IsTime(value, out var time))
            return Recurrence.Cron($"{time.Minute} {time.Hour} * * *", zone);
        return IsDate(value, out var date) ? Recurrence.Once(date) : Recurrence.Cron(value, zone);
    }

    private static bool IsValid(string value) => Words.ContainsKey(value) || IsTime(value, out _) || IsDate(value, out _) || IsCron(value);

    private static bool IsTime(string value, out TimeOnly time) =>
        TimeOnly.TryParseExact(value, Times, CultureInfo.InvariantCulture, DateTimeStyles.None, out time);

    private static bool IsDate(string value, out DateTimeOffset date) =>
        DateTimeOffset.TryParseExact(value, Dates, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out date);

    private static bool IsCron(string value) =>
        value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length == CronFields
        && CronExpression.TryParse(value, CronFormat.Standard, out _);
}
