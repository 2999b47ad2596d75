using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Data;

/// <summary>What an operator asks of the table of due work, and does to it.</summary>
internal static class DueWorkQueries
{
    private const string IsWaiting = "\"DueAt\" IS NOT NULL AND \"Owner\" IS NULL";
    private const string IsRunning = "\"Owner\" IS NOT NULL";
    private const string IsDead = "\"DueAt\" IS NULL";

    public static ValueTask<DueWorkRow?> FindDueWorkAsync(this ISqlSession db, string kind, string key) =>
        db.FirstAsync(DueWorkTable.Rows, "WHERE \"Kind\" = $1 AND \"Key\" = $2", kind, key);

    /// <summary>Items in the order in which they were stored.</summary>
    /// <param name="db">The connection.</param>
    /// <param name="filter">Which items.</param>
    /// <param name="behind">Time, kind and key of the item behind which the list begins; it may be gone. Null for the beginning.</param>
    /// <param name="descending">Newest first.</param>
    /// <param name="take">At most so many.</param>
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

    /// <summary>Lets an item that nobody works on come at once, with all its attempts.</summary>
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

/// <summary>Which items an operator asks for.</summary>
/// <param name="Kind">Only those of this kind; null for all.</param>
/// <param name="State">Only those in this state; null for all.</param>
internal readonly record struct DueWorkFilter(string? Kind, DueWorkState? State);

/// <summary>What happens to an item.</summary>
internal enum DueWorkState
{
    /// <summary>Its time, or that of its next try, has not come.</summary>
    Waiting,

    /// <summary>A process works on it.</summary>
    Running,

    /// <summary>It failed so often that it is tried no more.</summary>
    Dead,
}
