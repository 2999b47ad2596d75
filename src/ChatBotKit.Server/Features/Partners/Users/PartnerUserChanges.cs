using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Partners.Users;

/// <summary>Creates, changes and deletes users.</summary>
internal sealed class PartnerUserChanges(
    IStore store, AccountRemoval removal, SessionAudit audit, TimeProvider time)
{
    /// <exception cref="ApiException">
    /// 400: a field is invalid; 403: the caller is a user itself; 409: the alias or the address is taken.
    /// </exception>
    public async Task<IdResponse> CreateAsync(PartnerUserCreateRequest request, HttpContext context, IdempotentCall call)
    {
        request.Check();
        var (caller, now) = (context.Caller(), Now());
        var row = request.ToRow(Ids.New(now), caller.AccountId, now);
        var response = new IdResponse { Id = row.Id };
        var refusal = await store.ChangeAsync(
            async db =>
            {
                if (!await db.IsOwnerAsync(caller.AccountId))
                    return ApiException.NotAuthorized("A user can't have users; only an account without a parent can, and not for another account");
                if (await ClashAsync(db, row) is { } clash)
                    return clash;
                await db.InsertAsync(AccountTable.Rows, row);
                await db.AuditAsync(audit.OfOwner(context, SessionAuditType.CreateUser, row.Id));
                await db.RememberAsync(call.Answered(response));
                return null;
            },
            context.RequestAborted);
        return refusal is null ? response : throw refusal;
    }

    /// <exception cref="ApiException">
    /// 400: a field is invalid; 404: the user does not exist; 409: the alias or the address is taken.
    /// </exception>
    public async Task<IdResponse> UpdateAsync(string user, PartnerUserUpdateRequest request, HttpContext context, IdempotentCall call)
    {
        request.Check();
        var (caller, now) = (context.Caller(), Now());
        var (id, refusal) = await store.ChangeAsync<(string?, ApiException?)>(
            async db =>
            {
                if (await db.FindChildAsync(caller.AccountId, user) is not { } row)
                    return (null, PartnerUsers.NotFound());
                request.ApplyTo(row);
                row.UpdatedAt = Math.Max(now, row.UpdatedAt ?? 0);
                if (await ClashAsync(db, row) is { } clash)
                    return (null, clash);
                await db.UpdateAsync(AccountTable.Rows, row);
                await db.RememberAsync(call.Answered(new IdResponse { Id = row.Id }));
                return (row.Id, null);
            },
            context.RequestAborted);
        return id is null ? throw refusal! : new IdResponse { Id = id };
    }

    /// <summary>
    /// Closes the account of a user, so that every credential for it is refused, and then deletes everything that it owns. After a crash
    /// or a failure of the store, the rest is deleted later.
    /// </summary>
    /// <exception cref="ApiException">404: the user does not exist.</exception>
    public async Task<IdResponse> DeleteAsync(string user, HttpContext context, IdempotentCall call)
    {
        var (caller, now) = (context.Caller(), Now());
        var id = await store.ChangeAsync(
            async db =>
            {
                if (await db.FindChildAsync(caller.AccountId, user) is not { } row)
                    return null;
                await db.CloseAccountAsync(row.Id, now);
                await db.DeleteApiTokensAsync(row.Id);
                await db.AuditAsync(audit.OfOwner(context, SessionAuditType.DeleteUser, row.Id));
                await db.RememberAsync(call.Answered(new IdResponse { Id = row.Id }));
                return row.Id;
            },
            context.RequestAborted);
        if (id is null)
            throw PartnerUsers.NotFound();
        await removal.EraseAsync(id, CancellationToken.None);
        return new IdResponse { Id = id };
    }

    /// <summary>Returns the error for an alias or address that another user of the partner has; null when both are free.</summary>
    private static async ValueTask<ApiException?> ClashAsync(ISqlSession db, AccountRow row)
    {
        if (row.Alias is { } alias && await db.IsAliasTakenAsync(row.ParentId!, alias, row.Id))
            return ApiException.Conflict("Another user has the same alias");
        if (row.Email is { } email && await db.IsEmailTakenAsync(row.ParentId!, email, row.Id))
            return ApiException.Conflict("Another user has the same e-mail address");
        return null;
    }

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();
}
