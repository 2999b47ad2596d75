using Cronos;

namespace ChatBotKit.Server.DueWork;

/// <summary>
/// The times at which work recurs. The next time follows from the scheduled time of the last one, not from the time at which the work
/// was done. When several times were missed, the work is done once for all of them.
/// </summary>
internal abstract class Recurrence
{
    public static Recurrence Every(TimeSpan interval) => new OfInterval(interval);

    public static Recurrence Cron(string expression, TimeZoneInfo zone) => new OfCron(CronExpression.Parse(expression, CronFormat.Standard), zone);

    public static Recurrence Once(DateTimeOffset at) => new OfDate(at);

    /// <summary>Returns the first time that is later than the given time and later than now; null when there is none.</summary>
    /// <param name="scheduled">The last scheduled time.</param>
    /// <param name="now">The current time.</param>
    public abstract DateTimeOffset? NextAfter(DateTimeOffset scheduled, DateTimeOffset now);

    private sealed class OfInterval(TimeSpan interval) : Recurrence
    {
        public override DateTimeOffset? NextAfter(DateTimeOffset scheduled, DateTimeOffset now) =>
            scheduled + (interval * (Math.Max(0, (now - scheduled).Ticks / interval.Ticks) + 1));
    }

    private sealed class OfCron(CronExpression expression, TimeZoneInfo zone) : Recurrence
    {
        /// <summary>Longer than any repeated hour at the end of daylight saving time, and short enough to iterate over.</summary>
        private static readonly TimeSpan Behind = TimeSpan.FromDays(1);

        public override DateTimeOffset? NextAfter(DateTimeOffset scheduled, DateTimeOffset now)
        {
            var last = scheduled > now ? scheduled : now;
            // Cronos skips the rest of the repeated hour at the end of daylight saving time when the search starts inside that hour.
            // So the search starts earlier, at a time that is not ambiguous.
            var next = expression.GetNextOccurrence(zone.IsAmbiguousTime(last) ? last - Behind : last, zone);
            while (next <= last)
                next = expression.GetNextOccurrence(next.Value, zone);
            return next;
        }
    }

    private sealed class OfDate(DateTimeOffset at) : Recurrence
    {
        public override DateTimeOffset? NextAfter(DateTimeOffset scheduled, DateTimeOffset now) => at > scheduled && at > now ? at : null;
    }
}
