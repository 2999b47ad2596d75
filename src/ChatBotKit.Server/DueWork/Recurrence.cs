using Cronos;

namespace ChatBotKit.Server.DueWork;

/// <summary>
/// The times at which something comes again. The next one follows from the time that the last one was meant for, not from the time at
/// which it was done; of those that were missed one is made up for, and the others are left out.
/// </summary>
internal abstract class Recurrence
{
    public static Recurrence Every(TimeSpan interval) => new OfInterval(interval);

    public static Recurrence Cron(string expression, TimeZoneInfo zone) => new OfCron(CronExpression.Parse(expression, CronFormat.Standard), zone);

    public static Recurrence Once(DateTimeOffset at) => new OfDate(at);

    /// <summary>The first time that is later than the given one and later than now; null when there is none.</summary>
    /// <param name="scheduled">The time that the last one was meant for.</param>
    /// <param name="now">Now.</param>
    public abstract DateTimeOffset? NextAfter(DateTimeOffset scheduled, DateTimeOffset now);

    private sealed class OfInterval(TimeSpan interval) : Recurrence
    {
        public override DateTimeOffset? NextAfter(DateTimeOffset scheduled, DateTimeOffset now) =>
            scheduled + (interval * (Math.Max(0, (now - scheduled).Ticks / interval.Ticks) + 1));
    }

    private sealed class OfCron(CronExpression expression, TimeZoneInfo zone) : Recurrence
    {
        /// <summary>Longer than any hour that comes twice; shorter than would take long to walk through.</summary>
        private static readonly TimeSpan Behind = TimeSpan.FromDays(1);

        public override DateTimeOffset? NextAfter(DateTimeOffset scheduled, DateTimeOffset now)
        {
            var last = scheduled > now ? scheduled : now;
            // An expression that is asked inside the hour that comes twice in autumn passes by what is left of that hour. So it is asked
            // from before, where the time is the only one of its name.
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
