using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Data;

/// <summary>The table of batches of log lines.</summary>
internal static class LogBatchTable
{
    /// <summary>
    /// Adds a batch to a log; its parameters are all columns. If the batch does not begin with the number after the log's last one,
    /// its first number becomes NULL, which the column refuses. That is an error, which undoes everything that is stored with the
    /// batch; an insert of no rows would not. Two writers that know the same last number both begin with the next one, and the
    /// primary key refuses one of them.
    /// </summary>
    public const string Append = """
        INSERT INTO "LogBatches" ("LogId", "First", "Last", "Lines", "CreatedAt") VALUES ($1, CASE WHEN $2 = 1 + coalesce(
            (SELECT before."Last" FROM "LogBatches" AS before WHERE before."LogId" = $1 ORDER BY before."First" DESC LIMIT 1), 0) THEN $2 END,
            $3, $4, $5)
        """;

    /// <summary>
    /// The batches with lines after a number, in order. The index has the first line of each batch, so the batch with the requested line
    /// may begin before it. Values: log, number.
    /// </summary>
    public const string After = """
        WHERE "LogId" = $1 AND "Last" > $2 AND "First" >= coalesce(
            (SELECT "First" FROM "LogBatches" WHERE "LogId" = $1 AND "First" <= $2 + 1 ORDER BY "First" DESC LIMIT 1), 0)
        ORDER BY "First"
        """;

    /// <summary>Selects the number of the last line of a log. Values: log.</summary>
    public const string LastNumber = """SELECT "Last" FROM "LogBatches" WHERE "LogId" = $1 ORDER BY "First" DESC LIMIT 1""";

    public static SqlTable<LogBatchRow> Rows { get; } = new(
        "LogBatches",
        [
            "LogId", "First", "Last", "Lines", "CreatedAt",
        ],
        static row => new()
        {
            LogId = row.GetString(0),
            First = row.GetInt64(1),
            Last = row.GetInt64(2),
            Lines = row.GetBytes(3),
            CreatedAt = row.GetInt64(4),
        },
        static (row, to) => to.Fill(
            row.LogId, row.First, row.Last, row.Lines, row.CreatedAt),
        keys: 2);
}
