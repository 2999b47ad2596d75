using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Server.Tokens;

/// <summary>Creates and revokes API tokens. Each command is stored with its audit record.</summary>
internal sealed class TokenCommands(IStore store, ApiTokens tokens, ApiTokenKey key, SessionAudit audit, TimeProvider time)
{
    /// <summary>The maximum number of valid tokens of an account.</summary>
    public const int MaxTokens = 1000;

    /// <exception cref="ApiException">400: a field is invalid; 429: the account has the maximum number of tokens.</exception>
    public async Task<ServerTokenCreateResponse> CreateAsync(
        ServerTokenCreateRequest request, HttpContext context, IdempotentCall call)
    {
        Check(request);
        var caller = context.Caller();
        var response = new ServerTokenCreateResponse
        {
            Id = Ids.New(),
            Token = ApiTokens.NewSecret(),
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(Now()),
            ExpiresAt = request.ExpiresAt,
        };
        var answered = call.AnsweredSecretly(response);
        var isMade = await store.ChangeAsync(
            async db =>
            {
                if ((await ListGoodAsync(db, caller.AccountId)).Count >= MaxTokens)
                    return false;
                await db.InsertAsync(ApiTokenTable.Rows, ToRow(response, request.Name, caller.AccountId));
                await db.AuditAsync(audit.OfOwner(context, SessionAuditType.CreateToken, response.Id));
                await db.RememberAsync(answered);
                return true;
            },
            context.RequestAborted);
        return isMade ? response : throw ApiException.LimitsReached($"There are {MaxTokens} valid API tokens; revoke some first");
    }

    /// <summary>Revokes a token. When the response is sent, the token is refused and its streams have ended.</summary>
    /// <exception cref="ApiException">404: the account has no such token; 409: no other token is valid.</exception>
    public async Task<IdResponse> RevokeAsync(string tokenId, HttpContext context, IdempotentCall call)
    {
        var (caller, now) = (context.Caller(), Now());
        var response = new IdResponse { Id = tokenId };
        var refusal = await store.ChangeAsync(
            async db =>
            {
                var row = await db.FindApiTokenAsync(tokenId, caller.AccountId);
                if (row is null)
                    return TokenReading.NotFound();
                if (row.RevokedAt is not null)
                {
                    // The request that revoked the token may still be in progress. This response must not be sent before streams
                    // have ended.
                    db.Announce(row.Changed(ChangeKind.Revoked));
                }
                else
                {
                    if (await ListGoodAsync(db, caller.AccountId) is [var last] && last.Id == tokenId)
                        return ApiException.Conflict("No other API token is valid; create another one first");
                    await db.RevokeApiTokenAsync(row, now);
                    await db.AuditAsync(audit.OfOwner(context, SessionAuditType.RevokeToken, tokenId));
                }

                await db.RememberAsync(call.Answered(response));
                return null;
            },
            context.RequestAborted);
        if (refusal is not null)
            throw refusal;
        return response;
    }

    private async ValueTask<List<ApiTokenRow>> ListGoodAsync(ISqlSession db, string accountId) =>
        (await db.ListUnrevokedApiTokensAsync(accountId)).FindAll(tokens.IsGood);

    private void Check(ServerTokenCreateRequest request)
    {
        var faults = new Faults();
        faults.CheckName(request.Name);
        if (request.Name is { } name && name.Any(char.IsControl))
            faults.Add("\"name\" must be one line without control characters");
        if (request.ExpiresAt <= time.GetUtcNow())
            faults.Add("\"expiresAt\" must be in the future");
        faults.ThrowIfAny();
    }

    private ApiTokenRow ToRow(ServerTokenCreateResponse made, string? name, string accountId) => new()
    {
        Id = made.Id,
        AccountId = accountId,
        Hash = key.HashOf(made.Token),
        KeyId = key.Id,
        Name = name ?? "",
        CreatedAt = made.CreatedAt.ToUnixTimeMilliseconds(),
        ExpiresAt = made.ExpiresAt?.ToUnixTimeMilliseconds(),
    };

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();
}
