using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ChatBotKit.Server.Json;

namespace ChatBotKit.Server.RunLog;

/// <summary>
/// Writes events as JSON Lines to a buffer that is taken batch by batch. Each token is an event, so the constant parts of a line
/// are copied instead of serialized.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A writer over a buffer in memory holds nothing that must be released.")]
internal sealed class EventEncoder
{
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>The characters that need no escaping in a JSON string: printable ASCII except the quote and the backslash.</summary>
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        string.Concat(Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code).Where(letter => letter is not ('"' or '\\'))));

    private readonly RentedBuffer _buffer = new();
    private readonly Utf8JsonWriter _text;
    private readonly RentedBuffer _scratch = new();
    private readonly Utf8JsonWriter _data;
    private readonly bool _numbered;

    /// <param name="numbered">Whether each line carries its number, with which a reader can resume a stored log.</param>
    public EventEncoder(bool numbered)
    {
        _numbered = numbered;
        _text = new Utf8JsonWriter(_buffer, Options);
        _data = new Utf8JsonWriter(_scratch, Options);
    }

    /// <summary>The number of bytes that were written and not yet taken.</summary>
    public int Length => _buffer.WrittenCount;

    public void WriteToken(ReadOnlySpan<byte> type, string text, long createdAt, long id)
    {
        _buffer.Write("{\"type\":\""u8);
        _buffer.Write(type);
        _buffer.Write("\",\"data\":{\"type\":\"bot\",\"token\":"u8);
        WriteString(text);
        _buffer.Write("}"u8);
        End(createdAt, id);
    }

    /// <param name="type">The event's type, which needs no escaping.</param>
    /// <param name="data">The event's data, as JSON.</param>
    /// <param name="createdAt">The time of the event, in milliseconds since the Unix epoch.</param>
    /// <param name="id">The event's number.</param>
    public void WriteEvent(string type, ReadOnlySpan<byte> data, long createdAt, long id)
    {
        _buffer.Write("{\"type\":\""u8);
        _buffer.Advance(Encoding.UTF8.GetBytes(type, _buffer.GetSpan(Encoding.UTF8.GetMaxByteCount(type.Length))));
        _buffer.Write("\",\"data\":"u8);
        _buffer.Write(data);
        End(createdAt, id);
    }

    /// <summary>
    /// Writes an event whose properties <paramref name="data"/> writes. When <paramref name="data"/> throws, the buffer is
    /// unchanged.
    /// </summary>
    public void WriteEvent(string type, Action<Utf8JsonWriter>? data, long createdAt, long id)
    {
        try
        {
            _data.WriteStartObject();
            data?.Invoke(_data);
            _data.WriteEndObject();
            _data.Flush();
            WriteEvent(type, _scratch.WrittenSpan, createdAt, id);
        }
        finally
        {
            _data.Reset();
            _scratch.Clear();
        }
    }

    public void WriteObject(ReadOnlySpan<byte> json)
    {
        _buffer.Write(json);
        _buffer.Write("\n"u8);
    }

    /// <summary>Takes the lines as a new array and empties the buffer.</summary>
    public ReadOnlyMemory<byte> Take() => _buffer.WrittenCount == 0 ? ReadOnlyMemory<byte>.Empty : _buffer.Take();

    private void WriteString(string text)
    {
        if (text.AsSpan().ContainsAnyExcept(Plain))
        {
            _text.WriteStringValue(text);
            _text.Flush();
            _text.Reset();
            return;
        }

        // Most tokens need no escaping.
        var quoted = _buffer.GetSpan(text.Length + 2);
        quoted[0] = (byte)'"';
        Encoding.ASCII.GetBytes(text, quoted[1..]);
        quoted[text.Length + 1] = (byte)'"';
        _buffer.Advance(text.Length + 2);
    }

    private void End(long createdAt, long id)
    {
        _buffer.Write(",\"createdAt\":"u8);
        WriteNumber(createdAt);
        if (_numbered)
        {
            _buffer.Write(",\"id\":"u8);
            WriteNumber(id);
        }
        _buffer.Write("}\n"u8);
    }

    private void WriteNumber(long number)
    {
        const int MaxDigits = 20;
        number.TryFormat(_buffer.GetSpan(MaxDigits), out var written, provider: CultureInfo.InvariantCulture);
        _buffer.Advance(written);
    }
}
