using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Data;

/// <summary>The table of usage records.</summary>
internal static class UsageTable
{
    public static SqlTable<UsageRow> Rows { get; } = new(
        "UsageRecords",
        [
            "Id", "AccountId", "ConversationId", "SessionId", "Model", "InputTokens", "OutputTokens", "Messages",
            "CreatedAt",
        ],
        static row => new()
        {
            Id = row.GetString(0),
            AccountId = row.GetString(1),
            ConversationId = row.GetStringOrNull(2),
            SessionId = row.GetStringOrNull(3),
            Model = row.GetString(4),
            InputTokens = row.GetInt64(5),
            OutputTokens = row.GetInt64(6),
            Messages = row.GetInt32(7),
            CreatedAt = row.GetInt64(8),
        },
        static (row, to) => to.Fill(
            row.Id, row.AccountId, row.ConversationId, row.SessionId, row.Model, row.InputTokens, row.OutputTokens,
            row.Messages, row.CreatedAt));

    /// <summary>Sums the tokens, input and output together, that a conversation used in a range of time that includes both ends.</summary>
    public static ValueTask<long> SumTokensAsync(this ISqlSession db, string conversationId, long from, long to) => db.FirstAsync(
        """
        SELECT CAST(coalesce(sum("InputTokens" + "OutputTokens"), 0) AS bigint) FROM "UsageRecords"
        WHERE "ConversationId" = $1 AND "CreatedAt" BETWEEN $2 AND $3
        """,
        static row => row.GetInt64(0), conversationId, from, to);
}
