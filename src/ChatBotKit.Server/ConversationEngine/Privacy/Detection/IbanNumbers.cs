using System.Collections.Frozen;

namespace ChatBotKit.Server.ConversationEngine.Privacy;

/// <summary>Finds IBANs, with or without spaces: those of a known country, with its length, whose check digits fit.</summary>
internal static class IbanNumbers
{
    private const string Countries =
        "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 "
        + "FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 "
        + "ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 "
        + "ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30";

    private static readonly FrozenDictionary<int, int> Lengths = Countries.Split(' ')
        .ToFrozenDictionary(country => (country[0] << 8) | country[1], country => int.Parse(country.AsSpan(2), provider: null));

    /// <param name="text">The text.</param>
    /// <param name="from">The number can't begin before this index.</param>
    /// <param name="at">The index of its first digit, which follows the code of the country.</param>
    public static PersonalData? Find(ReadOnlySpan<char> text, int from, int at)
    {
        var start = at - 2;
        if (start < from || at + 1 >= text.Length || !char.IsAsciiDigit(text[at + 1])
            || !char.IsAsciiLetter(text[start]) || !char.IsAsciiLetter(text[start + 1]) || !TextShape.BeginsAlone(text, start))
            return null;
        var country = (char.ToUpperInvariant(text[start]) << 8) | char.ToUpperInvariant(text[start + 1]);
        if (!Lengths.TryGetValue(country, out var length))
            return null;
        Span<char> number = stackalloc char[length];
        var end = Read(text, start, number);
        return end > 0 && TextShape.EndsAlone(text, end) && HasCheckDigits(number) ? new PersonalData(start, end, PersonalDataTypes.Iban) : null;
    }

    /// <summary>Reads letters and digits with single spaces between them. Returns the index after them; 0 when there are too few.</summary>
    private static int Read(ReadOnlySpan<char> text, int at, Span<char> number)
    {
        for (var count = 0; count < number.Length; count++, at++)
        {
            if (count > 0 && at < text.Length && TextShape.IsSpace(text[at]))
                at++;
            if (at >= text.Length || !char.IsAsciiLetterOrDigit(text[at]))
                return 0;
            number[count] = char.ToUpperInvariant(text[at]);
        }

        return at;
    }

    /// <summary>Whether the number, with its first four characters at its end and letters as numbers from 10 on, is 1 modulo 97.</summary>
    private static bool HasCheckDigits(ReadOnlySpan<char> number)
    {
        var rest = 0;
        for (var i = 0; i < number.Length; i++)
        {
            var character = number[(i + 4) % number.Length];
            rest = char.IsAsciiDigit(character)
                ? ((rest * 10) + character - '0') % 97
                : ((rest * 100) + character - 'A' + 10) % 97;
        }

        return rest == 1;
    }
}
