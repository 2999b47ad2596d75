using ChatBotKit.Server.Data.Entities;

namespace ChatBotKit.Server.Data;

/// <summary>The table of batches of log lines.</summary>
internal static class LogBatchTable
{
    public static SqlTable<LogBatchEntity> Rows { get; } = new(
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
