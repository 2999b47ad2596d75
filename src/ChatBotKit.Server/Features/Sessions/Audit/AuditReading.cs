using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Sessions.Audit;

/// <summary>Reads the audit records of an account page by page.</summary>
internal sealed class AuditReading(IStore store)
{
    private const int PageSize = 500;

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
        var verifier = new AuditVerifier();
        if (await store.QueryAsync(db => db.FindLastAuditNumberAsync(accountId), cancellationToken) is not { } last)
            return verifier.Result;
        List<AuditRow> rows;
        for (long? after = null; after is null || after < last; after = rows[^1].Number)
        {
            rows = await store.QueryAsync(db => db.ListAuditChainAsync(accountId, after, last, PageSize), cancellationToken);
            if (rows.Count == 0)
                break;
            rows.ForEach(verifier.Add);
        }

        return verifier.Result;
    }
}
