using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Data;

/// <summary>The queries and changes that the operator's operations make on the table of due work.</summary>
internal static class DueWorkQueries
{
    private const string IsWaiting = "\"DueAt\" IS NOT NULL AND \"Owner\" IS NULL";
    private const string IsRunning = "\"Owner\" IS NOT NULL";
    private const string IsDead = "\"DueAt\" IS NULL";

    public static ValueTask<DueWorkRow?> FindDueWorkAsync(this ISqlSession db, string kind, string key) =>
        db.FirstAsync(DueWorkTable.Rows, "WHERE \"Kind\" = $1 AND \"Key\" = $2", kind, key);

    /// <summary>Lists items in the order in which they were stored.</summary>
    /// <param name="db">The connection.</param>
    /// <param name="filter">The filter.</param>
    /// <param name="behind">
    /// The creation time, kind and key of the item after which the list begins. The item may have been deleted. Null for the beginning.
    /// </param>
    /// <param name="descending">Whether the newest items come first.</param>
    /// <param name="take">The maximum number of items.</param>
    public static ValueTask<List<DueWorkRow>> ListDueWorkAsync(
        this ISqlSession db, DueWorkFilter filter, (long CreatedAt, string Kind, string Key)? behind, bool descending, int take)
    {
        var query = new SqlQuery().AddSql(DueWorkTable.Rows.Select("WHERE ")).AddSql(filter.State switch
        {
            DueWorkState.Waiting => IsWaiting,
            DueWorkState.Running => IsRunning,
            DueWorkState.Dead => IsDead,
            _ => "TRUE",
        });
        if (filter.Kind is { } kind)
            query.Add($" AND \"Kind\" = {kind}");
        if (behind is var (at, behindKind, key))
        {
            query.AddSql($" AND (\"CreatedAt\", \"Kind\", \"Key\") {(descending ? '<' : '>')} (").Add($"{at}, {behindKind}, {key})");
        }

        var order = descending ? " DESC" : "";
        return db.ListAsync(
            query.AddSql($" ORDER BY \"CreatedAt\"{order}, \"Kind\"{order}, \"Key\"{order}").Add($" LIMIT {take}"), DueWorkTable.Rows.Read);
    }

    /// <summary>Sets the due time of an item to now and resets its attempts, unless a worker holds the item.</summary>
    public static async ValueTask RetryDueWorkAsync(this ISqlTransaction db, DueWorkRow row, long now)
    {
        await db.ExecuteAsync(
            """
            UPDATE "DueWork" SET "DueAt" = $3, "Attempt" = 0, "Token" = "Token" + 1
            WHERE "Kind" = $1 AND "Key" = $2 AND "Owner" IS NULL
            """,
            row.Kind, row.Key, now);
        db.Announce(RowChanges.OfDueWork(row.Kind));
    }
}

/// <summary>The filter of a list of items.</summary>
/// <param name="Kind">The kind of the items; null for all kinds.</param>
/// <param name="State">The state of the items; null for all states.</param>
internal readonly record struct DueWorkFilter(string? Kind, DueWorkState? State);

/// <summary>The state of an item.</summary>
internal enum DueWorkState
{
    /// <summary>The item waits for its due time, for its next attempt, or for a free worker.</summary>
    Waiting,

    /// <summary>A worker holds the lease of the item.</summary>
    Running,

    /// <summary>The item is a dead letter: all its attempts failed.</summary>
    Dead,
}
