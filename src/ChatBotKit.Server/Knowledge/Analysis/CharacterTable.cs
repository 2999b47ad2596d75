using System.Globalization;

namespace ChatBotKit.Server.Knowledge;

/// <summary>The part that a character has in a term.</summary>
internal enum CharacterKind : byte
{
    /// <summary>It ends a term.</summary>
    Separator,

    /// <summary>It belongs to a word of a script that puts spaces between words.</summary>
    Letter,

    /// <summary>It belongs to a script whose words are found by pairs of characters.</summary>
    Pair,

    /// <summary>It belongs to a script whose words are found by triples of characters.</summary>
    Triple,

    /// <summary>It is left out: accents of their own, soft hyphens, marks of direction.</summary>
    Ignored,

    /// <summary>It is written as several letters.</summary>
    Expanded,

    /// <summary>It is half of a character.</summary>
    Surrogate,
}

/// <summary>The kind and the compared form of each character, computed once.</summary>
internal static class CharacterTable
{
    private static readonly CharacterKind[] Kinds = [.. Enumerable.Range(0, char.MaxValue + 1).Select(c => Classify((char)c))];
    private static readonly char[] Forms = [.. Enumerable.Range(0, char.MaxValue + 1).Select(c => LetterForms.Fold((char)c))];

    public static CharacterKind KindOf(char c) => Kinds[c];

    public static char Fold(char c) => Forms[c];

    /// <summary>Whether characters of this category belong to words.</summary>
    public static bool IsOfWords(UnicodeCategory category) => category
        is <= UnicodeCategory.OtherLetter or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
        or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;

    private static CharacterKind Classify(char c)
    {
        if (char.IsSurrogate(c))
            return CharacterKind.Surrogate;
        if (IsIgnored(c))
            return CharacterKind.Ignored;
        // The sound marks of half-width kana are letters of their own.
        if (!IsOfWords(char.GetUnicodeCategory(c)))
            return CharacterKind.Separator;
        if (LetterForms.Expansion(c) is not null)
            return CharacterKind.Expanded;
        if (LetterForms.Fold(c) is >= '0' and <= '9')
            return CharacterKind.Letter;
        return IsOfPairs(c) ? CharacterKind.Pair : IsOfTriples(c) ? CharacterKind.Triple : CharacterKind.Letter;
    }

    // Marks carry the vowels in the scripts of India and of South-East Asia, so only those of other scripts are left out.
    private static bool IsIgnored(char c) => c is '\u00AD' or '\u0640' or '\u0670' or '\uFEFF'
        or (>= '\u0300' and <= '\u036F') or (>= '\u0483' and <= '\u0487') or (>= '\u0591' and <= '\u05BD') or '\u05BF'
        or '\u05C1' or '\u05C2' or '\u05C4' or '\u05C5' or '\u05C7' or (>= '\u0610' and <= '\u061A') or (>= '\u064B' and <= '\u065F')
        or (>= '\u06D6' and <= '\u06DC') or (>= '\u1DC0' and <= '\u1DFF') or (>= '\u200C' and <= '\u200F')
        or (>= '\u202A' and <= '\u202E') or (>= '\u2060' and <= '\u2069') or (>= '\uFE00' and <= '\uFE0F') or (>= '\uFE20' and <= '\uFE2F');

    // Han, kana, Bopomofo; Hangul, where particles are attached to the words.
    private static bool IsOfPairs(char c) => c is (>= '\u3005' and <= '\u3007') or (>= '\u3041' and <= '\u312F') or (>= '\u31A0' and <= '\u31FF')
        or (>= '\u3400' and <= '\u9FFF') or (>= '\uF900' and <= '\uFAFF') or (>= '\uAC00' and <= '\uD7A3') or (>= '\u1100' and <= '\u11FF')
        or (>= '\uFF66' and <= '\uFF9F');

    // Thai and Lao; Myanmar; Khmer.
    private static bool IsOfTriples(char c) =>
        c is (>= '\u0E01' and <= '\u0EFF') or (>= '\u1000' and <= '\u109F') or (>= '\u1780' and <= '\u17FF');
}
