namespace ChatBotKit.Server.Knowledge;

/// <summary>Reads plain text: blocks are separated by empty lines.</summary>
internal static class PlainTextBlocks
{
    public static IEnumerable<TextBlock> Read(string text)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = EndOfParagraph(text, start, out var next);
            var paragraph = text.AsSpan(start, end - start).Trim("\r\n").TrimEnd();
            if (!paragraph.IsWhiteSpace())
                yield return new TextBlock(TextBlockKind.Paragraph, paragraph.ToString());
            start = next;
        }
    }

    /// <summary>Returns the place of the next empty line, and the start of the line after it.</summary>
    private static int EndOfParagraph(string text, int start, out int next)
    {
        for (var line = start; line < text.Length; line = next)
        {
            var end = text.IndexOf('\n', line);
            next = end < 0 ? text.Length : end + 1;
            if (text.AsSpan(line, next - line).IsWhiteSpace())
                return line;
        }

        return next = text.Length;
    }
}
