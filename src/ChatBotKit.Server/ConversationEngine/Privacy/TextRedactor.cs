using System.Text;

namespace ChatBotKit.Server.ConversationEngine.Privacy;

/// <summary>
/// Replaces the personal data in texts with placeholders. All texts of a request are read before the first is written, so that a value
/// which is recognized in one of them is replaced in all. Not thread-safe.
/// </summary>
internal sealed class TextRedactor(PersonalDataFinder finder, Pseudonyms pseudonyms)
{
    private readonly KnownValues _known = new();
    private readonly Dictionary<string, PersonalData[]> _found = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _written = new(StringComparer.Ordinal);
    private readonly List<PersonalData> _buffer = [];
    private int _writtenAt;

    /// <summary>Finds what has a form, and remembers it for all texts.</summary>
    public void Read(string text)
    {
        if (_found.ContainsKey(text))
            return;
        _buffer.Clear();
        finder.Find(text, _buffer);
        _found.Add(text, [.. _buffer]);
        foreach (var one in _buffer)
            Learn(text, one);
    }

    /// <summary>Remembers a piece of data that was recognized by other means.</summary>
    public void Learn(string text, PersonalData data)
    {
        _known.Add(text, data);
        pseudonyms.Of(text[data.Begin..data.End], data.Type);
    }

    /// <summary>Returns the text with placeholders; the same text when it has nothing to replace.</summary>
    public string Redact(string text)
    {
        if (text.Length == 0)
            return text;
        Read(text);
        // A value that became known since may stand in a text that was written before.
        if (_writtenAt != _known.Count)
        {
            _written.Clear();
            _writtenAt = _known.Count;
        }

        if (!_written.TryGetValue(text, out var redacted))
            _written.Add(text, redacted = Write(text, Find(text)));
        return redacted;
    }

    /// <summary>Returns all data of a text, in its order and without overlaps.</summary>
    public List<PersonalData> Find(string text)
    {
        Read(text);
        var found = new List<PersonalData>(_found[text]);
        var formed = found.Count;
        _known.Find(text, found);
        if (found.Count > formed && formed > 0)
            found.Sort(static (one, other) => one.Begin != other.Begin ? one.Begin.CompareTo(other.Begin) : other.End.CompareTo(one.End));
        return Joined(found);
    }

    /// <summary>Returns the placeholder of a piece of data.</summary>
    public string PlaceholderOf(string text, PersonalData data) => pseudonyms.Of(text[data.Begin..data.End], data.Type);

    private string Write(string text, List<PersonalData> found)
    {
        if (found.Count == 0)
            return text;
        var written = new StringBuilder(text.Length);
        var at = 0;
        foreach (var one in found)
        {
            written.Append(text, at, one.Begin - at).Append(PlaceholderOf(text, one));
            at = one.End;
        }

        return written.Append(text, at, text.Length - at).ToString();
    }

    /// <summary>Joins data that overlaps to one piece, so that no part of either is left.</summary>
    private static List<PersonalData> Joined(List<PersonalData> found)
    {
        var count = 0;
        for (var i = 0; i < found.Count; i++)
        {
            var one = found[i];
            if (count > 0 && one.Begin < found[count - 1].End)
                found[count - 1] = found[count - 1] with { End = Math.Max(found[count - 1].End, one.End) };
            else
                found[count++] = one;
        }

        found.RemoveRange(count, found.Count - count);
        return found;
    }
}
