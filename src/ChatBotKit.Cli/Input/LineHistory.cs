namespace ChatBotKit.Cli.Input;

/// <summary>The lines that were typed before. They are kept in memory only: what is said in a chat belongs into no file.</summary>
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

    /// <summary>The line before; null when there is none. What is being typed comes back at the end.</summary>
    public string? Older(string current)
    {
        if (_position == 0)
            return null;
        if (_position == _lines.Count)
            _draft = current;
        return _lines[--_position];
    }

    /// <summary>The line after; null when there is none.</summary>
    public string? Newer()
    {
        if (_position == _lines.Count)
            return null;
        return ++_position == _lines.Count ? _draft : _lines[_position];
    }
}
