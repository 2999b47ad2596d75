using System.Globalization;
using System.Text;

namespace ChatBotKit.Server.Knowledge;

/// <summary>
/// Splits questions and texts into words. Text in scripts without spaces becomes overlapping pairs of characters, in questions and
/// texts alike, because the index has no dictionary and would take a whole sentence for one word.
/// </summary>
internal static class SearchTerms
{
    private const int MaxTerms = 64;

    /// <summary>
    /// Returns the significant words of a question, each once and in lower case. They consist of letters, digits and marks.
    /// </summary>
    public static IReadOnlyList<string> OfQuestion(string question)
    {
        var words = new List<string>();
        var kana = new List<string>();
        foreach (var word in Words(question, withSingles: false).Select(word => word.ToLowerInvariant()).Distinct())
        {
            if (StopWords.Contains(word))
                continue;
            // Pairs of hiragana are usually grammar and would match every Japanese text.
            (word.All(IsHiragana) ? kana : words).Add(word);
            if (words.Count == MaxTerms)
                break;
        }

        return words.Count > 0 ? words : [.. kana.Take(MaxTerms)];
    }

    /// <summary>Returns the text in the form that is indexed.</summary>
    public static string Segment(string text) =>
        text.Any(IsUnspaced) ? string.Join(' ', Words(text, withSingles: true)) : text;

    private static IEnumerable<string> Words(string text, bool withSingles)
    {
        var start = 0;
        while (start < text.Length)
        {
            var end = EndOfRun(text, start, out var kind);
            if (kind == RunKind.Word)
            {
                yield return text[start..end];
            }
            else if (kind == RunKind.Unspaced)
            {
                for (var i = start; i + 1 < end; i++)
                    yield return text[i..(i + 2)];
                // Single characters are indexed too, so that a question of one character finds something.
                for (var i = start; i < end && (withSingles || end - start == 1); i++)
                    yield return text[i..(i + 1)];
            }

            start = end;
        }
    }

    private static int EndOfRun(string text, int start, out RunKind kind)
    {
        kind = KindAt(text, start, out var length);
        var end = start + length;
        while (end < text.Length && KindAt(text, end, out length) == kind)
            end += length;
        return end;
    }

    private static RunKind KindAt(string text, int index, out int length)
    {
        if (!Rune.TryGetRuneAt(text, index, out var rune))
        {
            length = 1;
            return RunKind.Other;
        }

        length = rune.Utf16SequenceLength;
        if (length == 1 && IsUnspaced(text[index]))
            return RunKind.Unspaced;
        return Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark
            or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber
            ? RunKind.Word
            : RunKind.Other;
    }

    // Thai and Lao; Myanmar; Khmer; kana; Han; Hangul, where particles are attached to the words.
    private static bool IsUnspaced(char c) => c is (>= '\u0E01' and <= '\u0EFF') or (>= '\u1000' and <= '\u109F')
        or (>= '\u1780' and <= '\u17FF') or (>= '\u3041' and <= '\u30FF') or (>= '\u3400' and <= '\u9FFF')
        or (>= '\uAC00' and <= '\uD7AF') or (>= '\uF900' and <= '\uFAFF');

    private static bool IsHiragana(char c) => c is >= '\u3041' and <= '\u309F';

    private enum RunKind
    {
        Other,
        Word,
        Unspaced,
    }
}
