using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.GraphQl;

/// <summary>Reads the resources of an account as the operations of their kinds do.</summary>
internal sealed class ResourceQueries(ResourceKinds kinds, ResourceListing listing, ResourceSecrets secrets, IStore store, TimeProvider time)
{
    /// <summary>Returns a resource as its owner sees it; null for one whose kind the server does not know.</summary>
    public ResourceNode? NodeOf(ResourceRow row) =>
        kinds.Find(row.Kind) is { } kind ? new ResourceNode(kind, secrets.ShowMade(kind, row)) : null;

    /// <summary>Finds a resource by its address.</summary>
    /// <exception cref="ApiException">404: the account has no such resource, or no such parent or user.</exception>
    public async Task<ResourceNode> FindAsync(
        GraphQlCall call, ResourceKind kind, string address, string? parent, CancellationToken cancellationToken)
    {
        var row = await store.QueryAsync(
            async db =>
            {
                var (accountId, parentId) = await ScopeAsync(db, call.AccountId, kind, parent);
                return await db.FindOwnAsync(kind.Name, address, accountId, parentId);
            },
            cancellationToken);
        if (row is null || kind.IsExpired(row, time.GetUtcNow()))
            throw ApiException.NotFound(kind.Title);
        call.Count([row]);
        return NodeOf(row)!;
    }

    /// <summary>Lists resources.</summary>
    /// <exception cref="ApiException">400: a filter is invalid; 404: the account has no such parent or user.</exception>
    public async Task<ResourcePage> ListAsync(
        GraphQlCall call, ResourceKind kind, string? parent, IListFilters filters, ListPage page, CancellationToken cancellationToken)
    {
        var (accountId, parentId) = kind.Parent is null && !kind.IsOfUser
            ? (call.AccountId, null)
            : await store.QueryAsync(db => ScopeAsync(db, call.AccountId, kind, parent), cancellationToken);
        var nodes = new List<ResourceNode>(page.Take);
        var left = page;
        while (left.Take > 0)
        {
            var piece = await listing.ReadAsync(kind, accountId, parentId, filters, left, cancellationToken);
            call.Count(piece.Items);
            nodes.AddRange(piece.Items.Select(row => NodeOf(row)!));
            if (!piece.MayGoOn || piece.Items.Count == 0)
                break;
            left = left with { Cursor = nodes[^1].Id, Take = page.Take - nodes.Count };
        }

        return ResourcePage.Of(nodes);
    }

    private static async ValueTask<(string AccountId, string? ParentId)> ScopeAsync(ISqlSession db, string accountId, ResourceKind kind, string? parent)
    {
        if (kind.IsOfUser)
            return ((await db.FindChildAsync(accountId, parent!))?.Id ?? throw ApiException.NotFound("User"), null);
        if (kind.Parent is null)
            return (accountId, null);
        var row = await db.FindOwnAsync(kind.Parent, parent!, accountId);
        return (accountId, row?.Id ?? throw ApiException.NotFound(ResourceKind.TitleOf(kind.Parent)));
    }
}
