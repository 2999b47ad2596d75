namespace ChatBotKit.Server.Knowledge;

/// <summary>
/// Estimates how many tokens a text has for a model. The estimate counts characters by their script, because a token has four letters of
/// English and little more than one Chinese character.
/// </summary>
internal static class TokenEstimate
{
    private const double Letters = 1 / 4.0;
    private const double Digits = 1 / 2.5;
    private const double Abjads = 1 / 3.0;
    private const double Syllables = 1 / 2.2;
    private const double Ideographs = 1 / 1.2;

    /// <summary>Returns the number of tokens of a text.</summary>
    public static int Of(ReadOnlySpan<char> text)
    {
        var tokens = 0.0;
        foreach (var character in text)
            tokens += Of(character);
        return (int)Math.Ceiling(tokens);
    }

    /// <summary>Returns the length of the longest beginning of a text that has at most the given number of tokens.</summary>
    public static int LengthOf(ReadOnlySpan<char> text, int maxTokens)
    {
        var tokens = 0.0;
        for (var length = 0; length < text.Length; length++)
        {
            tokens += Of(text[length]);
            if (tokens > maxTokens)
                return length > 0 && char.IsLowSurrogate(text[length]) ? length - 1 : length;
        }

        return text.Length;
    }

    private static double Of(char character) => character switch
    {
        >= '0' and <= '9' => Digits,
        < '\u0590' => Letters,
        // Hebrew, Arabic and the scripts of India.
        < '\u0E00' => Abjads,
        // Thai, Lao, Tibetan, Myanmar, Georgian, Ethiopic, Khmer. Hangul has parts of its own among them.
        < '\u1100' => Syllables,
        < '\u1200' => Ideographs,
        < '\u1E00' => Syllables,
        < '\u2E80' => Letters,
        _ => Ideographs,
    };
}
