using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Entities;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;
using Microsoft.EntityFrameworkCore;

namespace ChatBotKit.Server.Features.Sessions;

/// <summary>Reads the audit records of an account, a page at a time.</summary>
internal sealed class AuditReading(IStore store)
{
    private const int PageSize = 500;

    public Task<ListPiece<SessionAuditItem>> ListAsync(
        AuditFilter filter, ListPage page, Caller caller, CancellationToken cancellationToken) =>
        store.ReadAsync(
            async (db, token) => (await ReadPieceAsync(db, filter, page, caller.AccountId, token)).ConvertAll(row => row.ToItem()),
            cancellationToken);

    /// <summary>Walks the whole chain as it is in the database now. Records that are added meanwhile are left for the next time.</summary>
    public async Task<SessionAuditVerification> VerifyAsync(string accountId, CancellationToken cancellationToken)
    {
        var last = await store.ReadAsync(
            (db, token) => db.AuditRecords.Where(row => row.AccountId == accountId).MaxAsync(row => (long?)row.Number, token),
            cancellationToken);
        var verifier = new AuditVerifier();
        long? after = null;
        do
        {
            after = await store.ReadAsync(
                (db, token) => WalkPageAsync(db, accountId, after, last, verifier, token), cancellationToken);
        }
        while (after < last);

        return verifier.Result;
    }

    /// <summary>The number of the page's last record; null when there is none.</summary>
    private static async Task<long?> WalkPageAsync(
        ServerDbContext db, string accountId, long? after, long? last, AuditVerifier verifier, CancellationToken cancellationToken)
    {
        var rows = db.AuditRecords.Where(row => row.AccountId == accountId && row.Number <= last);
        if (after is not null)
            rows = rows.Where(row => row.Number > after);
        long? seen = null;
        await foreach (var row in rows.OrderBy(row => row.Number).Take(PageSize).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            verifier.Add(row);
            seen = row.Number;
        }

        return seen;
    }

    private static async Task<ListPiece<AuditEntity>> ReadPieceAsync(
        ServerDbContext db, AuditFilter filter, ListPage page, string accountId, CancellationToken cancellationToken)
    {
        var rows = filter.Apply(db.AuditRecords.Where(row => row.AccountId == accountId));
        if (page.Cursor is { } cursor)
        {
            var seen = await db.AuditRecords
                .Where(row => row.AccountId == accountId && row.Id == cursor)
                .Select(row => (long?)row.Number)
                .FirstOrDefaultAsync(cancellationToken);
            if (seen is not { } number)
                return ListPiece.Nothing<AuditEntity>();
            rows = rows.Where(row => page.Descending ? row.Number < number : row.Number > number);
        }

        rows = page.Descending ? rows.OrderByDescending(row => row.Number) : rows.OrderBy(row => row.Number);
        return ListPiece.Of(await rows.Take(page.Take).ToListAsync(cancellationToken), page);
    }
}
