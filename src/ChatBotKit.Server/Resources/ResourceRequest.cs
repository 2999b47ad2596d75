using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Resources;

/// <summary>A request to an operation of a kind.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Operation">The operation.</param>
/// <param name="Context">The request.</param>
internal sealed record ResourceRequest(ResourceKind Kind, ResourceOperation Operation, HttpContext Context)
{
    public Caller Caller { get; } = Context.Caller();

    /// <summary>The account of the resources: the caller's, or that of the user in the path.</summary>
    public string AccountId { get; private init; } = Context.Caller().AccountId;

    public CancellationToken Cancelled => Context.RequestAborted;

    /// <summary>The address of the resource in the path.</summary>
    private string Address => (string)Context.Request.RouteValues[Operation.Parameter!]!;

    /// <summary>Returns the request with the account of the user in the path, if there is one.</summary>
    /// <exception cref="ApiException">404: the caller has no such user.</exception>
    public async ValueTask<ResourceRequest> WithAccountAsync(ResourceStore store)
    {
        if (!Kind.IsOfUser)
            return this;
        var name = (string)Context.Request.RouteValues[Kind.ParentParameter!]!;
        var user = await store.ReadAsync(db => db.FindChildAsync(Caller.AccountId, name), Cancelled);
        return this with { AccountId = user?.Id ?? throw ApiException.NotFound("User") };
    }

    /// <summary>Returns the id of the parent in the path; null for a kind without parent.</summary>
    /// <exception cref="ApiException">404: the parent does not exist or does not belong to the caller.</exception>
    public async ValueTask<string?> ParentIdAsync(ISqlSession db)
    {
        if (Kind.Parent is not { } parent)
            return null;
        var address = (string)Context.Request.RouteValues[Kind.ParentParameter!]!;
        return await db.FindOwnAsync(parent, address, AccountId) is { } row ? row.Id : throw NotFound(parent);
    }

    /// <summary>Finds the resource in the path, which must belong to the caller.</summary>
    /// <exception cref="ApiException">404: there is none.</exception>
    public async ValueTask<ResourceRow> FindOwnAsync(ISqlSession db) =>
        await db.FindOwnAsync(Kind.Name, Address, AccountId, await ParentIdAsync(db)) is { } row
            && !Kind.IsExpired(row, Context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow())
            ? row
            : throw ApiException.NotFound(Kind.Title);

    /// <summary>Finds the resource in the path, which the caller must be allowed to use.</summary>
    /// <exception cref="ApiException">404: there is none.</exception>
    public async ValueTask<ResourceRow> FindUsableAsync(ISqlSession db) =>
        await db.FindUsableAsync(Kind.Name, Address, AccountId) ?? throw ApiException.NotFound(Kind.Title);

    private static ApiException NotFound(string kind) => ApiException.NotFound(ResourceKind.TitleOf(kind));
}
