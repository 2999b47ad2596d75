using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ChatBotKit.Server.Log;

/// <summary>Writes events as JSON lines into a buffer that is taken a batch at a time.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A writer over a buffer in memory holds nothing that must be released.")]
internal sealed class EventEncoder
{
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private readonly ArrayBufferWriter<byte> _buffer = new(1024);
    private readonly Utf8JsonWriter _json;
    private readonly bool _numbered;

    /// <param name="numbered">Whether the lines carry their number, by which a reader can come back to a stored log.</param>
    public EventEncoder(bool numbered)
    {
        _numbered = numbered;
        _json = new Utf8JsonWriter(_buffer, Options);
    }

    /// <summary>Bytes that nobody has taken yet.</summary>
    public int Length => _buffer.WrittenCount;

    public void WriteToken(ReadOnlySpan<byte> type, string text, long createdAt, long id)
    {
        _json.WriteStartObject();
        _json.WriteString("type"u8, type);
        _json.WriteStartObject("data"u8);
        _json.WriteString("type"u8, "bot"u8);
        _json.WriteString("token"u8, text);
        _json.WriteEndObject();
        End(createdAt, id);
    }

    public void WriteEvent(string type, ReadOnlySpan<byte> data, long createdAt, long id)
    {
        _json.WriteStartObject();
        _json.WriteString("type"u8, type);
        _json.WritePropertyName("data"u8);
        _json.WriteRawValue(data, skipInputValidation: true);
        End(createdAt, id);
    }

    public void WriteObject(ReadOnlySpan<byte> json)
    {
        _buffer.Write(json);
        _buffer.Write("\n"u8);
    }

    /// <summary>The lines so far, as memory of their own; the buffer starts anew.</summary>
    public ReadOnlyMemory<byte> Take()
    {
        if (_buffer.WrittenCount == 0)
            return ReadOnlyMemory<byte>.Empty;
        var lines = _buffer.WrittenSpan.ToArray();
        _buffer.ResetWrittenCount();
        return lines;
    }

    private void End(long createdAt, long id)
    {
        _json.WriteNumber("createdAt"u8, createdAt);
        if (_numbered)
            _json.WriteNumber("id"u8, id);
        _json.WriteEndObject();
        _json.Flush();
        _json.Reset();
        _buffer.Write("\n"u8);
    }
}
