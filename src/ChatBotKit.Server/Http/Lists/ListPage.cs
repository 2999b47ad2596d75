namespace ChatBotKit.Server.Http;

/// <summary>The part of a list that is requested from its source.</summary>
/// <param name="Cursor">
/// The id of the item after which the part begins; null for the first part. The part after an unknown id is empty.
/// </param>
/// <param name="Descending">Whether the newest item comes first.</param>
/// <param name="Take">The maximum number of items.</param>
internal readonly record struct ListPage(string? Cursor, bool Descending, int Take)
{
    /// <summary>
    /// The number of characters after which a source adds no further items to a piece. It bounds the memory of a response to a slow
    /// client, whatever the size of the list.
    /// </summary>
    public const int PieceCharacters = 256 * 1024;

    /// <summary>The number of bytes after which a JSON page ends early. It then has a cursor like any other page.</summary>
    public const int PageBytes = 4 * 1024 * 1024;
}

/// <summary>A piece of a list: at least one item if there is one.</summary>
/// <param name="Items">The items.</param>
/// <param name="MayGoOn">Whether there may be items after these.</param>
internal sealed record ListPiece<T>(IReadOnlyList<T> Items, bool MayGoOn)
{
    /// <summary>
    /// The id of the last row that a search has looked at, found or not; empty when it has looked at none. A page of JSON ends with such a
    /// piece, also without items, and has a cursor only while there may be more. Null for lists that read nothing but their items.
    /// </summary>
    public string? Looked { get; init; }

    public ListPiece<TOther> ConvertAll<TOther>(Func<T, TOther> convert) => new([.. Items.Select(convert)], MayGoOn) { Looked = Looked };
}

internal static class ListPiece
{
    public static ListPiece<T> Nothing<T>() => new([], MayGoOn: false);

    /// <summary>Creates a piece of small items, of which the source has returned as many as requested, or all.</summary>
    public static ListPiece<T> Of<T>(IReadOnlyList<T> items, ListPage page) => new(items, items.Count >= page.Take);
}
