using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Entities;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;
using Microsoft.EntityFrameworkCore;

namespace ChatBotKit.Server.Features.Sessions;

/// <summary>Fetches and lists sessions, never with their tokens.</summary>
internal sealed class SessionReading(IStore store, TimeProvider time)
{
    /// <exception cref="ApiException">404: the caller has no such session in the conversation.</exception>
    public async Task<SessionItem> GetAsync(
        string conversationId, string sessionId, Caller caller, CancellationToken cancellationToken) =>
        await store.FindSessionAsync(sessionId, cancellationToken) is { } row
        && row.AccountId == caller.AccountId && row.ConversationId == conversationId
            ? row.ToItem(caller, Now())
            : throw NotFound();

    /// <param name="query">The filters.</param>
    /// <param name="conversationId">The conversation whose sessions are wanted; null for any.</param>
    /// <param name="caller">Whose sessions.</param>
    /// <exception cref="ApiException">400: a status that there is not.</exception>
    public ListResult<SessionItem> List(ListQuery query, string? conversationId, Caller caller)
    {
        var filter = new Filter(
            caller.AccountId, conversationId, query.Value("contactId"), StatusOf(query.Value("status")), query.Meta, Now());
        return new ListResult<SessionItem>(
            query,
            (page, token) => store.ReadAsync(
                async (db, cancel) => (await ReadPieceAsync(db, filter, page, cancel)).ConvertAll(row => row.ToItem(caller, filter.Now)), token),
            item => item.Id);
    }

    public static ApiException NotFound() => ApiException.NotFound("Session");

    private static SessionStatus? StatusOf(string? value)
    {
        if (value is null)
            return null;
        var status = new SessionStatus(value);
        return status == SessionStatus.Active || status == SessionStatus.Expired || status == SessionStatus.Revoked
            ? status
            : throw ApiException.BadRequest("\"status\" must be active, expired or revoked");
    }

    private static async Task<ListPiece<SessionEntity>> ReadPieceAsync(
        ServerDbContext db, Filter filter, ListPage page, CancellationToken cancellationToken)
    {
        var rows = Where(db, filter);
        if (page.Cursor is { } cursor)
        {
            var seen = await db.Sessions
                .Where(row => row.AccountId == filter.AccountId && row.Id == cursor)
                .Select(row => (long?)row.CreatedAt)
                .FirstOrDefaultAsync(cancellationToken);
            if (seen is not { } at)
                return ListPiece.Nothing<SessionEntity>();
            rows = page.Descending
                ? rows.Where(row => row.CreatedAt < at || (row.CreatedAt == at && string.Compare(row.Id, cursor) < 0))
                : rows.Where(row => row.CreatedAt > at || (row.CreatedAt == at && string.Compare(row.Id, cursor) > 0));
        }

        rows = page.Descending
            ? rows.OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id)
            : rows.OrderBy(row => row.CreatedAt).ThenBy(row => row.Id);
        return await rows.ReadPieceAsync(page, row => row.Meta?.Length ?? 0, cancellationToken);
    }

    private static IQueryable<SessionEntity> Where(ServerDbContext db, Filter filter)
    {
        var rows = db.Sessions.WithMeta(filter.Meta).Where(row => row.AccountId == filter.AccountId);
        if (filter.ConversationId is { } conversationId)
            rows = rows.Where(row => row.ConversationId == conversationId);
        if (filter.ContactId is { } contactId)
            rows = rows.Where(row => row.ContactId == contactId);
        if (filter.Status == SessionStatus.Revoked)
            return rows.Where(row => row.RevokedAt != null);
        if (filter.Status == SessionStatus.Active)
            return rows.Where(row => row.RevokedAt == null && row.ExpiresAt > filter.Now);
        return filter.Status == SessionStatus.Expired
            ? rows.Where(row => row.RevokedAt == null && row.ExpiresAt <= filter.Now)
            : rows;
    }

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>The moment belongs to it, so that all pages of a stream have the same one.</summary>
    private sealed record Filter(
        string AccountId, string? ConversationId, string? ContactId, SessionStatus? Status,
        IReadOnlyList<KeyValuePair<string, string>> Meta, long Now);
}
