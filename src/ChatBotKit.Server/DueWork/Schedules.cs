using System.Globalization;
using ChatBotKit.Server.Errors;
using Cronos;

namespace ChatBotKit.Server.DueWork;

/// <summary>Parses and checks schedules: a word, a cron expression, a time of day, or a date.</summary>
internal static class Schedules
{
    public const string Never = "never";

    private const int CronFields = 5;

    private static readonly string[] Words =
    [
        Never, "quarterhourly", "halfhourly", "hourly", "twicedaily", "daily", "twiceweekly", "weekly", "twicemonthly", "monthly",
    ];

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
                $"\"{field}\" must be one of {string.Join(", ", Words)}, a cron expression of five fields, a time such as 18:30, or an ISO date");
        }
    }

    public static void CheckTimezone(this Faults faults, string? value, string field = "timezone")
    {
        if (!string.IsNullOrEmpty(value) && !TimeZoneInfo.TryFindSystemTimeZoneById(value, out _))
            faults.Add($"\"{field}\" must be the IANA name of a time zone, for example Europe/Sofia");
    }

    private static bool IsValid(string value) =>
        Words.Contains(value)
        || TimeOnly.TryParseExact(value, Times, CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
        || DateTimeOffset.TryParseExact(value, Dates, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _)
        || IsCron(value);

    private static bool IsCron(string value) =>
        value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length == CronFields
        && CronExpression.TryParse(value, CronFormat.Standard, out _);
}
