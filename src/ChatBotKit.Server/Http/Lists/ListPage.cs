namespace ChatBotKit.Server.Http;

/// <summary>A piece of a list, as its source is asked for it.</summary>
/// <param name="Cursor">Items after this id, exclusive; null for the beginning. Behind an unknown id there is nothing.</param>
/// <param name="Descending">Newest first.</param>
/// <param name="Take">At most so many items.</param>
internal readonly record struct ListPage(string? Cursor, bool Descending, int Take)
{
    /// <summary>
    /// A source gives no further items once those that it has hold so many characters. So an answer whose reader is slow holds
    /// about as much in memory, however large the list is.
    /// </summary>
    public const int PieceCharacters = 256 * 1024;

    /// <summary>A page of JSON ends early when it has so many bytes; it has a cursor like any other.</summary>
    public const int PageBytes = 4 * 1024 * 1024;
}

/// <summary>What a source gives: at least one item when there is one.</summary>
/// <param name="Items">The items.</param>
/// <param name="MayGoOn">Whether there may be items behind these.</param>
internal sealed record ListPiece<T>(IReadOnlyList<T> Items, bool MayGoOn)
{
    public ListPiece<TOther> ConvertAll<TOther>(Func<T, TOther> convert) => new([.. Items.Select(convert)], MayGoOn);
}

internal static class ListPiece
{
    public static ListPiece<T> Nothing<T>() => new([], MayGoOn: false);

    /// <summary>Items that are small, of which the source gave as many as it was asked for or all.</summary>
    public static ListPiece<T> Of<T>(IReadOnlyList<T> items, ListPage page) => new(items, items.Count >= page.Take);
}
