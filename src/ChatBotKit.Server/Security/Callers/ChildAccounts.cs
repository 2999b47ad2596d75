using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Security;

/// <summary>Lets a parent account act for a child account with the run-as headers.</summary>
internal sealed class ChildAccounts(IStore store)
{
    /// <summary>The headers that name the child: by its id, in two spellings, or by its e-mail address.</summary>
    public const string IdHeader = "X-RunAs-User-Id";
    public const string IdHeaderAlias = "X-RunAs-UserId";
    public const string EmailHeader = "X-RunAs-Child-User-Email";

    /// <summary>Returns the caller, or, when there are run-as headers, a caller that acts for the named child.</summary>
    /// <exception cref="ApiException">401: the named account is not a child of the caller's account.</exception>
    public ValueTask<Caller> ActAsync(Caller parent, IHeaderDictionary headers, CancellationToken cancellationToken)
    {
        var id = Value(headers, IdHeader) ?? Value(headers, IdHeaderAlias);
        var email = Value(headers, EmailHeader);
        return id is null && email is null ? new(parent) : FindAsync(parent, id, email, cancellationToken);
    }

    /// <summary>Whether the account is a child of the other one and is not being deleted.</summary>
    public async ValueTask<bool> IsChildAsync(string parentId, string id, CancellationToken cancellationToken) =>
        await store.QueryAsync(db => db.FindChildAsync(parentId, id, email: null), cancellationToken) is not null;

    private static string? Value(IHeaderDictionary headers, string name) =>
        headers.TryGetValue(name, out var values) && !string.IsNullOrEmpty(values[0]) ? values[0] : null;

    private async ValueTask<Caller> FindAsync(Caller parent, string? id, string? email, CancellationToken cancellationToken)
    {
        var child = await store.QueryAsync(db => db.FindChildAsync(parent.AccountId, id, email), cancellationToken);
        return child is null
            ? throw ApiException.NotAuthenticated("The account to run as is not a child of the token's account")
            : parent with { AccountId = child, ScopeId = $"{parent.ScopeId}/{child}" };
    }
}
