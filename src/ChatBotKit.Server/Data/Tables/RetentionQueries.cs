using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Data;

/// <summary>Removes conversations, messages and files that are older than a policy of retention allows.</summary>
internal static class RetentionQueries
{
    private const int BatchSize = 500;

    /// <summary>Whether something has happened to a conversation since a time. Values: conversation, time.</summary>
    private const string IsActive = """
        SELECT 1 FROM "Conversations" AS conversation WHERE conversation."Id" = $1 AND (conversation."UpdatedAt" >= $2
            OR (SELECT message."CreatedAt" FROM "Messages" AS message WHERE message."ConversationId" = $1 ORDER BY message."Position" DESC LIMIT 1) >= $2
            OR EXISTS (SELECT 1 FROM "Runs" AS run WHERE run."ConversationId" = $1 AND run."EndedAt" IS NULL))
        """;

    /// <summary>Lists the next conversations that were created before a time, the oldest first.</summary>
    /// <param name="db">The connection.</param>
    /// <param name="accountId">The account.</param>
    /// <param name="botId">The bot; null for all conversations.</param>
    /// <param name="before">The time.</param>
    /// <param name="after">Time and id of the last conversation of the previous page.</param>
    /// <param name="take">The maximum number of conversations.</param>
    public static ValueTask<List<ConversationRow>> ListOldConversationsAsync(
        this ISqlSession db, string accountId, string? botId, long before, (long At, string Id) after, int take)
    {
        var query = new SqlQuery().AddSql(ConversationTable.Rows.Select("WHERE TRUE")).Add($" AND \"AccountId\" = {accountId} AND \"CreatedAt\" < {before}");
        if (botId is not null)
            query.Add($" AND \"BotId\" = {botId}");
        query.AddPage(descending: false, after, take);
        return db.ListAsync(query, ConversationTable.Rows.Read);
    }

    /// <summary>
    /// Deletes a conversation to which nothing has happened since a time, or of an active one a batch of the messages and files that are
    /// older.
    /// </summary>
    /// <returns>Whether the conversation may have more of them.</returns>
    public static async ValueTask<bool> ExpireAsync(this ISqlTransaction db, ConversationRow conversation, long before, DateTimeOffset now)
    {
        if (!await db.AnyAsync(IsActive, conversation.Id, before))
        {
            await db.DeleteConversationAsync(conversation, now);
            return false;
        }

        await db.ExecuteAsync("""DELETE FROM "Ratings" WHERE "ConversationId" = $1 AND "CreatedAt" < $2""", conversation.Id, before);
        var files = await db.ListAsync(
            """DELETE FROM "Attachments" WHERE "ConversationId" = $1 AND "CreatedAt" < $2 RETURNING "BlobId" """,
            static row => row.GetStringOrNull(0), conversation.Id, before);
        await db.RemoveBlobsAsync([.. files.OfType<string>().Order(StringComparer.Ordinal)], now);
        var messages = await db.ExecuteAsync(
            """
            DELETE FROM "Messages" WHERE "ConversationId" = $1 AND "CreatedAt" < $2 AND "Position" IN (
                SELECT "Position" FROM "Messages" WHERE "ConversationId" = $1 ORDER BY "Position" LIMIT $3)
            """,
            conversation.Id, before, BatchSize);
        if (messages > 0)
            db.Announce(RowChanges.OfMessage("", conversation.Id, conversation.AccountId, Changes.ChangeKind.Deleted));
        return messages == BatchSize;
    }
}
