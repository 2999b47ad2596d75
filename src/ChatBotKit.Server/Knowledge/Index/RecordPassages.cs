namespace ChatBotKit.Server.Knowledge;

/// <summary>
/// Divides the text of a record for the index. A short text is best found as a whole; a long one by its parts, because its length
/// would outweigh the part that answers.
/// </summary>
internal static class RecordPassages
{
    private const int MaxWhole = 4_000;
    private const int MaxLength = 1_400;
    private const int MinLength = 700;

    public static IEnumerable<TextSpan> Of(string text)
    {
        if (text.Length <= MaxWhole)
        {
            yield return new TextSpan(0, text.Length);
            yield break;
        }

        for (var start = 0; start < text.Length;)
        {
            var length = TextCuts.Find(text.AsSpan(start), MaxLength, MinLength);
            yield return new TextSpan(start, length);
            start += length;
        }
    }
}
