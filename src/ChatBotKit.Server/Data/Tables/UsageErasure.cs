namespace ChatBotKit.Server.Data;

/// <summary>Deletes old usage in small batches, and the usage of closed accounts.</summary>
internal static class UsageErasure
{
    private const int BatchSize = 500;

    /// <summary>Deletes a batch of records that were stored before a time.</summary>
    /// <returns>Whether there may be more.</returns>
    public static async ValueTask<bool> DeleteUsageOfAsync(this ISqlTransaction db, string accountId, long before) => await db.ExecuteAsync(
        """
        DELETE FROM "UsageRecords" WHERE "Id" IN (
            SELECT "Id" FROM "UsageRecords" WHERE "AccountId" = $1 AND "CreatedAt" < $2 ORDER BY "CreatedAt" LIMIT $3)
        """,
        accountId, before, BatchSize) == BatchSize;

    /// <summary>Deletes a batch of rows of days before the given one.</summary>
    /// <returns>Whether there may be more.</returns>
    public static async ValueTask<bool> DeleteDaysOfAsync(this ISqlTransaction db, string accountId, long before) => await db.ExecuteAsync(
        """
        DELETE FROM "ConversationDays" WHERE "AccountId" = $1 AND ("Day", "ConversationId") IN (
            SELECT "Day", "ConversationId" FROM "ConversationDays" WHERE "AccountId" = $1 AND "Day" < $2 ORDER BY "Day", "ConversationId" LIMIT $3)
        """,
        accountId, before, BatchSize) == BatchSize;

    /// <summary>Lists the next accounts in the order of their ids.</summary>
    public static ValueTask<List<string>> ListAccountsAsync(this ISqlSession db, string after, int take) => db.ListAsync(
        """SELECT "Id" FROM "Accounts" WHERE "Id" > $1 ORDER BY "Id" LIMIT $2""", static row => row.GetString(0), after, take);
}
