namespace ChatBotKit.Server.Http;

/// <summary>One page of a list, as its source is asked for it.</summary>
/// <param name="Cursor">Items after this id, exclusive; null for the first page. An unknown id gives an empty page.</param>
/// <param name="Descending">Newest first.</param>
/// <param name="Take">At most so many items; fewer mean that the list is at its end.</param>
internal readonly record struct ListPage(string? Cursor, bool Descending, int Take);
