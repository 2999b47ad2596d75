using System.Text.Json;
using System.Text.Json.Nodes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Json;

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
            var address = given.Trim();
            if (address.Length == 0)
            {
                fields[reference.Field] = null;
                continue;
            }

            var target = await db.FindUsableAsync(reference.Target, address, accountId);
            if (target is null || (reference.IsOwnOnly && target.AccountId != accountId))
                faults.Add($"\"{reference.Field}\" names no {reference.Target}");
            else
                fields[reference.Field] = target.Id;
        }
    }

    private static async ValueTask<ResourceRow?> FindAsync(this ISqlSession db, string kind, string text, string accountId)
    {
        var address = ResourceAddress.Parse(text);
        switch (address.Form)
        {
            case AddressForm.Id:
                return await db.FirstAsync(ResourceTable.Rows, "WHERE \"Id\" = $1 AND \"Kind\" = $2", address.Text, kind);
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

    private static async ValueTask<bool> MayUseAsync(this ISqlSession db, ResourceRow row, string accountId)
    {
        if (row.AccountId == accountId)
            return true;
        var visibility = VisibilityOf(row);
        return visibility == Visibility.Public.Value
            || (visibility == Visibility.Protected.Value && await db.AnyAsync(ResourceQueries.AreRelated, accountId, row.AccountId));
    }

    private static string? VisibilityOf(ResourceRow row)
    {
        using var document = JsonDocument.Parse(row.Data, JsonRules.Stored);
        return document.RootElement.TryGetProperty(ResourceFields.Visibility, out var value) ? value.GetString() : null;
    }
}
