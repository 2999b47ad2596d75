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
    public Task<ListPiece<ConversationItem>> ListAsync(
        ListQuery query, ListPage page, Caller caller, CancellationToken cancellationToken) =>
        store.ReadAsync(
            async (db, token) => (await ReadPieceAsync(db, query, page, caller, token)).ConvertAll(row => row.ToItem()),
            cancellationToken);

    /// <param name="query">The filters.</param>
    /// <param name="page">Which part of the list.</param>
    /// <param name="caller">Whose conversations.</param>
    /// <param name="select">The shape that the format needs.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <remarks>Conversations whose messages are long come one at a time.</remarks>
    public Task<ListPiece<T>> ExportAsync<T>(
        ListQuery query, ListPage page, Caller caller, Func<ConversationExportItem, T> select, CancellationToken cancellationToken) =>
        store.ReadAsync(
            async (db, token) =>
            {
                var rows = await ReadPieceAsync(db, query, page, caller, token);
                var items = new List<T>();
                var held = 0L;
                foreach (var row in rows.Items)
                {
                    var messages = await ReadMessagesAsync(db, row.Id, token);
                    held += messages.Sum(message => (long)message.Characters);
                    items.Add(select(row.ToExportItem(messages.ConvertAll(message => message.ToItem()))));
                    if (held >= ListPage.PieceCharacters)
                        return new ListPiece<T>(items, rows.MayGoOn || items.Count < rows.Items.Count);
                }

                return new ListPiece<T>(items, rows.MayGoOn);
            },
            cancellationToken);

    private static async Task<ListPiece<ConversationEntity>> ReadPieceAsync(
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
                return ListPiece.Nothing<ConversationEntity>();
            rows = page.Descending
                ? rows.Where(row => row.CreatedAt < at || (row.CreatedAt == at && string.Compare(row.Id, cursor) < 0))
                : rows.Where(row => row.CreatedAt > at || (row.CreatedAt == at && string.Compare(row.Id, cursor) > 0));
        }

        rows = page.Descending
            ? rows.OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id)
            : rows.OrderBy(row => row.CreatedAt).ThenBy(row => row.Id);
        return await rows.ReadPieceAsync(
            page, row => row.Name.Length + row.Description.Length + (row.Backstory?.Length ?? 0) + (row.Meta?.Length ?? 0), cancellationToken);
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

    /// <summary>What was said by either side.</summary>
    private static Task<List<MessageEntity>> ReadMessagesAsync(
        ServerDbContext db, string conversationId, CancellationToken cancellationToken) => db.Messages
        .Where(row => row.ConversationId == conversationId)
        .Where(row => row.Type == TranscriptMessage.User || row.Type == TranscriptMessage.Bot)
        .OrderBy(row => row.Position)
        .ToListAsync(cancellationToken);
}
