using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Sessions.Audit;

/// <summary>Reads the audit records of an account page by page.</summary>
internal sealed class AuditReading(IStore store)
{
    public async Task<ListPiece<SessionAuditItem>> ListAsync(
        AuditFilter filter, ListPage page, Caller caller, CancellationToken cancellationToken)
    {
        var rows = await store.QueryAsync(
            db => db.ListAuditAsync(caller.AccountId, filter, page.Cursor, page.Descending, page.Take), cancellationToken);
        return ListPiece.Of(rows, page).ConvertAll(row => row.ToItem());
    }

    /// <summary>Verifies the whole chain as it is in the database now. Records that are added meanwhile are not included.</summary>
    public async Task<SessionAuditVerification> VerifyAsync(string accountId, CancellationToken cancellationToken)
    {
        var last = await store.QueryAsync(db => db.FindLastAuditNumberAsync(accountId), cancellationToken);
        return last is null
            ? new AuditVerifier().Result
            : await AuditVerifier.VerifyAsync((after, take) =>
                store.QueryAsync(db => db.ListAuditChainAsync(accountId, after, last.Value, take), cancellationToken));
    }
}
