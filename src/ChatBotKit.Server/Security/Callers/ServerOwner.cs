using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Security;

/// <summary>Who the server as a whole belongs to: an account that is nobody's child.</summary>
internal sealed class ServerOwner(IStore store)
{
    private volatile string? _accountId;

    /// <summary>
    /// The account of the first owner, in whose audit the server writes what it does by itself and what strangers do; null
    /// until it was looked up, and before there is one.
    /// </summary>
    public string? AccountId => _accountId;

    /// <summary>Lets the owner pass, and nobody who is or acts for a child account.</summary>
    /// <exception cref="ApiException">403: the account is a child.</exception>
    public async Task RequireAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (!await store.QueryAsync(db => db.IsOwnerAsync(caller.AccountId), cancellationToken))
            throw ApiException.NotAuthorized("Only the owner of the server may do this, and not for another account");
    }

    /// <summary>Looks up <see cref="AccountId"/>, which never changes once there is one.</summary>
    public async ValueTask<string?> FindAsync(CancellationToken cancellationToken) =>
        _accountId ??= await store.FindServerOwnerAsync(cancellationToken);
}
