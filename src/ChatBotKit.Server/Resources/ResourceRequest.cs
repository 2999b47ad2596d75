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

    public CancellationToken Cancelled => Context.RequestAborted;

    /// <summary>How the path names the resource.</summary>
    private string Address => (string)Context.Request.RouteValues[Operation.Parameter!]!;

    /// <summary>The id of the parent that the path names; null for a kind without parent.</summary>
    /// <exception cref="ApiException">404: there is none that is the caller's.</exception>
    public async ValueTask<string?> ParentIdAsync(ISqlSession db)
    {
        if (Kind.Parent is not { } parent)
            return null;
        var address = (string)Context.Request.RouteValues[Kind.ParentParameter!]!;
        return await db.FindOwnAsync(parent, address, Caller.AccountId) is { } row ? row.Id : throw NotFound(parent);
    }

    /// <summary>The caller's own resource that the path names.</summary>
    /// <exception cref="ApiException">404: there is none.</exception>
    public async ValueTask<ResourceRow> FindOwnAsync(ISqlSession db) =>
        await db.FindOwnAsync(Kind.Name, Address, Caller.AccountId, await ParentIdAsync(db)) ?? throw ApiException.NotFound(Kind.Title);

    /// <summary>The resource that the path names, and that the caller may use.</summary>
    /// <exception cref="ApiException">404: there is none.</exception>
    public async ValueTask<ResourceRow> FindUsableAsync(ISqlSession db) =>
        await db.FindUsableAsync(Kind.Name, Address, Caller.AccountId) ?? throw ApiException.NotFound(Kind.Title);

    private static ApiException NotFound(string kind) => ApiException.NotFound(ResourceKind.TitleOf(kind));
}
