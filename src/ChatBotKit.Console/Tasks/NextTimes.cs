namespace ChatBotKit.AdminConsole.Tasks;

/// <summary>The next times of a task's schedule.</summary>
internal static class NextTimes
{
    private const int Most = 5;

    /// <summary>Returns the next times, with the offset of the schedule's time zone. The first one is the time that the server has planned.</summary>
    /// <param name="task">The task.</param>
    /// <param name="next">See <see cref="ConsoleSettings.NextTime"/>.</param>
    public static IReadOnlyList<DateTimeOffset> Of(TaskItem task, Func<string, string?, DateTimeOffset, DateTimeOffset?> next)
    {
        var times = new List<DateTimeOffset>();
        if (task.Schedule is not { } schedule || !TimeZoneInfo.TryFindSystemTimeZoneById(ZoneOf(task), out var zone))
            return times;
        for (var time = task.NextRunAt; time is { } at && times.Count < Most; time = next(schedule, task.Timezone, at))
            times.Add(TimeZoneInfo.ConvertTime(at, zone));
        return times;
    }

    public static string ZoneOf(TaskItem task) => task.Timezone is { Length: > 0 } zone ? zone : "UTC";
}
