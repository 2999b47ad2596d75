using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Security;

/// <summary>Finds the account that owns the server, which is an account without a parent.</summary>
internal sealed class ServerOwner(IStore store)
{
    private volatile string? _accountId;

    /// <summary>
    /// The account of the first owner, whose audit records the actions of the server itself and of unknown callers. Null until it
    /// was looked up, and before it exists.
    /// </summary>
    public string? AccountId => _accountId;

    /// <summary>Refuses callers that are or act for a child account.</summary>
    /// <exception cref="ApiException">403: the account is a child.</exception>
    public async Task RequireAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (!await store.QueryAsync(db => db.IsOwnerAsync(caller.AccountId), cancellationToken))
            throw ApiException.NotAuthorized("Only the owner of the server may do this, and not for another account");
    }

    /// <summary>Looks up <see cref="AccountId"/>, which never changes after it was created.</summary>
    public async ValueTask<string?> FindAsync(CancellationToken cancellationToken) =>
        _accountId ??= await store.FindServerOwnerAsync(cancellationToken);
}
