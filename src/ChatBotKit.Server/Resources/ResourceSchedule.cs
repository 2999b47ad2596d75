using System.Text.Json.Nodes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.DueWork;

namespace ChatBotKit.Server.Resources;

/// <summary>
/// When the schedule of a resource comes next. The time is a field of the document, and due work has the same time: both are stored in one
/// transaction, so that neither exists without the other.
/// </summary>
/// <param name="workKind">The kind of the due work. Its key is the id of the resource.</param>
/// <param name="next">The field of the next time.</param>
internal sealed class ResourceSchedule(string workKind, string next)
{
    private static readonly string[] Causes = ["schedule", "timezone", "expiresAt"];

    public string WorkKind => workKind;

    /// <summary>Computes the next time of a resource whose schedule a request sets. Other requests do not restart an interval.</summary>
    public void Derive(JsonObject document, ResourceCheck check)
    {
        if (!check.Changed.Overlaps(Causes))
            return;
        var now = check.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        Put(document, NextAfter(document, now, now));
    }

    /// <summary>Sets the field of the next time.</summary>
    public void Put(JsonObject document, DateTimeOffset? at) => document[next] = at?.ToUnixTimeMilliseconds();

    /// <summary>Stores the due work of a stored resource.</summary>
    public ValueTask StoreAsync(ISqlTransaction db, ResourceRow row) =>
        db.ScheduleDueWorkAsync(workKind, row.Id, (long?)ResourceEdit.Read(row.Data)[next], row.UpdatedAt);

    /// <summary>Schedules a resource that a version without this schedule has stored.</summary>
    public async ValueTask AdoptAsync(ISqlTransaction db, ResourceStore resources, ResourceRow row, DateTimeOffset now)
    {
        var document = ResourceEdit.Read(row.Data);
        if (document[next] is not null || NextAfter(document, now, now) is not { } at)
            return;
        await resources.EditAsync(db, row.Id, now.ToUnixTimeMilliseconds(), fields => Put(fields, at));
        await db.ScheduleDueWorkAsync(workKind, row.Id, at.ToUnixTimeMilliseconds(), now.ToUnixTimeMilliseconds());
    }

    /// <summary>
    /// Returns the first time after a scheduled one that is also later than now; null when there is none, when the schedule ends before it,
    /// and when the schedule is invalid.
    /// </summary>
    public static DateTimeOffset? NextAfter(JsonObject document, DateTimeOffset scheduled, DateTimeOffset now)
    {
        var schedule = (string?)document["schedule"];
        if (Schedules.ZoneOf((string?)document["timezone"]) is not { } zone || !Schedules.IsUsable(schedule))
            return null;
        var at = Schedules.ToRecurrence(schedule, zone)?.NextAfter(scheduled, now);
        return (long?)document["expiresAt"] <= at?.ToUnixTimeMilliseconds() ? null : at;
    }
}
