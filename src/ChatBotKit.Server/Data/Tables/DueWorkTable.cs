using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Data;

/// <summary>The table of due work.</summary>
internal static class DueWorkTable
{
    // The subquery is materialized, because a planner may run a limited subquery more than once as part of the join.
    private const string Pick = """
        WITH picked AS MATERIALIZED (
            SELECT "Kind" AS k, "Key" AS n FROM "DueWork" WHERE "Kind" = $1 AND "DueAt" <= $2 ORDER BY "DueAt" LIMIT $3
        """;

    // The inner query returns null as the key when the item has another token or was deleted. The column is NOT NULL, so the statement
    // fails. Unlike a count of zero rows, the error rolls back the effect that is stored in the same transaction.
    private const string SettleFrom = """
        INSERT INTO "DueWork" AS kept (
            "Kind", "Key", "Token", "DueAt", "ScheduledAt", "Attempt", "Payload", "LastError", "LastErrorAt", "CreatedAt")
        VALUES ($1, (SELECT held."Key" FROM "DueWork" AS held WHERE held."Kind" = $1 AND held."Key" = $2 AND held."Token" = $3
        """;

    private const string SettleTo = """
        ), $3, $4, $5, $6, $7, $8, $9, 0)
        ON CONFLICT ("Kind", "Key") DO UPDATE SET "Token" = kept."Token" + 1, "Owner" = NULL, "DueAt" = excluded."DueAt",
            "ScheduledAt" = excluded."ScheduledAt", "Attempt" = excluded."Attempt", "Payload" = excluded."Payload",
            "LastError" = excluded."LastError", "LastErrorAt" = excluded."LastErrorAt"
        """;

    public static SqlTable<DueWorkRow> Rows { get; } = new(
        "DueWork",
        [
            "Kind", "Key", "DueAt", "ScheduledAt", "Token", "Attempt", "Payload", "Owner", "LastError", "LastErrorAt", "CreatedAt",
        ],
        static row => new()
        {
            Kind = row.GetString(0),
            Key = row.GetString(1),
            DueAt = row.GetInt64OrNull(2),
            ScheduledAt = row.GetInt64(3),
            Token = row.GetInt64(4),
            Attempt = row.GetInt32(5),
            Payload = row.GetString(6),
            Owner = row.GetStringOrNull(7),
            LastError = row.GetStringOrNull(8),
            LastErrorAt = row.GetInt64OrNull(9),
            CreatedAt = row.GetInt64(10),
        },
        static (row, to) => to.Fill(
            row.Kind, row.Key, row.DueAt, row.ScheduledAt, row.Token, row.Attempt, row.Payload, row.Owner, row.LastError,
            row.LastErrorAt, row.CreatedAt),
        keys: 2);

    /// <summary>Stores a new item.</summary>
    /// <exception cref="DuplicateKeyException">An item of this kind and key exists.</exception>
    public static async ValueTask AddDueWorkAsync(this ISqlTransaction db, DueWorkRow row)
    {
        await db.InsertAsync(Rows, row);
        db.Announce(RowChanges.OfDueWork(row.Kind));
    }

    /// <summary>Stores a new item, unless an item of this kind and key exists. An existing item does not change.</summary>
    /// <returns>Whether the item was stored.</returns>
    public static async ValueTask<bool> EnsureDueWorkAsync(this ISqlTransaction db, DueWorkRow row)
    {
        if (await db.ExecuteAsync(
            """
            INSERT INTO "DueWork" ("Kind", "Key", "DueAt", "ScheduledAt", "Token", "Attempt", "Payload", "CreatedAt")
            VALUES ($1, $2, $3, $3, 0, 0, $4, $5) ON CONFLICT ("Kind", "Key") DO NOTHING
            """,
            row.Kind, row.Key, row.DueAt, row.Payload, row.CreatedAt) == 0)
        {
            return false;
        }

        db.Announce(RowChanges.OfDueWork(row.Kind));
        return true;
    }

