namespace ChatBotKit.Server.Data;

/// <summary>Repairs the table of due work when a process starts, or when the clock was set back.</summary>
internal static class DueWorkRepair
{
    /// <summary>Lists the processes that hold leases.</summary>
    public static ValueTask<List<string>> ListDueWorkOwnersAsync(this ISqlSession db) => db.ListAsync(
        """SELECT DISTINCT "Owner" FROM "DueWork" WHERE "Owner" IS NOT NULL""", static row => row.GetString(0));

    /// <summary>Ends the leases of a process that has ended. Its items are due at once. The interrupted attempt counts.</summary>
    public static async ValueTask<int> EndDueWorkLeasesAsync(this ISqlTransaction db, string owner, long now) =>
        await db.ExecuteAsync(
            """UPDATE "DueWork" SET "DueAt" = $2, "Owner" = NULL, "Token" = "Token" + 1 WHERE "Owner" = $1""", owner, now);

    /// <summary>
    /// Corrects due times that were computed while the clock was ahead. A lease ends at most one lease length from now. A retry that is
    /// later than the longest pause from now is due now. The scheduled time of an item does not change.
    /// </summary>
    /// <param name="db">The transaction.</param>
    /// <param name="now">The current time.</param>
    /// <param name="longestLease">The length of a lease, in milliseconds.</param>
    /// <param name="longestPause">The longest pause after a failure, in milliseconds.</param>
    public static async ValueTask<int> TakeBackDueWorkAsync(this ISqlTransaction db, long now, long longestLease, long longestPause) =>
        await db.ExecuteAsync(
            """
            UPDATE "DueWork" SET "DueAt" = CASE WHEN "Owner" IS NULL THEN $1 ELSE $2 END
            WHERE ("Owner" IS NOT NULL AND "DueAt" > $2) OR ("Owner" IS NULL AND "Attempt" > 0 AND "DueAt" > $3)
            """,
            now, now + longestLease, now + longestPause);

    /// <summary>Moves the due time of an item forward when it is too late, unless a worker holds the item.</summary>
    /// <param name="db">The transaction.</param>
    /// <param name="kind">The kind of the item.</param>
    /// <param name="key">The key of the item.</param>
    /// <param name="dueAt">The new due time.</param>
    /// <param name="latest">The latest due time that is kept.</param>
    public static async ValueTask BringDueWorkForwardAsync(this ISqlTransaction db, string kind, string key, long dueAt, long latest) =>
        await db.ExecuteAsync(
            """
            UPDATE "DueWork" SET "DueAt" = $3, "ScheduledAt" = $3
            WHERE "Kind" = $1 AND "Key" = $2 AND "Owner" IS NULL AND "DueAt" > $4
            """,
            kind, key, dueAt, latest);
}
