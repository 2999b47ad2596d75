using System.Text;

namespace ChatBotKit.Cli.Tests;

/// <summary>The output of a program, which a test can read while the program is running.</summary>
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
