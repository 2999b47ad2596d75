namespace ChatBotKit.Server.ConversationEngine.Privacy;

/// <summary>
/// The placeholders of a run: each value has one, and each stands for one value. They are numbered by type, in the order in which the values
/// were found. Not thread-safe.
/// </summary>
internal sealed class Pseudonyms
{
    private readonly Dictionary<string, string> _byValue = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _byPlaceholder = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    // With them, the stream of an answer holds back only what may become a placeholder.
    private readonly HashSet<string> _beginnings = new(StringComparer.Ordinal);

    public bool IsEmpty => _byValue.Count == 0;

    public string Of(string value, string type)
    {
        if (_byValue.TryGetValue(value, out var known))
            return known;
        var label = PlaceholderForm.Label(type);
        var number = _numbers.GetValueOrDefault(label);
        string placeholder;
        do
            placeholder = PlaceholderForm.Of(label, ++number);
        while (_byPlaceholder.ContainsKey(placeholder));
        _numbers[label] = number;
        Add(value, placeholder);
        return placeholder;
    }

    /// <summary>
    /// Gives a value the placeholder that it had in an earlier run. Nothing happens when the text is no placeholder, or stands for another
    /// value, or the value has one.
    /// </summary>
    public void Adopt(string placeholder, string value)
    {
        if (PlaceholderForm.IsOne(placeholder) && !_byValue.ContainsKey(value) && !_byPlaceholder.ContainsKey(placeholder))
            Add(value, placeholder);
    }

    /// <summary>Returns the value for which a placeholder stands; null for any other text.</summary>
    public string? ValueOf(ReadOnlySpan<char> placeholder) =>
        _byPlaceholder.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(placeholder, out var value) ? value : null;

    /// <summary>Whether a placeholder begins with the text and is longer.</summary>
    public bool IsBeginning(ReadOnlySpan<char> text) => _beginnings.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text);

    private void Add(string value, string placeholder)
    {
        _byValue.Add(value, placeholder);
        _byPlaceholder.Add(placeholder, value);
        for (var length = placeholder.Length - 1; length > 0; length--)
        {
            if (!_beginnings.Add(placeholder[..length]))
                return;
        }
    }
}
