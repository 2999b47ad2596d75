namespace ChatBotKit.AdminConsole.Datasets.Retrieval;

/// <summary>Finds the words of a question in a text.</summary>
internal static class Marks
{
    /// <summary>Shorter words are in every text.</summary>
    private const int Shortest = 3;

    /// <summary>Divides a text into pieces, which are words of the question or not. The pieces together are the text.</summary>
    public static IEnumerable<(string Text, bool IsWord)> Split(string text, string question)
    {
        var words = Words(question).Select(word => question[word]).Where(word => word.Length >= Shortest).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var start = 0;
        foreach (var word in Words(text))
        {
            if (!words.Contains(text[word]))
                continue;
            if (word.Start.Value > start)
                yield return (text[start..word.Start.Value], false);
            yield return (text[word], true);
            start = word.End.Value;
        }

        if (start < text.Length)
            yield return (text[start..], false);
    }

    private static IEnumerable<Range> Words(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            var end = at;
            while (end < text.Length && char.IsLetterOrDigit(text[end]))
                end++;
            if (end > at)
                yield return at..end;
            at = end + 1;
        }
    }
}
