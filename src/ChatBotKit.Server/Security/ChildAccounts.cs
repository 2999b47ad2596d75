using ChatBotKit.Server.Data;
using ChatBotKit.Server.Http;

namespace ChatBotKit.Server.Security;

/// <summary>Acting for a child account with the run-as headers.</summary>
internal sealed class ChildAccounts(IStore store)
{
    /// <summary>The caller itself, or the caller as the child that the headers name.</summary>
    /// <exception cref="ApiException">401: the account that is named is no child of the caller's.</exception>
    public ValueTask<Caller> ActAsync(Caller parent, IHeaderDictionary headers, CancellationToken cancellationToken)
    {
        var id = Value(headers, ApiHeaders.RunAsUserId) ?? Value(headers, ApiHeaders.RunAsUserIdAlias);
        var email = Value(headers, ApiHeaders.RunAsChildUserEmail);
        return id is null && email is null ? new(parent) : FindAsync(parent, id, email, cancellationToken);
    }

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
