namespace ChatBotKit.Server.ConversationEngine.Privacy;

/// <summary>Groups of digits that may be a phone number.</summary>
/// <param name="Begin">The index of the first digit, or of the plus or parenthesis before it.</param>
/// <param name="Digits">The number of digits.</param>
/// <param name="Groups">The number of groups.</param>
internal readonly record struct PhoneCandidate(int Begin, int Digits, int Groups)
{
    /// <summary>The digits of the longest number, and those of a prefix of international calls and a zero in parentheses.</summary>
    public const int MaxDigits = 18;

    public const int MaxGroups = 9;

    private const int MaxSeparators = 3;

    /// <param name="text">The text.</param>
    /// <param name="from">The number can't begin before this index.</param>
    /// <param name="at">The index of the first digit.</param>
    /// <param name="ends">Gets the index after each group.</param>
    public static PhoneCandidate? Read(ReadOnlySpan<char> text, int from, int at, Span<int> ends)
    {
        var begin = at;
        if (begin > from && text[begin - 1] == '(')
            begin--;
        if (begin > from && text[begin - 1] == '+')
            begin--;
        if (text[begin] == '+' ? begin > 0 && char.IsLetterOrDigit(text[begin - 1]) : !TextShape.BeginsAlone(text, begin) || FollowsGroup(text, from, begin))
            return null;
        var (digits, groups) = (0, 0);
        while (groups < MaxGroups)
        {
            var end = TextShape.EndOfDigits(text, at);
            digits += end - at;
            if (digits > MaxDigits)
                return groups == 0 ? null : new PhoneCandidate(begin, digits - (end - at), groups);
            ends[groups++] = end;
            var next = end;
            while (next < text.Length && next - end < MaxSeparators && IsSeparator(text[next]))
                next++;
            if (next == end || next >= text.Length || !char.IsAsciiDigit(text[next]))
                break;
            at = next;
        }

        return new PhoneCandidate(begin, digits, groups);
    }

    /// <summary>Returns the candidate without its last group.</summary>
    public PhoneCandidate Shorter(ReadOnlySpan<char> text, ReadOnlySpan<int> ends)
    {
        var start = ends[Groups - 1];
        while (start > Begin && char.IsAsciiDigit(text[start - 1]))
            start--;
        return new PhoneCandidate(Begin, Digits - (ends[Groups - 1] - start), Groups - 1);
    }

    /// <summary>Whether the number has a form in which people write phone numbers without a country code.</summary>
    public bool LooksNational(ReadOnlySpan<char> number) =>
        Digits is >= 9 and <= 12
        && ((number[0] == '(' && Groups is >= 2 and <= 5) || (number[0] == '0' && Groups is >= 2 and <= 6) || IsAmerican(number));

    /// <summary>Whether the number begins with a date, such as 17.05.2024 or 2024-05-17.</summary>
    public static bool IsDate(ReadOnlySpan<char> number)
    {
        Span<int> lengths = stackalloc int[3];
        var (at, sign) = (0, '\0');
        for (var part = 0; part < lengths.Length; part++)
        {
            var end = TextShape.EndOfDigits(number, at);
            lengths[part] = end - at;
            if (part == 2)
                break;
            if (end >= number.Length || number[end] is not ('.' or '-' or '/') || (part > 0 && number[end] != sign))
                return false;
            (sign, at) = (number[end], end + 1);
        }

        return (lengths[0] is 1 or 2 && lengths[1] is 1 or 2 && lengths[2] is 4 && IsYear(number[at..]))
            || (lengths[0] == 4 && lengths[1] is 1 or 2 && lengths[2] is 1 or 2 && IsYear(number));
    }

    private static bool IsYear(ReadOnlySpan<char> text) => text.StartsWith("19", StringComparison.Ordinal) || text.StartsWith("20", StringComparison.Ordinal);

    /// <summary>Whether the number is written as 415-555-2671 or 415.555.2671.</summary>
    private static bool IsAmerican(ReadOnlySpan<char> number) =>
        number.Length == 12 && number[3] == number[7] && (number[3] == '.' || TextShape.IsDash(number[3]))
        && number.Count(number[3]) == 2 && number[0] >= '2' && number[4] >= '2';

    /// <summary>Whether digits and a space come before the number, so that it is the rest of a longer one that is no data.</summary>
    private static bool FollowsGroup(ReadOnlySpan<char> text, int from, int begin) =>
        begin - 2 >= from && text[begin] != '(' && TextShape.IsSpace(text[begin - 1]) && char.IsAsciiDigit(text[begin - 2]);

    private static bool IsSeparator(char character) =>
        TextShape.IsSpace(character) || TextShape.IsDash(character) || character is '.' or '/' or '(' or ')';
}
