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

    /// <summary>
    /// Counts the conversations of an account with a bot that were created in a range of time, and the tokens and messages of all its
    /// conversations with the bot in that time. The range includes both ends.
    /// </summary>
    public static async ValueTask<BotUsage> SumBotUsageAsync(this ISqlSession db, string botId, string accountId, long from, long to) => new(
        await db.FirstAsync(
            """
            SELECT CAST(coalesce(sum(usage."InputTokens" + usage."OutputTokens"), 0) AS bigint)
            FROM "UsageRecords" AS usage JOIN "Conversations" AS conversation ON conversation."Id" = usage."ConversationId"
            WHERE conversation."BotId" = $1 AND conversation."AccountId" = $2 AND usage."CreatedAt" BETWEEN $3 AND $4
            """,
            static row => row.GetInt64(0), botId, accountId, from, to),
        await db.FirstAsync(
            """
            SELECT CAST(count(*) AS bigint) FROM "Conversations"
            WHERE "BotId" = $1 AND "AccountId" = $2 AND "CreatedAt" BETWEEN $3 AND $4
            """,
            static row => row.GetInt64(0), botId, accountId, from, to),
        await db.FirstAsync(
            """
            SELECT CAST(count(*) AS bigint)
            FROM "Messages" AS message JOIN "Conversations" AS conversation ON conversation."Id" = message."ConversationId"
            WHERE conversation."BotId" = $1 AND conversation."AccountId" = $2 AND message."CreatedAt" BETWEEN $3 AND $4
                AND message."Type" IN ('user', 'bot')
            """,
            static row => row.GetInt64(0), botId, accountId, from, to));
}

/// <summary>The usage of a bot.</summary>
/// <param name="Tokens">The tokens, input and output together.</param>
/// <param name="Conversations">The number of conversations.</param>
/// <param name="Messages">The number of messages of users and of the bot.</param>
internal readonly record struct BotUsage(long Tokens, long Conversations, long Messages);
