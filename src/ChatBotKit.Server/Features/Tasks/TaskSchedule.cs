using System.Text.Json.Nodes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.DueWork;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Tasks;

/// <summary>
/// The next run of a task. It is a field of the document, and due work has the same time: both are stored in one transaction, so that
/// neither exists without the other.
/// </summary>
internal static class TaskSchedule
{
    /// <summary>The kind of the due work of schedules. Its key is the id of the task.</summary>
    public const string WorkKind = "task-schedule";

    public const string NextRunAt = "nextRunAt";

    private static readonly string[] Causes = ["schedule", "timezone", "expiresAt"];

    /// <summary>Computes the next run of a task whose schedule a request sets. Other requests do not restart an interval.</summary>
    public static void Derive(JsonObject task, ResourceCheck check)
    {
        if (!check.Changed.Overlaps(Causes))
            return;
        var now = check.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        task[NextRunAt] = NextAfter(task, now, now)?.ToUnixTimeMilliseconds();
    }

    /// <summary>Stores the due work of a stored task.</summary>
    public static ValueTask StoreAsync(ISqlTransaction db, ResourceRow task) =>
        db.ScheduleDueWorkAsync(WorkKind, task.Id, (long?)ResourceEdit.Read(task.Data)[NextRunAt], task.UpdatedAt);

    /// <summary>
    /// Returns the first run after a scheduled one that is also later than now; null when there is none, when the schedule ends before it,
    /// and when the schedule is invalid.
    /// </summary>
    public static DateTimeOffset? NextAfter(JsonObject task, DateTimeOffset scheduled, DateTimeOffset now)
    {
        var schedule = (string?)task["schedule"];
        if (Schedules.ZoneOf((string?)task["timezone"]) is not { } zone || !Schedules.IsUsable(schedule))
            return null;
        var next = Schedules.ToRecurrence(schedule, zone)?.NextAfter(scheduled, now);
        return (long?)task["expiresAt"] <= next?.ToUnixTimeMilliseconds() ? null : next;
    }
}
