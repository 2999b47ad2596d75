namespace ChatBotKit.Server.Knowledge;

/// <summary>Turns words into the terms that are compared.</summary>
internal static class Terms
{
    /// <summary>The length of the parts of words.</summary>
    private const int GramLength = 4;

    /// <summary>
    /// Returns the number of parts by which a word is compared too. A short word is one part, and so is a number or a code, because one
    /// that differs in a digit is another one.
    /// </summary>
    public static int GramCount(ReadOnlySpan<char> word) => IsWhole(word) ? 1 : word.Length - GramLength + 1;

    /// <summary>Returns a part of a word.</summary>
    public static ReadOnlySpan<char> Gram(ReadOnlySpan<char> word, int index) => IsWhole(word) ? word : word.Slice(index, GramLength);

    /// <summary>Returns the stem of a word, which is cut in its place.</summary>
    public static ReadOnlySpan<char> Stem(Span<char> word) =>
        System.Text.Ascii.IsValid(word) ? word[..PorterStemmer.Stem(word)] : word;

    private static bool IsWhole(ReadOnlySpan<char> word) => word.Length <= GramLength || word.ContainsAnyInRange('0', '9');
}
