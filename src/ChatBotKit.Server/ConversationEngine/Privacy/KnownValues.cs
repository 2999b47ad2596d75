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
    private SearchValues<string>? _search;
    private int[] _lengths = [];

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
            _search = null;
    }

    /// <summary>Adds all places where a value stands, in their order and without overlaps.</summary>
    public void Find(ReadOnlySpan<char> text, List<PersonalData> found)
    {
        if (_values.Count == 0)
            return;
        if (_search is null)
        {
            _search = SearchValues.Create([.. _values.Keys], StringComparison.Ordinal);
            _lengths = [.. _values.Keys.Select(value => value.Length).Distinct().OrderDescending()];
        }

        var at = 0;
        while (text[at..].IndexOfAny(_search) is >= 0 and var distance)
        {
            at += distance;
            var (length, type) = LongestAt(text, at);
            if (length > 0)
                found.Add(new PersonalData(at, at + length, type));
            at += Math.Max(length, 1);
        }
    }

    private (int Length, string Type) LongestAt(ReadOnlySpan<char> text, int at)
    {
        var values = _values.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var length in _lengths)
        {
            if (at + length <= text.Length && values.TryGetValue(text.Slice(at, length), out var value)
                && (!value.IsWhole || IsWholeWord(text, at, at + length)))
                return (length, value.Type);
        }

        return (0, "");
    }

    private static bool IsWholeWord(ReadOnlySpan<char> text, int begin, int end) =>
        !(begin > 0 && IsOfWord(text[begin - 1]) && IsOfWord(text[begin])) && !(end < text.Length && IsOfWord(text[end - 1]) && IsOfWord(text[end]));

    /// <summary>Whether the character joins with its neighbours to a word. In scripts without spaces, such as Chinese, none does.</summary>
    private static bool IsOfWord(char character) =>
        char.IsLetterOrDigit(character) && char.GetUnicodeCategory(character) != UnicodeCategory.OtherLetter;
}
