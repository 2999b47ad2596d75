namespace ChatBotKit.Server.Data;

/// <summary>Queries about contacts, and about the rows of other tables that refer to them.</summary>
internal static class ContactQueries
{
    /// <summary>The kind of resource that a contact is.</summary>
    public const string Kind = "contact";

    public static ValueTask<ResourceRow?> FindContactAsync(this ISqlSession db, string id, string accountId) =>
        db.FirstAsync(ResourceTable.Rows, """WHERE "Id" = $1 AND "AccountId" = $2 AND "Kind" = $3""", id, accountId, Kind);

    public static ValueTask<ResourceRow?> FindContactByFingerprintAsync(this ISqlSession db, string fingerprint, string accountId) =>
        db.FirstAsync(ResourceTable.Rows, ResourceTable.WithKey, accountId, Kind, fingerprint);

    /// <summary>Lists the ids of the conversations of a contact.</summary>
    public static ValueTask<List<string>> ListConversationIdsAsync(this ISqlSession db, string contactId) => db.ListAsync(
        """SELECT "Id" FROM "Conversations" WHERE "ContactId" = $1""", static row => row.GetString(0), contactId);

    /// <summary>Clears the references to a contact that is about to be deleted, in conversations and ratings.</summary>
    public static async ValueTask ForgetContactAsync(this ISqlTransaction db, string contactId)
    {
        await db.ExecuteAsync("""UPDATE "Conversations" SET "ContactId" = NULL WHERE "ContactId" = $1""", contactId);
        await db.ExecuteAsync("""UPDATE "Ratings" SET "ContactId" = NULL WHERE "ContactId" = $1""", contactId);
    }
}
