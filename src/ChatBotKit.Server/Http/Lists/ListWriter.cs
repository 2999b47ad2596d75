using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ChatBotKit.Server.Http;

/// <summary>Writes a list in one format, and waits for the client between items.</summary>
internal abstract class ListWriter<T>
{
    /// <summary>The number of unsent bytes from which on the writer waits for the client before the next item.</summary>
    protected const int MaxUnflushed = 32 * 1024;

    /// <summary>Whether the response has reached its maximum size.</summary>
    public virtual bool IsFull => false;

    public virtual void Begin()
    {
    }

    public abstract Task WriteAsync(IReadOnlyList<T> items, CancellationToken cancellationToken);

    /// <param name="cursor">The id of the last item; null when the list is empty.</param>
    /// <param name="cancellationToken">The token that cancels the writing.</param>
    public abstract Task EndAsync(string? cursor, CancellationToken cancellationToken);
}

/// <summary>Writes a page as <c>{"items", "cursor"}</c>. An empty page has no cursor.</summary>
internal sealed class JsonPageWriter<T> : ListWriter<T>, IDisposable
{
    private static readonly JsonWriterOptions Options = new() { Encoder = ChatBotKitJson.ServerOptions.Encoder, SkipValidation = true };

    private readonly PipeWriter _body;
    private readonly Utf8JsonWriter _json;
    private readonly Action<Utf8JsonWriter, T> _write;
    private long _flushed;

    public JsonPageWriter(HttpResponse response, JsonTypeInfo<T> type)
        : this(response, (json, item) => JsonSerializer.Serialize(json, item, type))
    {
    }

    public JsonPageWriter(HttpResponse response, Action<Utf8JsonWriter, T> write)
    {
        response.ContentType = ResponseFormat.Json.ContentType();
        _body = response.BodyWriter;
        _json = new Utf8JsonWriter(_body, Options);
        _write = write;
    }

    public override bool IsFull => _json.BytesCommitted + _json.BytesPending >= ListPage.PageBytes;

    public override void Begin()
    {
        _json.WriteStartObject();
        _json.WriteStartArray("items"u8);
    }

    public override async Task WriteAsync(IReadOnlyList<T> items, CancellationToken cancellationToken)
    {
        foreach (var item in items)
        {
            _write(_json, item);
            if (_json.BytesCommitted + _json.BytesPending - _flushed >= MaxUnflushed)
                await FlushAsync(cancellationToken);
        }
    }

    public override async Task EndAsync(string? cursor, CancellationToken cancellationToken)
    {
        _json.WriteEndArray();
        if (cursor is not null)
            _json.WriteString("cursor"u8, cursor);
        _json.WriteEndObject();
        await FlushAsync(cancellationToken);
    }

    public void Dispose() => _json.Dispose();

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        _json.Flush();
        _flushed = _json.BytesCommitted;
        await _body.FlushAsync(cancellationToken);
    }
}

/// <summary>Writes an <c>item</c> line or event per item: a constant frame around the item's JSON.</summary>
internal sealed class FramedListWriter<T> : ListWriter<T>
{
    private static readonly JsonWriterOptions Options = new() { Encoder = ChatBotKitJson.ServerOptions.Encoder, SkipValidation = true };

    private readonly HttpResponse _response;
    private readonly Action<Utf8JsonWriter, T> _write;
    private readonly byte[] _before;
    private readonly byte[] _behind;

    public FramedListWriter(HttpResponse response, JsonTypeInfo<T> type, ResponseFormat format)
        : this(response, (json, item) => JsonSerializer.Serialize(json, item, type), format)
    {
    }

    public FramedListWriter(HttpResponse response, Action<Utf8JsonWriter, T> write, ResponseFormat format)
    {
        _response = response;
        _write = write;
        (_before, _behind) = format == ResponseFormat.ServerSentEvents
            ? ("event: item\ndata: "u8.ToArray(), "\n\n"u8.ToArray())
            : ("{\"type\":\"item\",\"data\":"u8.ToArray(), "}\n"u8.ToArray());
        StreamHeaders.Apply(response, format);
    }

    public override async Task WriteAsync(IReadOnlyList<T> items, CancellationToken cancellationToken)
    {
        var body = _response.BodyWriter;
        using var json = new Utf8JsonWriter(body, Options);
        var unflushed = 0L;
        foreach (var item in items)
        {
            body.Write(_before);
            _write(json, item);
            json.Flush();
            unflushed += json.BytesCommitted;
            json.Reset();
            body.Write(_behind);
            if (unflushed < MaxUnflushed)
                continue;
            await body.FlushAsync(cancellationToken);
            unflushed = 0;
        }

        await body.FlushAsync(cancellationToken);
    }

    public override Task EndAsync(string? cursor, CancellationToken cancellationToken) =>
        cursor is null ? _response.BodyWriter.FlushAsync(cancellationToken).AsTask() : Task.CompletedTask;
}
