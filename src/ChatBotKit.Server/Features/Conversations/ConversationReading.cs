using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Features.Conversations.Messages;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Resources;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Conversations;

/// <summary>Reads the pages of the list and of the export.</summary>
internal sealed class ConversationReading(IStore store)
{
    public Task<ListPiece<ConversationItem>> ListAsync(
        ListQuery query, ListPage page, Caller caller, CancellationToken cancellationToken) =>
        store.QueryAsync(
            async db => (await ReadPieceAsync(db, query, page, caller)).ConvertAll(row => row.ToItem()), cancellationToken).AsTask();

    /// <summary>Lists the conversations of a contact that also match the filters.</summary>
    public Task<ListPiece<ConversationItem>> ListOfContactAsync(
        string contactId, ListQuery query, ListPage page, Caller caller, CancellationToken cancellationToken) =>
        store.QueryAsync(
            async db => (await ReadPieceAsync(db, query, page, caller, contactId)).ConvertAll(row => row.ToItem()), cancellationToken).AsTask();

    /// <param name="query">The filters.</param>
    /// <param name="page">The part of the list.</param>
    /// <param name="caller">The caller.</param>
    /// <param name="select">Converts an item for the requested format.</param>
    /// <param name="cancellationToken">The token that cancels the reading.</param>
    /// <remarks>Conversations with long messages are read one at a time.</remarks>
    public Task<ListPiece<T>> ExportAsync<T>(
        ListQuery query, ListPage page, Caller caller, Func<ConversationExportItem, T> select, CancellationToken cancellationToken) =>
        store.QueryAsync(
            async db =>
            {
                var rows = await ReadPieceAsync(db, query, page, caller);
                var items = new List<T>();
                var held = 0L;
                foreach (var row in rows.Items)
                {
                    var messages = await db.ListSaidAsync(row.Id);
                    held += messages.Sum(message => (long)message.Characters);
                    items.Add(select(row.ToExportItem(messages.ConvertAll(message => message.ToItem()))));
                    if (held >= ListPage.PieceCharacters)
                        return new ListPiece<T>(items, rows.MayGoOn || items.Count < rows.Items.Count);
                }

                return new ListPiece<T>(items, rows.MayGoOn);
            },
            cancellationToken).AsTask();

    /// <summary>Reads the rows of a piece. The filters accept ids and aliases of bots and tasks.</summary>
    public static async ValueTask<ListPiece<ConversationRow>> ReadPieceAsync(
        ISqlSession db, ListQuery query, ListPage page, Caller caller, string? contactId = null)
    {
        List<(ResourceColumn Column, IReadOnlyList<string> Ids)> links = [];
        if (query.Values("botId") is { Count: > 0 } bots)
            links.Add((ConversationTable.Bot, await db.IdsOfAsync(ConversationReferences.Bot.Target, bots, caller.AccountId)));
        if (query.Values("taskId") is { Count: > 0 } tasks)
            links.Add((ConversationTable.Task, await db.IdsOfAsync(ConversationReferences.Task.Target, tasks, caller.AccountId)));
        if (query.Values("contactId") is { Count: > 0 } contacts)
            links.Add((ConversationTable.Contact, contacts));
        if (links.Exists(link => link.Ids.Count == 0))
            return ListPiece.Nothing<ConversationRow>();
        return await db.ReadPieceAsync(
            ConversationTable.Rows,
            scope => scope.Add($" AND \"AccountId\" = {caller.AccountId}"),
            filter =>
            {
                if (contactId is not null)
                    filter.Add($" AND \"ContactId\" = {contactId}");
                foreach (var (key, value) in query.Meta)
                    db.Dialect.AddJsonCondition(filter, "\"Meta\"", key, value);
                foreach (var (column, ids) in links)
                    column.AddTo(filter, ids);
            },
            page,
            row => row.Name.Length + row.Description.Length + (row.Backstory?.Length ?? 0) + (row.Meta?.Length ?? 0));
    }
}
