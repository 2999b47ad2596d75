namespace ChatBotKit.Server.Knowledge;

/// <summary>Turns words into the terms that are compared.</summary>
internal static class Terms
{
    /// <summary>The length of the parts of words.</summary>
    public const int GramLength = 4;

    /// <summary>
    /// Whether a word is also compared by its parts. Numbers and codes are not: one that differs in a digit is another one.
    /// </summary>
    public static bool HasGrams(ReadOnlySpan<char> word) => word.Length >= GramLength && !word.ContainsAnyInRange('0', '9');

    /// <summary>Returns the stem of a word, which is cut in its place.</summary>
    public static ReadOnlySpan<char> Stem(Span<char> word) =>
        System.Text.Ascii.IsValid(word) ? word[..PorterStemmer.Stem(word)] : word;
}
