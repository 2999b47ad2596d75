using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Features.Conversations.Messages;
using ChatBotKit.Server.Features.Conversations.Search;
using ChatBotKit.Server.Http;
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
                    if (held >= ListPage.PieceCharacters && items.Count < rows.Items.Count)
                        return new ListPiece<T>(items, MayGoOn: true);
                }

                return new ListPiece<T>(items, rows.MayGoOn) { Looked = rows.Looked };
            },
            cancellationToken).AsTask();

    /// <summary>Reads the rows of a piece.</summary>
    public static async ValueTask<ListPiece<ConversationRow>> ReadPieceAsync(
        ISqlSession db, ListQuery query, ListPage page, Caller caller, string? contactId = null)
    {
        if (await ConversationFilter.ReadAsync(db, query, caller, contactId) is not { } filter)
            return ListPiece.Nothing<ConversationRow>();
        return filter.IsByIndex
            ? await db.ReadPieceAsync(ConversationTable.Rows, filter.AddScope, conditions => filter.AddTo(conditions, db.Dialect), page, ConversationSearch.SizeOf)
            : await new ConversationSearch(db, filter).ReadAsync(page);
    }
}
