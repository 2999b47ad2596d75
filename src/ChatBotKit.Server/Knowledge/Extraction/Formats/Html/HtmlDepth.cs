namespace ChatBotKit.Server.Knowledge;

/// <summary>
/// Finds out how deeply the elements of a page are nested, before it is parsed. The time of the parser grows with the square of the depth.
/// </summary>
internal static class HtmlDepth
{
    /// <summary>Pages have tens of levels, and seldom a hundred.</summary>
    private const int MaxDepth = 5_000;

    /// <summary>Elements that have no content, or that end where the next one begins: they do not become deep when their ends are left out.</summary>
    private static readonly HashSet<string> Flat = new(StringComparer.OrdinalIgnoreCase)
    {
        "a", "area", "base", "br", "col", "colgroup", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "option", "p", "param", "rp", "rt",
        "source", "tbody", "td", "tfoot", "th", "thead", "tr", "track", "wbr",
    };

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> FlatNames = Flat.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <exception cref="FileRefusedException">The page is nested too deeply.</exception>
    public static void Check(ReadOnlySpan<char> html)
    {
        var depth = 0;
        for (int next; (next = html.IndexOf('<')) >= 0;)
        {
            html = html[(next + 1)..];
            var isEnd = html is ['/', ..];
            var name = NameIn(isEnd ? html[1..] : html);
            if (name.IsEmpty || FlatNames.Contains(name))
                continue;
            depth = isEnd ? Math.Max(0, depth - 1) : depth + 1;
            if (depth > MaxDepth)
                throw new FileRefusedException(FileRefusalCodes.TooComplex, "The elements of the page are nested too deeply.");
        }
    }

    private static ReadOnlySpan<char> NameIn(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && char.IsAsciiLetterOrDigit(text[length]))
            length++;
        return text[..length];
    }
}
