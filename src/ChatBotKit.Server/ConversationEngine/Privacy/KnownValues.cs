using System.Buffers;
using System.Globalization;

namespace ChatBotKit.Server.ConversationEngine.Privacy;

/// <summary>
/// Finds values again that have no form of their own, such as names, or were recognized only by the words around them. A value is found
/// where it is a whole word, and everywhere if it was first seen within a word. Not thread-safe.
/// </summary>
internal sealed class KnownValues
{
    /// <summary>The maximum number of values. Each text is compared with all of them at once.</summary>
    private const int MaxValues = 10_000;

    private readonly Dictionary<string, (string Type, bool IsWhole)> _values = new(StringComparer.Ordinal);

    // In ordinal order, so that values with the same beginning are neighbours; null when a value was added since.
    private string[]? _sorted;
    private SearchValues<char> _firsts = SearchValues.Create("");

    /// <summary>The number of values. It grows with each new one.</summary>
    public int Count => _values.Count;

    /// <summary>Adds a value that was found in a text, unless it can be found again by its form.</summary>
    public void Add(ReadOnlySpan<char> text, PersonalData found)
    {
        if (found.Type is PersonalDataTypes.Email or PersonalDataTypes.Iban or PersonalDataTypes.Card or PersonalDataTypes.Ip or PersonalDataTypes.Placeholder)
            return;
        var value = text[found.Begin..found.End];
        if (_values.Count < MaxValues
            && _values.GetAlternateLookup<ReadOnlySpan<char>>().TryAdd(value, (found.Type, IsWholeWord(text, found.Begin, found.End))))
            _sorted = null;
    }

    /// <summary>Adds all places where a value stands, in their order and without overlaps.</summary>
    public void Find(ReadOnlySpan<char> text, List<PersonalData> found)
    {
        if (_values.Count == 0)
            return;
        var sorted = _sorted ??= Sort();
        var at = 0;
        while (text[at..].IndexOfAny(_firsts) is >= 0 and var distance)
        {
            at += distance;
            var (length, type) = LongestAt(sorted, text, at);
            if (length > 0)
                found.Add(new PersonalData(at, at + length, type));
            at += Math.Max(length, 1);
        }
    }

    private string[] Sort()
    {
        string[] sorted = [.. _values.Keys.Where(static value => value.Length > 0).Order(StringComparer.Ordinal)];
        _firsts = SearchValues.Create([.. sorted.Select(static value => value[0]).Distinct()]);
        return sorted;
    }

    /// <summary>
    /// Finds the longest value that begins at an index. Each character narrows the values that are left, so the work for an index is bounded
    /// by the length of the longest value, and not by the lengths of all.
    /// </summary>
    private (int Length, string Type) LongestAt(string[] sorted, ReadOnlySpan<char> text, int at)
    {
        var (longest, from, to) = ((0, ""), 0, sorted.Length);
        for (var length = 0; from < to && at + length < text.Length;)
        {
            from = FirstNotBefore(sorted, from, to, length, text[at + length]);
            to = FirstNotBefore(sorted, from, to, length, text[at + length] + 1);
            length++;
            // The value that ends here comes before those that go on.
            if (from < to && sorted[from].Length == length)
            {
                var (type, isWhole) = _values[sorted[from++]];
                if (!isWhole || IsWholeWord(text, at, at + length))
                    longest = (length, type);
            }
        }

        return longest;
    }

    /// <summary>Returns the index of the first of some values whose character at an index is not less than the given one.</summary>
    private static int FirstNotBefore(string[] sorted, int from, int to, int index, int character)
    {
        while (from < to)
        {
            var middle = (from + to) >>> 1;
            if (sorted[middle][index] < character)
                from = middle + 1;
            else
                to = middle;
        }

        return from;
    }

    private static bool IsWholeWord(ReadOnlySpan<char> text, int begin, int end) =>
        !(begin > 0 && IsOfWord(text[begin - 1]) && IsOfWord(text[begin])) && !(end < text.Length && IsOfWord(text[end - 1]) && IsOfWord(text[end]));

    /// <summary>Whether the character joins with its neighbours to a word. In scripts without spaces, such as Chinese, none does.</summary>
    private static bool IsOfWord(char character) =>
        char.IsLetterOrDigit(character) && char.GetUnicodeCategory(character) != UnicodeCategory.OtherLetter;
}
