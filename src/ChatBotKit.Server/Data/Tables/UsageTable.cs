using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Data;

/// <summary>The table of usage records.</summary>
internal static class UsageTable
{
    private const string TokensOfBot = """
        SELECT CAST(coalesce(sum("InputTokens" + "OutputTokens"), 0) AS bigint) FROM "UsageRecords"
        WHERE "BotId" = $1 AND "AccountId" = $2 AND "CreatedAt" BETWEEN $3 AND $4
        """;

    private const string ConversationsOfBot = """
        SELECT CAST(count(*) AS bigint) FROM "Conversations"
        WHERE "BotId" = $1 AND "AccountId" = $2 AND "CreatedAt" BETWEEN $3 AND $4
        """;

    private const string MessagesOfBot = """
        SELECT CAST(count(*) AS bigint)
        FROM "Messages" AS message JOIN "Conversations" AS conversation ON conversation."Id" = message."ConversationId"
        WHERE conversation."BotId" = $1 AND conversation."AccountId" = $2 AND message."CreatedAt" BETWEEN $3 AND $4
            AND message."Type" IN ('user', 'bot')
        """;

    // The first turn may be before the range, so the turns are not limited to it before they are grouped.
    private const string OfDeleted = """
        SELECT CAST(coalesce(sum(CASE WHEN gone."First" >= $3 THEN 1 ELSE 0 END), 0) AS bigint), CAST(coalesce(sum(gone."Messages"), 0) AS bigint)
        FROM (
            SELECT min(usage."CreatedAt") AS "First", sum(CASE WHEN usage."CreatedAt" >= $3 THEN usage."Messages" ELSE 0 END) AS "Messages"
            FROM "UsageRecords" AS usage
            WHERE usage."BotId" = $1 AND usage."AccountId" = $2 AND usage."CreatedAt" <= $4 AND usage."ConversationId" IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM "Conversations" AS conversation WHERE conversation."Id" = usage."ConversationId")
            GROUP BY usage."ConversationId"
        ) AS gone
        """;

    public static SqlTable<UsageRow> Rows { get; } = new(
        "UsageRecords",
        [
            "Id", "AccountId", "ConversationId", "SessionId", "BotId", "Model", "InputTokens", "OutputTokens", "Messages",
            "CreatedAt", "ContactId", "TaskId", "FirstToken", "Duration", "EndReason",
        ],
        static row => new()
        {
            Id = row.GetString(0),
            AccountId = row.GetString(1),
            ConversationId = row.GetStringOrNull(2),
            SessionId = row.GetStringOrNull(3),
            BotId = row.GetStringOrNull(4),
            Model = row.GetString(5),
            InputTokens = row.GetInt64(6),
            OutputTokens = row.GetInt64(7),
            Messages = row.GetInt32(8),
            CreatedAt = row.GetInt64(9),
            ContactId = row.GetStringOrNull(10),
            TaskId = row.GetStringOrNull(11),
            FirstToken = row.GetInt64OrNull(12),
            Duration = row.GetInt64OrNull(13),
            EndReason = row.GetStringOrNull(14),
        },
        static (row, to) => to.Fill(
            row.Id, row.AccountId, row.ConversationId, row.SessionId, row.BotId, row.Model, row.InputTokens, row.OutputTokens,
            row.Messages, row.CreatedAt, row.ContactId, row.TaskId, row.FirstToken, row.Duration, row.EndReason));

    /// <summary>Sums the tokens, input and output together, that a conversation used in a range of time that includes both ends.</summary>
    public static ValueTask<long> SumTokensAsync(this ISqlSession db, string conversationId, long from, long to) => db.FirstAsync(
        """
        SELECT CAST(coalesce(sum("InputTokens" + "OutputTokens"), 0) AS bigint) FROM "UsageRecords"
        WHERE "ConversationId" = $1 AND "CreatedAt" BETWEEN $2 AND $3
        """,
        static row => row.GetInt64(0), conversationId, from, to);

    /// <summary>
    /// Counts the conversations of an account with a bot that were created in a range of time, and its tokens and messages with the bot in
    /// that time. The range includes both ends. A deleted conversation counts by what its turns have used: it was created with its first
    /// turn, and has the messages of its turns.
    /// </summary>
    public static async ValueTask<BotUsage> SumBotUsageAsync(this ISqlSession db, string botId, string accountId, long from, long to)
    {
        var deleted = await db.FirstAsync(OfDeleted, static row => (row.GetInt64(0), row.GetInt64(1)), botId, accountId, from, to);
        return new BotUsage(
            await db.FirstAsync(TokensOfBot, static row => row.GetInt64(0), botId, accountId, from, to),
            await db.FirstAsync(ConversationsOfBot, static row => row.GetInt64(0), botId, accountId, from, to) + deleted.Item1,
            await db.FirstAsync(MessagesOfBot, static row => row.GetInt64(0), botId, accountId, from, to) + deleted.Item2);
    }
}

/// <summary>The usage of a bot.</summary>
/// <param name="Tokens">The tokens, input and output together.</param>
/// <param name="Conversations">The number of conversations.</param>
/// <param name="Messages">The number of messages of users and of the bot.</param>
internal readonly record struct BotUsage(long Tokens, long Conversations, long Messages);
