namespace ChatBotKit.Server.ConversationEngine.Privacy;

/// <summary>The questions about characters that several detectors ask.</summary>
internal static class TextShape
{
    public static int EndOfDigits(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && char.IsAsciiDigit(text[at]))
            at++;
        return at;
    }

    /// <summary>
    /// Whether a number that begins here is not the rest of a word, of a code such as <c>A-1234</c>, of a decimal, or of a path.
    /// </summary>
    public static bool BeginsAlone(ReadOnlySpan<char> text, int at)
    {
        if (at == 0)
            return true;
        var before = text[at - 1];
        if (char.IsLetterOrDigit(before) || before == '_')
            return false;
        return before is not ('-' or '.' or ',' or '/' or '\\') || at == 1 || !char.IsLetterOrDigit(text[at - 2]);
    }

    /// <summary>Whether a number that ends here is not followed by more of a word, a decimal, a code or an e-mail address.</summary>
    public static bool EndsAlone(ReadOnlySpan<char> text, int end)
    {
        if (end >= text.Length)
            return true;
        var after = text[end];
        if (char.IsLetterOrDigit(after) || after is '_' or '@')
            return false;
        if (end + 1 >= text.Length)
            return true;
        // A dot or comma without a space after it is as often the end of a sentence, so only a digit after it counts.
        return after is '-' or '/' ? !char.IsAsciiLetterOrDigit(text[end + 1]) : after is not ('.' or ',' or ':') || !char.IsAsciiDigit(text[end + 1]);
    }

    public static bool IsSpace(char character) => character is ' ' or '\u00A0' or '\u202F' or '\u2009';

    public static bool IsDash(char character) => character is '-' or (>= '\u2010' and <= '\u2013');
}
