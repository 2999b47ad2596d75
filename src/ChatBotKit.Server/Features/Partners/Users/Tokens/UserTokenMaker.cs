using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Partners.Users.Tokens;

/// <summary>Stores API tokens of users: those that their partner lists, and those of sessions.</summary>
internal sealed class UserTokenMaker(IStore store, ApiTokenKey key, SessionAudit audit)
{
    /// <summary>So many tokens of a user may be good at a time, and as many of its sessions.</summary>
    public const int MaxTokens = 1000;

    /// <summary>The hash that is stored of a token.</summary>
    public (byte[] Hash, string KeyId) HashOf(string secret) => (key.HashOf(secret), key.Id);

    /// <summary>Stores a token, and deletes those of the user's sessions that are over.</summary>
    /// <param name="user">The user, as the path names it.</param>
    /// <param name="context">The request.</param>
    /// <param name="row">Gives the token for the account of the user.</param>
    /// <param name="answered">Lets the request be repeated.</param>
    /// <exception cref="ApiException">404: the caller has no such user; 429: the user has too many tokens.</exception>
    public async Task StoreAsync(string user, HttpContext context, Func<string, ApiTokenRow> row, IdempotencyRow? answered)
    {
        var caller = context.Caller();
        var refusal = await store.ChangeAsync(
            async db =>
            {
                if (await db.FindChildAsync(caller.AccountId, user) is not { } account)
                    return PartnerUsers.NotFound();
                var token = row(account.Id);
                await db.DeleteEndedSessionTokensAsync(account.Id, token.CreatedAt);
                if (await db.CountGoodApiTokensAsync(account.Id, token.IsSession, token.CreatedAt) >= MaxTokens)
                    return ApiException.LimitsReached($"The user has {MaxTokens} {(token.IsSession ? "sessions" : "API tokens")} that are good; delete some first");
                await db.InsertAsync(ApiTokenTable.Rows, token);
                await db.AuditAsync(audit.OfOwner(context, SessionAuditType.CreateToken, token.Id));
                await db.RememberAsync(answered);
                return null;
            },
            context.RequestAborted);
        if (refusal is not null)
            throw refusal;
    }
}
