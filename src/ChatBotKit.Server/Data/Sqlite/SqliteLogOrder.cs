using Microsoft.Data.Sqlite;

namespace ChatBotKit.Server.Data.Sqlite;

/// <summary>
/// Finds batches of logs by the order in which they were stored, which is that of their row numbers: a new row gets a higher
/// number than every row that is there. An index on the time would cost each token an insert.
/// </summary>
internal sealed class SqliteLogOrder : IDisposable
{
    private const int RowsPerStep = 1000;

    private readonly SqliteStatement _ends;
    private readonly SqliteStatement _next;
    private readonly SqliteStatement _rows;

    public SqliteLogOrder(SqliteConnection connection)
    {
        // Two queries in one: SQLite finds the smallest or the largest row number at once, but not both together.
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
    /// The last row that is older than the moment, found by halving: 0 when there is none. Where the clock once jumped, some row
    /// at which the times cross; it is never past the last row.
    /// </summary>
    public long LastRowBefore(long createdBefore)
    {
        var (low, high) = Ends();
        // Every row below "low" is older, every one from "high" on is not, as far as the times are in order.
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

    /// <summary>The next rows in the span that are older than the moment and whose log belongs to no run.</summary>
    /// <returns>The rows, each with its log and whether it is the last of it, and the row up to which was looked.</returns>
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
