using System.Text.Json.Nodes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Resources;

/// <summary>
/// Finds resources by their addresses, and decides who may access them. Only the owner may change a resource. It may be used by the
/// owner, by related accounts when it is protected, and by everybody when it is public. A resource that the caller may not access
/// looks like one that does not exist.
/// </summary>
internal static class ResourceFinder
{
    /// <summary>Finds a resource of the caller.</summary>
    /// <param name="db">The connection.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="address">The address in the path.</param>
    /// <param name="accountId">The caller's account.</param>
    /// <param name="parentId">The parent of the resource; null for a kind without parent.</param>
    public static async ValueTask<ResourceRow?> FindOwnAsync(
        this ISqlSession db, string kind, string address, string accountId, string? parentId = null) =>
        await db.FindAsync(kind, address, accountId) is { } row && row.AccountId == accountId && row.ParentId == parentId ? row : null;

    /// <summary>Finds a resource that the caller may use.</summary>
    public static async ValueTask<ResourceRow?> FindUsableAsync(this ISqlSession db, string kind, string address, string accountId) =>
        await db.FindAsync(kind, address, accountId) is { } row && await db.MayUseAsync(row, accountId) ? row : null;

    /// <summary>Replaces the addresses in a request with ids. A resource that can't be referred to is a fault.</summary>
    public static async ValueTask ResolveAsync(this ISqlSession db, ResourceKind kind, JsonObject fields, string accountId, Faults faults)
    {
        foreach (var reference in kind.Fields.References)
        {
            if (fields[reference.Field] is not JsonValue value || !value.TryGetValue<string>(out var given))
                continue;
            if (string.IsNullOrWhiteSpace(given))
                fields[reference.Field] = null;
            else if (await db.ResolveAsync(reference, given, accountId, faults) is { } target)
                fields[reference.Field] = target.Id;
        }
    }

    /// <summary>Finds the resource that a field of a request refers to.</summary>
    /// <param name="db">The connection.</param>
    /// <param name="reference">The declaration of the field.</param>
    /// <param name="given">The address in the request; null or empty for none.</param>
    /// <param name="accountId">The caller's account.</param>
    /// <param name="faults">The faults, to which one is added when the caller can't refer to the resource.</param>
    /// <returns>The resource; null when the address is empty or can't be referred to.</returns>
    public static async ValueTask<ResourceRow?> ResolveAsync(
        this ISqlSession db, ResourceReference reference, string? given, string accountId, Faults faults)
    {
        if (string.IsNullOrWhiteSpace(given))
            return null;
        var target = await db.FindUsableAsync(reference.Target, given.Trim(), accountId);
        if (target is not null && (!reference.IsOwnOnly || target.AccountId == accountId))
            return target;
        faults.Add($"\"{reference.Field}\" names no {reference.Target}");
        return null;
    }

    /// <summary>Returns the ids of the resources that a filter names and the caller may use. An id is not checked.</summary>
    public static async ValueTask<IReadOnlyList<string>> IdsOfAsync(
        this ISqlSession db, string kind, IReadOnlyList<string> addresses, string accountId)
    {
        var ids = new List<string>(addresses.Count);
        foreach (var address in addresses)
        {
            if (ResourceAddress.Parse(address).Form == AddressForm.Id)
                ids.Add(address);
            else if (await db.FindUsableAsync(kind, address, accountId) is { } target)
                ids.Add(target.Id);
        }

        return ids;
    }

    private static async ValueTask<ResourceRow?> FindAsync(this ISqlSession db, string kind, string text, string accountId)
    {
        var address = ResourceAddress.Parse(text);
        switch (address.Form)
        {
            case AddressForm.Id:
                return await db.FirstAsync(ResourceTable.Rows, ResourceTable.OfKind, address.Text, kind);
            case AddressForm.Name:
                var query = new SqlQuery().AddSql(ResourceTable.Rows.Select("WHERE TRUE")).Add($" AND \"AccountId\" = {accountId} AND \"Kind\" = {kind}");
                db.Dialect.AddJsonCondition(query, "\"Data\"", ResourceFields.Name, address.Text);
                query.AddSql(" ORDER BY \"CreatedAt\", \"Id\" LIMIT 1");
                return await db.FirstAsync(query.Sql, ResourceTable.Rows.Read, query.Values);
            default:
                var owner = address.Form switch
                {
                    AddressForm.ParentKey => await db.FirstAsync(ResourceQueries.ParentOf, static row => row.GetString(0), accountId),
                    AddressForm.RelatedKey => await db.FirstAsync(
                        ResourceQueries.RelatedOfAlias, static row => row.GetString(0), accountId, address.Account),
                    _ => accountId,
                };
                return owner is null ? null : await db.FirstAsync(ResourceTable.Rows, ResourceTable.WithKey, owner, kind, address.Text);
        }
    }
}
