using System.Text.Json.Nodes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Resources;

/// <summary>
/// Finds resources by what paths and bodies name them, and says whose they must be. A resource is manipulated by its owner alone;
/// it is used by the owner, by related accounts when it is protected, and by everybody when it is public. What the caller may not
/// have looks like something that does not exist.
/// </summary>
internal static class ResourceFinder
{
    /// <summary>The caller's own resource.</summary>
    /// <param name="db">The connection.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="address">How the path names it.</param>
    /// <param name="accountId">The caller's account.</param>
    /// <param name="parentId">What it must be a part of; null for a kind without parent.</param>
    public static async ValueTask<ResourceRow?> FindOwnAsync(
        this ISqlSession db, string kind, string address, string accountId, string? parentId = null) =>
        await db.FindAsync(kind, address, accountId) is { } row && row.AccountId == accountId && row.ParentId == parentId ? row : null;

    /// <summary>A resource that the caller may use.</summary>
    public static async ValueTask<ResourceRow?> FindUsableAsync(this ISqlSession db, string kind, string address, string accountId) =>
        await db.FindAsync(kind, address, accountId) is { } row && await db.MayUseAsync(row, accountId) ? row : null;

    /// <summary>Puts the ids of what a request refers to in the place of how it names them; what can't be referred to is a fault.</summary>
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

    /// <summary>What a field of a request refers to.</summary>
    /// <param name="db">The connection.</param>
    /// <param name="reference">The field, and what it names.</param>
    /// <param name="given">How the request names it; null or empty for nothing.</param>
    /// <param name="accountId">The caller's account.</param>
    /// <param name="faults">Gets a fault when the caller can't refer to it.</param>
    /// <returns>Null for nothing, and for what can't be referred to.</returns>
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

    /// <summary>The ids of those that a filter names and the caller may use; an id is taken as it is.</summary>
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
