using ChatBotKit.Server.DueWork;

namespace ChatBotKit.Server.Tests.DueWork;

public sealed class RecurrenceTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Theory]
    [InlineData("10:00", "10:00", "11:00")]
    [InlineData("10:00", "10:59:59", "11:00")]
    [InlineData("10:00", "11:00", "12:00")]
    [InlineData("10:00", "14:30", "15:00")]
    [InlineData("10:00", "09:00", "11:00")]
    public void Interval_GoesOnFromTheScheduledTime_AndLeavesOutWhatWasMissed(string scheduled, string now, string expected) =>
        Assert.Equal(At(expected), Recurrence.Every(TimeSpan.FromHours(1)).NextAfter(At(scheduled), At(now)));

    [Theory]
    [InlineData("*/15 * * * *", "10:00", "10:01", "10:15")]
    [InlineData("*/15 * * * *", "10:00", "12:50", "13:00")]
    [InlineData("30 12 * * *", "12:30", "12:31", "1.12:30")]
    [InlineData("30 12 * * *", "1.12:30", "10:00", "2.12:30")]
    public void Cron_GoesOnFromTheScheduledTime_AndLeavesOutWhatWasMissed(string expression, string scheduled, string now, string expected) =>
        Assert.Equal(At(expected), Recurrence.Cron(expression, TimeZoneInfo.Utc).NextAfter(At(scheduled), At(now)));

    [Fact]
    public void Cron_OfADateThatNeverComes_HasNoNextTime() =>
        Assert.Null(Recurrence.Cron("0 0 30 2 *", TimeZoneInfo.Utc).NextAfter(At("10:00"), At("10:00")));

    /// <summary>On 25 October 2026, the hour from 2 to 3 is repeated in Berlin.</summary>
    [Fact]
    public void Cron_InTheHourThatComesTwice_LosesAndRepeatsNothing()
    {
        var recurrence = Recurrence.Cron("0,45 2 * * *", Berlin);
        var times = new List<string>();
        for (var at = new DateTimeOffset(2026, 10, 24, 12, 0, 0, TimeSpan.Zero); times.Count < 4;)
        {
            at = recurrence.NextAfter(at, at)!.Value;
            times.Add(at.UtcDateTime.ToString("dd HH:mm", System.Globalization.CultureInfo.InvariantCulture));
        }

        Assert.Equal(["25 00:00", "25 00:45", "26 01:00", "26 01:45"], times);
    }

    [Theory]
    [InlineData("18:30", "18:30")]
    [InlineData("hourly", "11:00")]
    [InlineData("twicedaily", "22:00")]
    [InlineData("5 11 * * *", "11:05")]
    [InlineData("2026-11-01T23:00Z", "23:00")]
    [InlineData("2026-10-01", null)]
    [InlineData("never", null)]
    [InlineData(" ", null)]
    public void Text_StandsForItsTimes(string value, string? expected) => Assert.Equal(
        expected is null ? null : At(expected), Schedules.ToRecurrence(value, TimeZoneInfo.Utc)?.NextAfter(At("10:00"), At("10:00")));

    [Theory]
    [InlineData("0001-01-01", "Europe/Berlin")]
    [InlineData("9999-12-31T23:59", "America/New_York")]
    public void Date_AtTheEndOfTheCalendar_IsUsableInEachTimeZone(string value, string zone) =>
        Assert.NotNull(Schedules.ToRecurrence(value, TimeZoneInfo.FindSystemTimeZoneById(zone)));

    private static DateTimeOffset At(string time) => new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero)
        + TimeSpan.Parse(time.Contains('.', StringComparison.Ordinal) ? time : $"0.{time}", System.Globalization.CultureInfo.InvariantCulture);
}
