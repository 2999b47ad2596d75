using Microsoft.Data.Sqlite;

namespace ChatBotKit.Server.Data.Sqlite;

/// <summary>
/// Finds log batches in the order in which they were stored. That is the order of their row ids, because a new row always gets a
/// higher id than all existing rows. An index on the time would cost an additional insert per batch.
/// </summary>
internal sealed class SqliteLogOrder : IDisposable
{
    private const int RowsPerStep = 1000;

    private readonly SqliteStatement _ends;
    private readonly SqliteStatement _next;
    private readonly SqliteStatement _rows;

    public SqliteLogOrder(SqliteConnection connection)
    {
        // Two subqueries: SQLite finds the smallest or the largest row id directly, but not both in one.
        _ends = new SqliteStatement(connection, """
            SELECT (SELECT min(rowid) FROM "LogBatches"), (SELECT max(rowid) FROM "LogBatches")
            """);
        _next = new SqliteStatement(connection, """
            SELECT rowid, "CreatedAt" FROM "LogBatches" WHERE rowid >= $1 ORDER BY rowid LIMIT 1
            """);
        _rows = new SqliteStatement(connection, """
            SELECT batch.rowid, batch."CreatedAt" < $3
                AND NOT EXISTS (SELECT 1 FROM "Runs" AS run WHERE run."Id" = batch."LogId"),
                batch."LogId",
                NOT EXISTS (SELECT 1 FROM "LogBatches" AS later WHERE later."LogId" = batch."LogId" AND later."First" > batch."First")
            FROM "LogBatches" AS batch WHERE batch.rowid > $1 AND batch.rowid <= $2 ORDER BY batch.rowid LIMIT $4
            """);
    }

    /// <summary>
    /// Finds the last row that is older than the given time by binary search; 0 when there is none. If the clock was set back at
    /// some time, the result is one of the rows where older and newer times meet. It is never after the last row.
    /// </summary>
    public long LastRowBefore(long createdBefore)
    {
        var (low, high) = Ends();
        // Invariant, as long as the times are sorted: rows before "low" are older, rows from "high" on are not.
        for (high++; low < high;)
        {
            var middle = low + ((high - low) / 2);
            if (Next(middle) is { } row && row.CreatedAt < createdBefore)
                low = row.Number + 1;
            else
                high = middle;
        }

        return low - 1;
    }

    /// <summary>Lists the next rows of the range that are older than the given time and whose log belongs to no run.</summary>
    /// <returns>The rows, each with its log and whether it is the last batch of this log; and the last row that was examined.</returns>
    public (IReadOnlyList<(long Row, string LogId, bool IsLast)> Rows, long Seen) ListWithoutRun(long afterRow, long lastRow, long createdBefore)
    {
        using var rows = _rows.Query(afterRow, lastRow, createdBefore, RowsPerStep);
        var found = new List<(long Row, string LogId, bool IsLast)>();
        var (count, seen) = (0, lastRow);
        while (rows.Read())
        {
            seen = rows.GetInt64(0);
            count++;
            if (rows.GetBoolean(1))
                found.Add((seen, rows.GetString(2), rows.GetBoolean(3)));
        }

        return (found, count < RowsPerStep ? lastRow : seen);
    }

    public void Dispose()
    {
        _ends.Dispose();
        _next.Dispose();
        _rows.Dispose();
    }

    private (long First, long Last) Ends()
    {
        using var row = _ends.Query();
        return row.Read() && row.GetInt64OrNull(0) is { } first ? (first, row.GetInt64(1)) : (1, 0);
    }

    private (long Number, long CreatedAt)? Next(long from)
    {
        using var row = _next.Query(from);
        return row.Read() ? (row.GetInt64(0), row.GetInt64(1)) : null;
    }
}
