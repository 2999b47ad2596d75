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
}
