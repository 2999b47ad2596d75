namespace ChatBotKit.Server.Http;

/// <summary>Lists of entries that are part of the server. They keep their own order.</summary>
internal static class FixedList
{
    /// <summary>Returns a page of the entries. A cursor that is no id of an entry leads to an empty page.</summary>
    /// <param name="query">The query.</param>
    /// <param name="entries">All entries.</param>
    /// <param name="idOf">Returns the id of an entry, which is that of its item.</param>
    /// <param name="itemOf">Returns the item of an entry.</param>
    /// <param name="itemId">Returns the id of an item.</param>
    public static ListResult<TItem> Of<TEntry, TItem>(
        ListQuery query, IReadOnlyList<TEntry> entries, Func<TEntry, string> idOf, Func<TEntry, TItem> itemOf, Func<TItem, string> itemId) => new(
        query,
        (page, _) =>
        {
            var rest = page.Cursor is null ? entries : [.. entries.SkipWhile(entry => idOf(entry) != page.Cursor).Skip(1)];
            return Task.FromResult(new ListPiece<TItem>([.. rest.Take(page.Take).Select(itemOf)], rest.Count > page.Take));
        },
        itemId);
}
