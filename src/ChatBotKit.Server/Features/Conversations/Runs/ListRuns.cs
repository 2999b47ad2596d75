using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Conversations.Runs;

/// <summary>
/// Lists the runs of a conversation, so that a page that is reloaded during an answer finds the run to resume. The official API has
/// no such operation.
/// </summary>
internal static class ListRuns
{
    /// <exception cref="ApiException">404: the caller has no such conversation; 400: the state is unknown.</exception>
    public static async Task<ListResult<RunItem>> HandleAsync(
        string conversationId, ListQuery query, Caller caller, ConversationAccess conversations, IStore store,
        CancellationToken cancellationToken)
    {
        var isEnded = IsEnded(query.Value("state"));
        await conversations.GetAsync(conversationId, caller, cancellationToken);
        return new ListResult<RunItem>(
            query,
            async (page, token) => ListPiece.Of(
                await store.QueryAsync(
                    async db => (await db.ListRunsAsync(conversationId, isEnded, page.Cursor, page.Descending, page.Take)).ConvertAll(ToItem), token),
                page),
            item => item.Id);
    }

    private static bool? IsEnded(string? state) => state switch
    {
        null => null,
        "running" => false,
        "ended" => true,
        _ => throw ApiException.BadRequest("\"state\" must be running or ended"),
    };

    private static RunItem ToItem((RunRow Run, long? LastEventId) row) => new()
    {
        Id = row.Run.Id,
        State = row.Run.EndedAt is null ? RunState.Running : RunState.Ended,
        Reason = row.Run.EndReason is { } reason ? new EndReason(reason) : null,
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.Run.StartedAt),
        EndedAt = row.Run.EndedAt is { } ended ? DateTimeOffset.FromUnixTimeMilliseconds(ended) : null,
        LastEventId = row.LastEventId,
    };
}
