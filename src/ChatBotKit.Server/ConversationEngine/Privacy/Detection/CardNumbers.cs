namespace ChatBotKit.Server.ConversationEngine.Privacy;

/// <summary>Finds the numbers of payment cards: those that begin like a number of a scheme, have its length, and pass the Luhn check.</summary>
internal static class CardNumbers
{
    private const int MinDigits = 12;
    private const int MaxDigits = 19;

    /// <summary>The digits of the shortest number that another group of digits may follow.</summary>
    private const int MinFollowed = 14;

    public static PersonalData? Find(ReadOnlySpan<char> text, int at)
    {
        if (!TextShape.BeginsAlone(text, at) || (at > 0 && text[at - 1] == '+'))
            return null;
        Span<char> digits = stackalloc char[MaxDigits];
        Span<int> ends = stackalloc int[MaxDigits];
        var (count, groups) = Read(text, at, digits, ends);
        var all = groups;
        // The number may be followed by another one, such as a date, so each group may be its last.
        for (; groups > 0; groups--)
        {
            if (count >= (groups == all ? MinDigits : MinFollowed) && count <= MaxDigits && TextShape.EndsAlone(text, ends[groups - 1])
                && IsOfScheme(digits[..count]) && PassesLuhn(digits[..count]))
                return new PersonalData(at, ends[groups - 1], PersonalDataTypes.Card);
            count -= groups > 1 ? TextShape.EndOfDigits(text, ends[groups - 2] + 1) - ends[groups - 2] - 1 : count;
        }

        return null;
    }

    /// <summary>Reads groups of digits with one space or dash between them. The first of several groups has four digits.</summary>
    private static (int Count, int Groups) Read(ReadOnlySpan<char> text, int at, Span<char> digits, Span<int> ends)
    {
        var (count, groups) = (0, 0);
        while (true)
        {
            var end = TextShape.EndOfDigits(text, at);
            var length = end - at;
            if (count + length > MaxDigits || (groups == 1 && count != 4) || (groups > 0 && length is < 2 or > 7))
                return (count, groups);
            text[at..end].CopyTo(digits[count..]);
            count += length;
            ends[groups++] = end;
            if (end + 1 >= text.Length || !(TextShape.IsSpace(text[end]) || TextShape.IsDash(text[end])) || !char.IsAsciiDigit(text[end + 1]))
                return (count, groups);
            at = end + 1;
        }
    }

    private static bool IsOfScheme(ReadOnlySpan<char> digits)
    {
        var four = ((digits[0] - '0') * 1000) + ((digits[1] - '0') * 100) + ((digits[2] - '0') * 10) + digits[3] - '0';
        var (two, three, length) = (four / 100, four / 10, digits.Length);
        return (two is >= 40 and <= 49 && length is 13 or 16 or 19)         // Visa
            || ((two is >= 51 and <= 55 || four is >= 2221 and <= 2720) && length == 16)    // Mastercard
            || (two is 34 or 37 && length == 15)                            // American Express
            || ((four == 6011 || two == 65 || three is >= 644 and <= 649) && length is >= 16 and <= 19)  // Discover
            || ((three is >= 300 and <= 305 or 309 || two is 36 or 38 or 39) && length is >= 14 and <= 19)  // Diners Club
            || (four is >= 3528 and <= 3589 && length is >= 16 and <= 19)   // JCB
            || (two == 62 && length is >= 16 and <= 19)                     // UnionPay
            || (four is >= 2200 and <= 2204 && length is >= 16 and <= 19)   // Mir
            || (four is 5018 or 5020 or 5038 or 5893 or 6304 or 6759 or 6761 or 6762 or 6763 && length is >= MinDigits);  // Maestro
    }

    private static bool PassesLuhn(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            if (i % 2 == 1)
                digit = digit > 4 ? (digit * 2) - 9 : digit * 2;
            sum += digit;
        }

        return sum % 10 == 0;
    }
}
