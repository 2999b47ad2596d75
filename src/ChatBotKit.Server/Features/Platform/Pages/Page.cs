namespace ChatBotKit.Server.Features.Platform.Pages;

/// <summary>A page of the documentation.</summary>
/// <param name="Title">The text of its first heading.</param>
/// <param name="Description">The first sentence of its first paragraph.</param>
/// <param name="Content">The whole page as Markdown.</param>
internal sealed record Page(string Title, string Description, string Content)
{
    public static Page Parse(string markdown)
    {
        var paragraphs = markdown.Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var title = paragraphs.FirstOrDefault(one => one.StartsWith("# ", StringComparison.Ordinal))?.Split('\n')[0][2..].Trim() ?? "";
        var first = paragraphs.FirstOrDefault(IsText)?.Replace('\n', ' ') ?? "";
        var end = first.IndexOf(". ", StringComparison.Ordinal);
        return new Page(title, end < 0 ? first : first[..(end + 1)], markdown);
    }

    /// <summary>Whether a paragraph is running text: no heading, comment, code, table or list.</summary>
    private static bool IsText(string paragraph) => paragraph.Length > 0 && paragraph[0] is not ('#' or '<' or '`' or '|' or '-');
}
