namespace ChatBotKit.Server.Knowledge;

/// <summary>The text of a passage as the model gets it: the title of its record, and the passage.</summary>
internal static class EmbeddedText
{
    /// <summary>A longer title would displace the text in the vector.</summary>
    private const int MaxTitle = 200;

    public static string Of(string title, string text, TextSpan span)
    {
        var passage = text.AsSpan(span.Start, span.Length);
        // A title that the text begins with says nothing more.
        if (string.IsNullOrWhiteSpace(title) || passage.StartsWith(title, StringComparison.Ordinal))
            return passage.ToString();
        var start = title.Length <= MaxTitle ? title : title[..(char.IsHighSurrogate(title[MaxTitle - 1]) ? MaxTitle - 1 : MaxTitle)];
        return $"{start}\n{passage}";
    }
}
