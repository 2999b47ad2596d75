namespace ChatBotKit.Server.Knowledge;

/// <summary>
/// Estimates how many tokens of a model a text has. A letter of the Latin script is about a quarter of a token, a Chinese one nearly
/// a whole one, so a fixed number of characters is wrong by a factor of three.
/// </summary>
internal static class TokenEstimate
{
    /// <summary>The unit of <see cref="Cost"/>, so that sums are exact.</summary>
    private const int Token = 660;

    public static int Count(ReadOnlySpan<char> text)
    {
        var sum = 0L;
        foreach (var c in text)
            sum += Cost(c);
        return (int)((sum + Token - 1) / Token);
    }

    /// <summary>Returns the length of the longest start of a text that has at most this number of tokens; at least one character.</summary>
    public static int Fit(ReadOnlySpan<char> text, int tokens)
    {
        var left = (long)tokens * Token;
        for (var i = 0; i < text.Length; i++)
        {
            left -= Cost(text[i]);
            if (left < 0)
                return Math.Max(i > 0 && char.IsLowSurrogate(text[i]) ? i - 1 : i, Math.Min(text.Length, char.IsHighSurrogate(text[0]) ? 2 : 1));
        }

        return text.Length;
    }

    private static int Cost(char c) => c switch
    {
        >= '0' and <= '9' => 264,
        < '\u0590' => 165,
        <= '\u097F' => 220,
        <= '\u0DFF' => 300,
        <= '\u109F' or (>= '\u1780' and <= '\u17FF') => 300,
        >= '\u1100' and <= '\u11FF' => 550,
        < '\u2E80' => 165,
        >= '\uFF61' and <= '\uFF9F' => 550,
        <= '\uD7FF' or (>= '\uF900' and <= '\uFAFF') => 550,
        _ => 330,
    };
}
