using System.Text.Json.Nodes;
using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Partners.Users.Tokens;

/// <summary>Creates, lists, changes and deletes the API tokens of users. A token gives access only to the account of its user.</summary>
internal sealed class PartnerUserTokens(IStore store, UserTokenMaker maker, SessionAudit audit, TimeProvider time)
{
    /// <exception cref="ApiException">400: a field is invalid; 404: the user does not exist; 429: the user has too many tokens.</exception>
    public Task<PartnerUserTokenCreateResponse> CreateAsync(
        string user, PartnerUserTokenCreateRequest request, HttpContext context, IdempotentCall call)
    {
        Check(request.Name, request.Description, request.Meta, request.Config);
        // Times are stored in milliseconds, and the response must contain the stored time.
        var now = DateTimeOffset.FromUnixTimeMilliseconds(Now());
        var terms = new UserTokenTerms(now)
        {
            Name = request.Name,
            Description = request.Description,
            Config = UserTokenConfig.ToJson(request.Config),
            Meta = MetaJson.Apply(stored: null, request.Meta),
        };
        return maker.MakeAsync(
            user, terms, (id, token) => new PartnerUserTokenCreateResponse { Id = id, Token = token, CreatedAt = now }, context, call);
    }

    /// <exception cref="ApiException">404: the user does not exist.</exception>
    public async Task<ListPiece<PartnerUserTokenItem>> ListAsync(
        string user, ListPage page, Caller caller, CancellationToken cancellationToken) => await store.QueryAsync(
            async db =>
            {
                var account = await db.FindChildAsync(caller.AccountId, user) ?? throw PartnerUsers.NotFound();
                var rows = await db.ReadPieceAsync(
                    ApiTokenTable.Rows,
                    scope => ApiTokenTable.AddListed(scope, account.Id),
                    filter: null,
                    page,
                    row => row.Name.Length + (row.Description?.Length ?? 0) + (row.Meta?.Length ?? 0));
                return rows.ConvertAll(ToItem);
            },
            cancellationToken);

    /// <exception cref="ApiException">400: a field is invalid; 404: the user or the token does not exist.</exception>
    public Task<IdResponse> UpdateAsync(
        string user, string tokenId, PartnerUserTokenUpdateRequest request, HttpContext context, IdempotentCall call)
    {
        Check(request.Name.Value, request.Description.Value, request.Meta.Value, request.Config.Value);
        var now = Now();
        return ChangeAsync(user, tokenId, takesSessions: false, context, call, async (db, row) =>
        {
            Apply(request, row, now);
            await db.UpdateAsync(ApiTokenTable.Rows, row);
            db.Announce(row.Changed(request.Config.IsSpecified ? ChangeKind.Reauthorized : ChangeKind.Updated));
        });
    }

    /// <summary>
    /// Deletes an API token or the token of a session. Before the response is sent, the token is refused and its streams end.
    /// </summary>
    /// <exception cref="ApiException">404: the user or the token does not exist.</exception>
    public Task<IdResponse> DeleteAsync(string user, string tokenId, HttpContext context, IdempotentCall call) =>
        ChangeAsync(user, tokenId, takesSessions: true, context, call, async (db, row) =>
        {
            await db.DeleteApiTokenAsync(row);
            await db.AuditAsync(audit.OfOwner(context, SessionAuditType.RevokeToken, tokenId));
        });

    private async Task<IdResponse> ChangeAsync(
        string user, string tokenId, bool takesSessions, HttpContext context, IdempotentCall call,
        Func<ISqlTransaction, ApiTokenRow, ValueTask> change)
    {
        var (caller, response) = (context.Caller(), new IdResponse { Id = tokenId });
        var refusal = await store.ChangeAsync(
            async db =>
            {
                if (await db.FindChildAsync(caller.AccountId, user) is not { } account)
                    return PartnerUsers.NotFound();
                if (await db.FindApiTokenAsync(tokenId, account.Id) is not { } row || (row.IsSession && !takesSessions))
                    return NotFound();
                await change(db, row);
                await db.RememberAsync(call.Answered(response));
                return null;
            },
            context.RequestAborted);
        return refusal is null ? response : throw refusal;
    }

    private static ApiException NotFound() => ApiException.NotFound("Token");

    private static void Check(
        string? name, string? description, JsonObject? meta, JsonObject? config)
    {
        var faults = new Faults();
        faults.CheckName(name);
        faults.CheckDescription(description);
        faults.CheckMeta(meta);
        faults.CheckConfig(config);
        faults.ThrowIfAny();
    }

    private static void Apply(PartnerUserTokenUpdateRequest request, ApiTokenRow row, long now)
    {
        if (request.Name.IsSpecified)
            row.Name = request.Name.Value ?? "";
        if (request.Description.IsSpecified)
            row.Description = request.Description.Value;
        if (request.Meta.IsSpecified)
            row.Meta = MetaJson.Apply(row.Meta, request.Meta.Value);
        if (request.Config.IsSpecified)
            row.Config = UserTokenConfig.ToJson(request.Config.Value);
        row.UpdatedAt = Math.Max(now, row.UpdatedAt ?? 0);
    }

    private static PartnerUserTokenItem ToItem(ApiTokenRow row) => new()
    {
        Id = row.Id,
        Name = row.Name,
        Description = row.Description ?? "",
        Meta = MetaJson.Parse(row.Meta),
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedAt),
        UpdatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.UpdatedAt ?? row.CreatedAt),
    };

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();
}
