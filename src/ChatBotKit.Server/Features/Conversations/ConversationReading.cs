using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Entities;
using ChatBotKit.Server.Features.Messages;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;
using Microsoft.EntityFrameworkCore;

namespace ChatBotKit.Server.Features.Conversations;

/// <summary>The pages of the list and of the export.</summary>
internal sealed class ConversationReading(IStore store)
{
    /// <summary>A page holds no more characters of backstories than this, but one conversation at least.</summary>
    public const int MaxBackstoryCharacters = 4 * 1024 * 1024;

    public Task<IReadOnlyList<ConversationItem>> ListAsync(
        ListQuery query, ListPage page, Caller caller, CancellationToken cancellationToken) =>
        store.ReadAsync<IReadOnlyList<ConversationItem>>(
            async (db, token) =>
            {
                var (rows, isCut) = await ReadPageAsync(db, query, page, caller, token);
                return PageOf(rows.ConvertAll(row => row.ToItem()), isCut);
            },
            cancellationToken);

    /// <param name="query">The filters.</param>
    /// <param name="page">Which part of the list.</param>
    /// <param name="caller">Whose conversations.</param>
    /// <param name="select">The shape that the format needs.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<IReadOnlyList<T>> ExportAsync<T>(
        ListQuery query, ListPage page, Caller caller, Func<ConversationExportItem, T> select, CancellationToken cancellationToken) =>
        store.ReadAsync<IReadOnlyList<T>>(
            async (db, token) =>
            {
                var (rows, isCut) = await ReadPageAsync(db, query, page, caller, token);
                var messages = await ReadMessagesAsync(db, rows, token);
                return PageOf(rows.ConvertAll(row => select(row.ToExportItem([.. messages[row.Id]]))), isCut);
            },
            cancellationToken);

    private static IReadOnlyList<T> PageOf<T>(List<T> items, bool isCut) => isCut ? new CutPage<T>(items) : items;

    private static async Task<(List<ConversationEntity> Rows, bool IsCut)> ReadPageAsync(
        ServerDbContext db, ListQuery query, ListPage page, Caller caller, CancellationToken cancellationToken)
    {
        var rows = Filter(db, query, caller.AccountId);
        if (page.Cursor is { } cursor)
        {
            var seen = await db.Conversations
                .Where(row => row.AccountId == caller.AccountId && row.Id == cursor)
                .Select(row => (long?)row.CreatedAt)
                .FirstOrDefaultAsync(cancellationToken);
            if (seen is not { } at)
                return ([], false);
            rows = page.Descending
                ? rows.Where(row => row.CreatedAt < at || (row.CreatedAt == at && string.Compare(row.Id, cursor) < 0))
                : rows.Where(row => row.CreatedAt > at || (row.CreatedAt == at && string.Compare(row.Id, cursor) > 0));
        }

        rows = page.Descending
            ? rows.OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id)
            : rows.OrderBy(row => row.CreatedAt).ThenBy(row => row.Id);
        var take = await CountThatFitAsync(rows, page.Take, cancellationToken);
        return (await rows.Take(take).ToListAsync(cancellationToken), take < page.Take);
    }

    /// <summary>How many of the first rows go on a page: all that are asked for, unless their backstories are too long together.</summary>
    private static async Task<int> CountThatFitAsync(IQueryable<ConversationEntity> rows, int take, CancellationToken cancellationToken)
    {
        var lengths = await rows.Take(take).Select(row => row.Backstory == null ? 0 : row.Backstory.Length).ToListAsync(cancellationToken);
        var characters = 0L;
        var fitting = lengths.TakeWhile(length => (characters += length) <= MaxBackstoryCharacters).Count();
        return fitting == lengths.Count ? take : Math.Max(1, fitting);
    }

    private static IQueryable<ConversationEntity> Filter(ServerDbContext db, ListQuery query, string accountId)
    {
        var rows = db.Conversations.WithMeta(query.Meta).Where(row => row.AccountId == accountId);
        if (query.Values("botId") is { Count: > 0 } bots)
            rows = rows.Where(row => bots.Contains(row.BotId!));
        if (query.Values("contactId") is { Count: > 0 } contacts)
            rows = rows.Where(row => contacts.Contains(row.ContactId!));
        if (query.Values("taskId") is { Count: > 0 } tasks)
            rows = rows.Where(row => tasks.Contains(row.TaskId!));
        return rows;
    }

    /// <summary>What was said by either side, per conversation.</summary>
    private static async Task<ILookup<string, MessageItem>> ReadMessagesAsync(
        ServerDbContext db, List<ConversationEntity> conversations, CancellationToken cancellationToken)
    {
        var ids = conversations.ConvertAll(row => row.Id);
        var messages = await db.Messages
            .Where(row => ids.Contains(row.ConversationId))
            .Where(row => row.Type == TranscriptMessage.User || row.Type == TranscriptMessage.Bot)
            .OrderBy(row => row.ConversationId).ThenBy(row => row.Position)
            .ToListAsync(cancellationToken);
        return messages.ToLookup(row => row.ConversationId, row => row.ToItem());
    }
}
