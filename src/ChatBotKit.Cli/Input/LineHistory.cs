namespace ChatBotKit.Cli.Input;

/// <summary>
/// The lines that were entered before. They are kept in memory only, because the text of a chat must not be stored in a
/// file.
/// </summary>
internal sealed class LineHistory
{
    private const int MaxLines = 500;

    private readonly List<string> _lines = [];
    private string _draft = "";
    private int _position;

    public void Add(string line)
    {
        if (!string.IsNullOrWhiteSpace(line) && _lines.LastOrDefault() != line)
            _lines.Add(line);
        if (_lines.Count > MaxLines)
            _lines.RemoveAt(0);
        _position = _lines.Count;
    }

    /// <summary>Gets the previous line; null when there is none. The line that is being edited is kept for the way back.</summary>
    public string? Older(string current)
    {
        if (_position == 0)
            return null;
        if (_position == _lines.Count)
            _draft = current;
        return _lines[--_position];
    }

    /// <summary>Gets the next line; null when there is none.</summary>
    public string? Newer()
    {
        if (_position == _lines.Count)
            return null;
        return ++_position == _lines.Count ? _draft : _lines[_position];
    }
}
