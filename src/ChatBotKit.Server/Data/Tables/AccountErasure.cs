using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Data;

/// <summary>
/// Deletes the data of a closed account in pieces, between which other writes can run. Resources and conversations are deleted
/// elsewhere, with everything that belongs to them.
/// </summary>
internal static class AccountErasure
{
    /// <summary>How many rows one transaction deletes.</summary>
    public const int BatchSize = 500;

    /// <summary>Tables without an index on the account. Their rows are found by scanning in the order of their ids.</summary>
    public static IReadOnlyList<string> WalkedTables { get; } = ["ResourceRatings"];

    /// <summary>Lists accounts that were closed before the given time, the earliest first.</summary>
    public static ValueTask<List<string>> ListClosedAccountsAsync(this ISqlSession db, long closedBefore, int take) => db.ListAsync(
        """SELECT "Id" FROM "Accounts" WHERE "DeletedAt" < $1 ORDER BY "DeletedAt", "Id" LIMIT $2""",
        static row => row.GetString(0), closedBefore, take);

    /// <summary>Lists some conversations of the account.</summary>
    public static ValueTask<List<ConversationRow>> ListConversationsAsync(this ISqlSession db, string accountId, int take) => db.ListAsync(
        ConversationTable.Rows, """WHERE "AccountId" = $1 ORDER BY "CreatedAt", "Id" LIMIT $2""", accountId, take);

    /// <summary>Finds a resource of the account that has no parent; null when there is none.</summary>
    public static ValueTask<ResourceRow?> FindAnyResourceAsync(this ISqlSession db, string accountId) => db.FirstAsync(
        ResourceTable.Rows, """WHERE "AccountId" = $1 AND "ParentId" IS NULL LIMIT 1""", accountId);

    /// <summary>Deletes the first audit records of the account.</summary>
    /// <returns>The number of deleted records.</returns>
    public static ValueTask<int> DeleteAuditAsync(this ISqlTransaction db, string accountId) => db.ExecuteAsync(
        """
        DELETE FROM "AuditRecords" WHERE "AccountId" = $1 AND "Number" IN (
            SELECT "Number" FROM "AuditRecords" WHERE "AccountId" = $1 ORDER BY "Number" LIMIT $2)
        """,
        accountId, BatchSize);

    /// <summary>Lists the next rows of the account in one of <see cref="WalkedTables"/>, in the order of their ids.</summary>
    public static ValueTask<List<string>> WalkAsync(this ISqlSession db, string table, string accountId, string after) => db.ListAsync(
        $"""SELECT "Id" FROM "{table}" WHERE "AccountId" = $1 AND "Id" > $2 ORDER BY "Id" LIMIT $3""",
        static row => row.GetString(0), accountId, after, BatchSize);

    /// <summary>Deletes the rows with these ids from one of <see cref="WalkedTables"/>.</summary>
    public static async ValueTask<int> DeleteWalkedAsync(this ISqlTransaction db, string table, IReadOnlyList<string> ids)
    {
        foreach (var id in ids)
            await db.ExecuteAsync($"""DELETE FROM "{table}" WHERE "Id" = $1""", id);
        return ids.Count;
    }

    /// <summary>Deletes a closed account of which nothing else is left.</summary>
    public static async ValueTask<bool> DeleteAccountAsync(this ISqlTransaction db, string id) =>
        await db.ExecuteAsync("""DELETE FROM "Accounts" WHERE "Id" = $1 AND "DeletedAt" IS NOT NULL""", id) > 0;
}
