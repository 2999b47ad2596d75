namespace ChatBotKit.Server.Data;

/// <summary>Contacts among the resources, and what names them in other tables.</summary>
internal static class ContactQueries
{
    /// <summary>The kind of the resources that are contacts.</summary>
    public const string Kind = "contact";

    public static ValueTask<ResourceRow?> FindContactAsync(this ISqlSession db, string id, string accountId) =>
        db.FirstAsync(ResourceTable.Rows, """WHERE "Id" = $1 AND "AccountId" = $2 AND "Kind" = $3""", id, accountId, Kind);

    public static ValueTask<ResourceRow?> FindContactByFingerprintAsync(this ISqlSession db, string fingerprint, string accountId) =>
        db.FirstAsync(ResourceTable.Rows, ResourceTable.WithKey, accountId, Kind, fingerprint);

    /// <summary>The ids of the conversations with a contact.</summary>
    public static ValueTask<List<string>> ListConversationIdsAsync(this ISqlSession db, string contactId) => db.ListAsync(
        """SELECT "Id" FROM "Conversations" WHERE "ContactId" = $1""", static row => row.GetString(0), contactId);

    /// <summary>Leaves the conversations and ratings of a contact that is about to be deleted without one.</summary>
    public static async ValueTask ForgetContactAsync(this ISqlTransaction db, string contactId)
    {
        await db.ExecuteAsync("""UPDATE "Conversations" SET "ContactId" = NULL WHERE "ContactId" = $1""", contactId);
        await db.ExecuteAsync("""UPDATE "Ratings" SET "ContactId" = NULL WHERE "ContactId" = $1""", contactId);
    }
}
