using System.Text;

namespace ChatBotKit.Cli.Tests;

/// <summary>What a program has written, which a test may read while the program goes on writing.</summary>
internal sealed class WrittenText : TextWriter
{
    private readonly StringBuilder _text = new();

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value)
    {
        lock (_text)
            _text.Append(value);
    }

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(ReadOnlySpan<char> buffer)
    {
        lock (_text)
            _text.Append(buffer);
    }

    public override void Write(string? value) => Write(value.AsSpan());

    public void Clear()
    {
        lock (_text)
            _text.Clear();
    }

    public override string ToString()
    {
        lock (_text)
            return _text.ToString();
    }
}