    /// <summary>
    /// Sets the scheduled time of an item, or stores a new one. An item that already has this time does not change. A worker that holds an
    /// item with another time loses it.
    /// </summary>
    /// <param name="db">The transaction.</param>
    /// <param name="kind">The kind of the item.</param>
    /// <param name="key">The key of the item.</param>
    /// <param name="at">The scheduled time; null deletes the item.</param>
    /// <param name="now">The current time.</param>
    public static async ValueTask ScheduleDueWorkAsync(this ISqlTransaction db, string kind, string key, long? at, long now)
    {
        if (at is null)
        {
            await db.DeleteDueWorkAsync(kind, key);
            return;
        }

        await db.ExecuteAsync(
            """
            INSERT INTO "DueWork" AS kept ("Kind", "Key", "DueAt", "ScheduledAt", "Token", "Attempt", "Payload", "CreatedAt")
            VALUES ($1, $2, $3, $3, 0, 0, '', $4)
            ON CONFLICT ("Kind", "Key") DO UPDATE SET "Token" = kept."Token" + 1, "Owner" = NULL, "DueAt" = excluded."DueAt",
                "ScheduledAt" = excluded."ScheduledAt", "Attempt" = 0, "LastError" = NULL, "LastErrorAt" = NULL
            WHERE kept."ScheduledAt" <> excluded."ScheduledAt"
            """,
            kind, key, at.Value, now);
        db.Announce(RowChanges.OfDueWork(kind));
    }

    /// <summary>Takes items that are due, in the order of their due times.</summary>
    /// <param name="db">The transaction.</param>
    /// <param name="kind">The kind of the items.</param>
    /// <param name="now">The current time.</param>
    /// <param name="until">The end of the lease.</param>
    /// <param name="owner">The process that takes the lease.</param>
    /// <param name="take">The maximum number of items.</param>
    /// <returns>The items after the change, in any order.</returns>
    public static ValueTask<List<DueWorkRow>> TakeDueWorkAsync(
        this ISqlTransaction db, string kind, long now, long until, string owner, int take) => db.ListAsync(
        $"""
        {Pick}{db.Dialect.LockFreeRows})
        UPDATE "DueWork" SET "DueAt" = $4, "Token" = "Token" + 1, "Attempt" = "Attempt" + 1, "Owner" = $5
        FROM picked WHERE "Kind" = k AND "Key" = n RETURNING {Rows.Columns}
        """,
        Rows.Read, kind, now, take, until, owner);

    /// <summary>Returns the earliest due time of the kind; null when no item of the kind has a due time.</summary>
    public static ValueTask<long?> FindNextDueWorkAsync(this ISqlSession db, string kind) => db.FirstAsync(
        """SELECT "DueAt" FROM "DueWork" WHERE "Kind" = $1 AND "DueAt" IS NOT NULL ORDER BY "DueAt" LIMIT 1""",
        static row => row.GetInt64OrNull(0), kind);

    /// <summary>Ends the lease and stores the next state of the item. Call this in the transaction of the effect.</summary>
    /// <param name="db">The transaction.</param>
    /// <param name="next">The next state of the item, with the token with which it was taken.</param>
    /// <exception cref="StaleWriteException">
    /// Another worker has taken the item since, or it was deleted. The store throws this when the transaction fails.
    /// </exception>
    public static async ValueTask SettleDueWorkAsync(this ISqlTransaction db, DueWorkRow next)
    {
        await db.ExecuteAsync(
            $"{SettleFrom}{db.Dialect.LockRows}{SettleTo}",
            next.Kind, next.Key, next.Token, next.DueAt, next.ScheduledAt, next.Attempt, next.Payload, next.LastError, next.LastErrorAt);
        if (next.DueAt is not null)
            db.Announce(RowChanges.OfDueWork(next.Kind));
    }

    /// <summary>Ends the lease and deletes the item. Call this in the transaction of the effect.</summary>
    /// <exception cref="StaleWriteException">
    /// Another worker has taken the item since, or it was deleted. The store throws this when the transaction fails.
    /// </exception>
    public static async ValueTask FinishDueWorkAsync(this ISqlTransaction db, DueWorkRow taken)
    {
        await db.SettleDueWorkAsync(taken with { DueAt = null });
        await db.DeleteDueWorkAsync(taken.Kind, taken.Key);
    }

    public static async ValueTask DeleteDueWorkAsync(this ISqlTransaction db, string kind, string key) =>
        await db.ExecuteAsync("""DELETE FROM "DueWork" WHERE "Kind" = $1 AND "Key" = $2""", kind, key);

    /// <summary>Extends the lease.</summary>
    /// <returns>Whether the caller still holds the lease.</returns>
    public static async ValueTask<bool> RenewDueWorkAsync(this ISqlTransaction db, DueWorkRow taken, long until) =>
        await db.ExecuteAsync(
            """UPDATE "DueWork" SET "DueAt" = $4 WHERE "Kind" = $1 AND "Key" = $2 AND "Token" = $3 AND "Owner" IS NOT NULL""",
            taken.Kind, taken.Key, taken.Token, until) > 0;
}
