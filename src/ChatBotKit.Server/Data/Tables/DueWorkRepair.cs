namespace ChatBotKit.Server.Data;

/// <summary>What is done to the table of due work when a process starts, or when the clock was set back.</summary>
internal static class DueWorkRepair
{
    /// <summary>The processes that hold leases.</summary>
    public static ValueTask<List<string>> ListDueWorkOwnersAsync(this ISqlSession db) => db.ListAsync(
        """SELECT DISTINCT "Owner" FROM "DueWork" WHERE "Owner" IS NOT NULL""", static row => row.GetString(0));

    /// <summary>Ends the leases of a process that is gone; its items are due at once. The attempt that was cut counts.</summary>
    public static async ValueTask<int> EndDueWorkLeasesAsync(this ISqlTransaction db, string owner, long now) =>
        await db.ExecuteAsync(
            """UPDATE "DueWork" SET "DueAt" = $2, "Owner" = NULL, "Token" = "Token" + 1 WHERE "Owner" = $1""", owner, now);

    /// <summary>
    /// Takes back times that were made while the clock was ahead: leases that end, and tries after a failure that come, later than any
    /// that are made now. A time that an item was meant for stays.
    /// </summary>
    /// <param name="db">The transaction.</param>
    /// <param name="now">The time.</param>
    /// <param name="longestLease">No lease that is given now ends later.</param>
    /// <param name="longestPause">No try after a failure now comes later.</param>
    public static async ValueTask<int> TakeBackDueWorkAsync(this ISqlTransaction db, long now, long longestLease, long longestPause) =>
        await db.ExecuteAsync(
            """
            UPDATE "DueWork" SET "DueAt" = CASE WHEN "Owner" IS NULL THEN $1 ELSE $2 END
            WHERE ("Owner" IS NOT NULL AND "DueAt" > $2) OR ("Owner" IS NULL AND "Attempt" > 0 AND "DueAt" > $3)
            """,
            now, now + longestLease, now + longestPause);

    /// <summary>Brings an item forward that nobody works on and that would come too late.</summary>
    /// <param name="db">The transaction.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="key">The key.</param>
    /// <param name="dueAt">When it shall come.</param>
    /// <param name="latest">Only when it would come later than this.</param>
    public static async ValueTask BringDueWorkForwardAsync(this ISqlTransaction db, string kind, string key, long dueAt, long latest) =>
        await db.ExecuteAsync(
            """
            UPDATE "DueWork" SET "DueAt" = $3, "ScheduledAt" = $3
            WHERE "Kind" = $1 AND "Key" = $2 AND "Owner" IS NULL AND "DueAt" > $4
            """,
            kind, key, dueAt, latest);
}
