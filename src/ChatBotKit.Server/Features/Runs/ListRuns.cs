using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Entities;
using ChatBotKit.Server.Features.Conversations;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;
using Microsoft.EntityFrameworkCore;

namespace ChatBotKit.Server.Features.Runs;

/// <summary>
/// Lists the runs of a conversation. It is ours: without it a page that is reloaded in the middle of an answer knows no run to follow.
/// </summary>
internal static class ListRuns
{
    /// <exception cref="ApiException">404: the caller has no such conversation. 400: a state that there is not.</exception>
    public static async Task<ListResult<RunItem>> HandleAsync(
        string conversationId, ListQuery query, Caller caller, ConversationAccess conversations, IStore store,
        CancellationToken cancellationToken)
    {
        var isEnded = IsEnded(query.Value("state"));
        await conversations.GetAsync(conversationId, caller, cancellationToken);
        return new ListResult<RunItem>(
            query,
            (page, token) => store.ReadAsync(
                async (db, cancel) => ListPiece.Of(await ReadPageAsync(db, conversationId, isEnded, page, cancel), page), token),
            item => item.Id);
    }

    private static bool? IsEnded(string? state) => state switch
    {
        null => null,
        "running" => false,
        "ended" => true,
        _ => throw ApiException.BadRequest("\"state\" must be running or ended"),
    };

    private static async Task<IReadOnlyList<RunItem>> ReadPageAsync(
        ServerDbContext db, string conversationId, bool? isEnded, ListPage page, CancellationToken cancellationToken)
    {
        var runs = db.Runs.Where(run => run.ConversationId == conversationId);
        if (isEnded is { } ended)
            runs = runs.Where(run => run.EndedAt != null == ended);
        if (page.Cursor is { } cursor)
        {
            var seen = await db.Runs
                .Where(run => run.ConversationId == conversationId && run.Id == cursor)
                .Select(run => (long?)run.StartedAt)
                .FirstOrDefaultAsync(cancellationToken);
            if (seen is not { } at)
                return [];
            runs = page.Descending
                ? runs.Where(run => run.StartedAt < at || (run.StartedAt == at && string.Compare(run.Id, cursor) < 0))
                : runs.Where(run => run.StartedAt > at || (run.StartedAt == at && string.Compare(run.Id, cursor) > 0));
        }
        runs = page.Descending
            ? runs.OrderByDescending(run => run.StartedAt).ThenByDescending(run => run.Id)
            : runs.OrderBy(run => run.StartedAt).ThenBy(run => run.Id);

        var rows = await runs.Take(page.Take)
            .Select(run => new Row(
                run,
                db.LogBatches.Where(batch => run.LogId == run.Id && batch.LogId == run.Id).Max(batch => (long?)batch.Last)))
            .ToListAsync(cancellationToken);
        return rows.ConvertAll(row => row.ToItem());
    }

    private sealed record Row(RunEntity Run, long? LastEventId)
    {
        public RunItem ToItem() => new()
        {
            Id = Run.Id,
            State = Run.EndedAt is null ? RunState.Running : RunState.Ended,
            Reason = Run.EndReason is { } reason ? new EndReason(reason) : null,
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(Run.StartedAt),
            EndedAt = Run.EndedAt is { } ended ? DateTimeOffset.FromUnixTimeMilliseconds(ended) : null,
            LastEventId = LastEventId,
        };
    }
}
