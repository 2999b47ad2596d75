using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Partners.Users.Tokens;

/// <summary>The stored properties of a new token of a user, except its secret.</summary>
/// <param name="CreatedAt">The time of its creation.</param>
internal sealed record UserTokenTerms(DateTimeOffset CreatedAt)
{
    public string? Name { get; init; }

    public string? Description { get; init; }

    /// <summary>See <see cref="ApiTokenRow.Config"/>.</summary>
    public string? Config { get; init; }

    public string? Meta { get; init; }

    /// <summary>The end of a session; null for a token that the partner lists, which does not expire.</summary>
    public DateTimeOffset? SessionEnd { get; init; }
}

/// <summary>Creates the API tokens of users: those that the partner lists, and those of sessions.</summary>
internal sealed class UserTokenMaker(IStore store, ApiTokenKey key, SessionAudit audit)
{
    /// <summary>The maximum number of valid tokens of a user, and likewise of its active sessions.</summary>
    public const int MaxTokens = 1000;

    /// <summary>Stores a new token, and deletes the tokens of ended sessions of the user.</summary>
    /// <param name="user">The id or alias of the user, from the path.</param>
    /// <param name="terms">The stored properties of the token.</param>
    /// <param name="answer">Creates the response from the id and the token.</param>
    /// <param name="context">The request.</param>
    /// <param name="call">The idempotent call, with which the request can be repeated.</param>
    /// <exception cref="ApiException">404: the user does not exist; 429: the user has too many tokens.</exception>
    public async Task<T> MakeAsync<T>(
        string user, UserTokenTerms terms, Func<string, string, T> answer, HttpContext context, IdempotentCall call)
    {
        var (caller, now) = (context.Caller(), terms.CreatedAt.ToUnixTimeMilliseconds());
        var (id, secret) = (Ids.New(now), ApiTokens.NewSecret());
        var response = answer(id, secret);
        var answered = call.AnsweredSecretly(response);
        var refusal = await store.ChangeAsync(
            async db =>
            {
                if (await db.FindChildAsync(caller.AccountId, user) is not { } account)
                    return PartnerUsers.NotFound();
                var token = ToRow(id, secret, account.Id, terms);
                await db.DeleteEndedSessionTokensAsync(account.Id, now);
                if (await db.CountGoodApiTokensAsync(account.Id, token.IsSession, now) >= MaxTokens)
                    return ApiException.LimitsReached($"The user has {MaxTokens} {(token.IsSession ? "sessions" : "API tokens")} that are good; delete some first");
                await db.InsertAsync(ApiTokenTable.Rows, token);
                await db.AuditAsync(audit.OfOwner(context, SessionAuditType.CreateToken, id));
                await db.RememberAsync(answered);
                return null;
            },
            context.RequestAborted);
        return refusal is null ? response : throw refusal;
    }

    private ApiTokenRow ToRow(string id, string secret, string accountId, UserTokenTerms terms) => new()
    {
        Id = id,
        AccountId = accountId,
        Hash = key.HashOf(secret),
        KeyId = key.Id,
        Name = terms.Name ?? "",
        CreatedAt = terms.CreatedAt.ToUnixTimeMilliseconds(),
        ExpiresAt = terms.SessionEnd?.ToUnixTimeMilliseconds(),
        Description = terms.Description,
        Config = terms.Config,
        Meta = terms.Meta,
        UpdatedAt = terms.CreatedAt.ToUnixTimeMilliseconds(),
        IsSession = terms.SessionEnd is not null,
    };
}
