using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.DueWork;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Integrations.Sitemap;

/// <summary>
/// The due work that follows from the settings of a sitemap integration: its scheduled synchronizations, and the expiry of its records. The key
/// of both is the id of the integration.
/// </summary>
internal static class SitemapSchedule
{
    /// <summary>The kind of the work that starts synchronizations. Its payload is the schedule, because the API has no field for the next time.</summary>
    public const string WorkKind = "sitemap-schedule";

    /// <summary>The kind of the work that deletes expired records.</summary>
    public const string ExpiryKind = "sitemap-expiry";

    /// <summary>Stores the work of a stored integration. A schedule that stays the same is not restarted.</summary>
    public static ValueTask StoreAsync(ISqlTransaction db, ResourceRow row) =>
        StoreAsync(db, row, DateTimeOffset.FromUnixTimeMilliseconds(row.UpdatedAt));

    /// <summary>Stores the work of an integration from a time on.</summary>
    public static async ValueTask StoreAsync(ISqlTransaction db, ResourceRow row, DateTimeOffset now)
    {
        var schedule = ScheduleOf(row);
        if ((await db.FindDueWorkAsync(WorkKind, row.Id))?.Payload != schedule)
        {
            await db.DeleteDueWorkAsync(WorkKind, row.Id);
            if (NextAfter(schedule, now, now) is { } next)
                await db.AddDueWorkAsync(DueWorkRow.New(WorkKind, row.Id, next, now, schedule!));
        }

        // The work finds out itself which records have expired by now and when the next ones will.
        await db.ScheduleDueWorkAsync(ExpiryKind, row.Id, ExpiresIn(row) is null ? null : now.ToUnixTimeMilliseconds(), now.ToUnixTimeMilliseconds());
    }

    public static async ValueTask ForgetAsync(ISqlTransaction db, string id)
    {
        await db.DeleteDueWorkAsync(WorkKind, id);
        await db.DeleteDueWorkAsync(ExpiryKind, id);
    }

    /// <summary>Returns the first time of a schedule, in UTC, after a scheduled one that is also later than now; null when there is none.</summary>
    public static DateTimeOffset? NextAfter(string? schedule, DateTimeOffset scheduled, DateTimeOffset now) =>
        Schedules.IsUsable(schedule) ? Schedules.ToRecurrence(schedule, TimeZoneInfo.Utc)?.NextAfter(scheduled, now) : null;

    public static string? ScheduleOf(ResourceRow row) => (string?)ResourceEdit.Read(row.Data)["syncSchedule"];

    /// <summary>Returns after how many milliseconds records expire; null when they do not.</summary>
    public static long? ExpiresIn(ResourceRow row) => (long?)ResourceEdit.Read(row.Data)["expiresIn"] is > 0 and var expiresIn ? expiresIn : null;
}
