using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Partners.Users;

/// <summary>Finds and lists the users of a partner, which are the child accounts of its account.</summary>
internal sealed class PartnerUsers(IStore store)
{
    /// <param name="user">The id of the user, or its alias after an @.</param>
    /// <param name="caller">The partner.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <exception cref="ApiException">404: the user does not exist.</exception>
    public async Task<AccountRow> GetAsync(string user, Caller caller, CancellationToken cancellationToken) =>
        await store.QueryAsync(db => db.FindChildAsync(caller.AccountId, user), cancellationToken) ?? throw NotFound();

    public Task<ListPiece<PartnerUserItem>> ListAsync(ListQuery query, ListPage page, Caller caller, CancellationToken cancellationToken) =>
        store.QueryAsync(
            async db => (await db.ReadPieceAsync(
                AccountTable.Rows,
                scope => AccountTable.AddChildren(scope, caller.AccountId),
                filter =>
                {
                    foreach (var (key, value) in query.Meta)
                        db.Dialect.AddJsonCondition(filter, "\"Meta\"", key, value);
                },
                page,
                row => row.Name.Length + (row.Description?.Length ?? 0) + (row.Image?.Length ?? 0) + (row.Meta?.Length ?? 0)))
                .ConvertAll(row => row.ToItem()),
            cancellationToken).AsTask();

    public static ApiException NotFound() => ApiException.NotFound("User");
}
