using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Conversations.Sessions;

/// <summary>Fetches and lists sessions. Their tokens are never returned.</summary>
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
    /// <param name="conversationId">The conversation of the sessions; null for any.</param>
    /// <param name="caller">The caller.</param>
    /// <exception cref="ApiException">400: the status is unknown.</exception>
    public ListResult<SessionItem> List(ListQuery query, string? conversationId, Caller caller)
    {
        // The time is part of the filter, so that all pages of a stream use the same one.
        var filter = new SessionFilter(
            conversationId, query.Value("contactId"), StatusOf(query.Value("status")), query.Meta, Now());
        return new ListResult<SessionItem>(query, (page, token) => ReadPieceAsync(filter, caller, page, token), item => item.Id);
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

    private async Task<ListPiece<SessionItem>> ReadPieceAsync(
        SessionFilter filter, Caller caller, ListPage page, CancellationToken cancellationToken)
    {
        var rows = await store.QueryAsync(
            db => db.ReadPieceAsync(
                SessionTable.Rows,
                query => SessionTable.AddAccount(query, caller.AccountId),
                query => filter.AddTo(query, db.Dialect),
                page,
                row => row.Meta?.Length ?? 0),
            cancellationToken);
        return rows.ConvertAll(row => row.ToItem(caller, filter.Now));
    }

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();
}
