using System.Globalization;

namespace ChatBotKit.Server.Knowledge;

/// <summary>
/// Maps a character to the form in which it is compared: lower case, without accents, and one form for the variants that Unicode
/// has for compatibility. The framework's normalization needs ICU, which the server does not load.
/// </summary>
internal static class LetterForms
{
    private const char FirstFullWidth = '\uFF01';
    private const char LastFullWidth = '\uFF5E';
    private const int FullWidthOffset = 0xFEE0;
    private const char FirstHalfWidthKana = '\uFF66';

    private const string HalfWidthKana = "ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン";

    /// <summary>The letters that stand for others, after the letter that they stand for.</summary>
    private static readonly string[] Variants =
    [
        "aàáâãäåāăąǎǟǡǻȁȃȧḁẚạảấầẩẫậắằẳẵặª", "bƀḃḅḇ", "cçćĉċčḉ", "dďđðḋḍḏḑḓ", "eèéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệ", "fḟƒ", "gĝğġģǧǵǥḡ", "hĥħȟḣḥḧḩḫẖ",
        "iìíîïĩīĭįıİǐȉȋḭḯỉị", "jĵǰ", "kķǩḱḳḵ", "lĺļľŀłḷḹḻḽ", "mḿṁṃ", "nñńņňŉǹṅṇṉṋ", "oòóôõöøōŏőơǒǫǭǿȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợº", "pṕṗ",
        "rŕŗřȑȓṙṛṝṟ", "sśŝşšșſẛṡṣṥṧṩ", "tţťŧțṫṭṯṱẗ", "uùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự", "vṽṿ", "wŵẁẃẅẇẉẘ", "xẋẍ", "yýÿŷȳẏẙỳỵỷỹ", "zźżžƶẑẓẕ",
        "αά", "εέ", "ηή", "ιίϊΐ", "οό", "υύϋΰ", "ωώ", "σς", "её",
        // Arabic writers leave out the hamza and the dots; Persian and Urdu have letters of their own for kaf and ya.
        "اأإآٱ", "يىی", "هةۀہ", "كکڪ",
    ];

    private static readonly Dictionary<char, char> Letters = Variants
        .SelectMany(variants => variants.Skip(1).Select(variant => (variant, variants[0])))
        .ToDictionary();

    /// <summary>Characters that stand for several letters.</summary>
    private static readonly Dictionary<char, string> Several = new (char Character, string Letters)[]
    {
        ('ß', "ss"), ('æ', "ae"), ('ǽ', "ae"), ('œ', "oe"), ('þ', "th"), ('ĳ', "ij"), ('ŋ', "ng"),
        ('ﬀ', "ff"), ('ﬁ', "fi"), ('ﬂ', "fl"), ('ﬃ', "ffi"), ('ﬄ', "ffl"), ('ﬅ', "st"), ('ﬆ', "st"),
    }.ToDictionary();

    /// <summary>Returns the letters that a character stands for, if these are several; otherwise null.</summary>
    public static string? Expansion(char c) => Several.GetValueOrDefault(c == 'ẞ' ? 'ß' : char.ToLowerInvariant(c));

    /// <summary>Returns the character in the form in which it is compared.</summary>
    public static char Fold(char c)
    {
        if (c is >= FirstFullWidth and <= LastFullWidth)
            c = (char)(c - FullWidthOffset);
        else if (c >= FirstHalfWidthKana && c < FirstHalfWidthKana + HalfWidthKana.Length)
            return HalfWidthKana[c - FirstHalfWidthKana];
        if (c > '\u007F' && CharUnicodeInfo.GetDigitValue(c) is >= 0 and var digit)
            return (char)('0' + digit);
        var lower = char.ToLowerInvariant(c);
        return Letters.GetValueOrDefault(lower, lower);
    }

    /// <summary>
    /// Combines a character with the one after it, if that only completes it: the sound marks of kana, and the parts of a Hangul
    /// syllable. Some systems store names of files in this form.
    /// </summary>
    public static bool TryCombine(char first, char second, out char combined)
    {
        combined = second switch
        {
            '\u3099' or '\uFF9E' when IsVoiceable(first) => (char)(first + 1),
            '\u309A' or '\uFF9F' when first is 'は' or 'ひ' or 'ふ' or 'へ' or 'ほ' or 'ハ' or 'ヒ' or 'フ' or 'ヘ' or 'ホ' => (char)(first + 2),
            >= '\u1161' and <= '\u1175' when first is >= '\u1100' and <= '\u1112' =>
                (char)('\uAC00' + (((first - '\u1100') * 21) + second - '\u1161') * 28),
            >= '\u11A8' and <= '\u11C2' when first is >= '\uAC00' and <= '\uD7A3' && (first - '\uAC00') % 28 == 0 =>
                (char)(first + second - '\u11A7'),
            _ => '\0',
        };
        return combined != '\0';
    }

    private static bool IsVoiceable(char c) =>
        "かきくけこさしすせそたちつてとはひふへほカキクケコサシスセソタチツテトハヒフヘホ".Contains(c, StringComparison.Ordinal);
}
