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
}
