using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ChatBotKit;

/// <summary>A request body with records, which is written while it is read and has no known length.</summary>
internal sealed class RecordRows : HttpContent
{
    /// <summary>The media type of JSON Lines.</summary>
    public const string JsonLines = "application/jsonl";

    private const int BufferSize = 64 * 1024;

    private readonly Func<Stream, CancellationToken, Task> _write;

    private RecordRows(Func<Stream, CancellationToken, Task> write, MediaTypeHeaderValue type)
    {
        _write = write;
        Headers.ContentType = type;
    }

    /// <summary>Returns the function that creates a body from a stream of the caller, which is not disposed.</summary>
    public static Func<HttpContent> From(Stream content, string contentType)
    {
        var type = MediaTypeHeaderValue.Parse(contentType);
        if (!content.CanSeek)
            return () => new RecordRows(content.CopyToAsync, type);
        var start = content.Position;
        return () => new StreamUpload(content, start, content.Length - start, progress: null) { Headers = { ContentType = type } };
    }

    /// <summary>Returns the function that creates a body from records, each of which becomes a line.</summary>
    public static Func<HttpContent> From(IAsyncEnumerable<RecordImportRow> rows) =>
        () => new RecordRows((stream, token) => WriteAsync(rows, stream, token), MediaTypeHeaderValue.Parse(JsonLines));

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => _write(stream, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        _write(stream, cancellationToken);

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    private static async Task WriteAsync(IAsyncEnumerable<RecordImportRow> rows, Stream stream, CancellationToken cancellationToken)
    {
        var type = (JsonTypeInfo<RecordImportRow>)ChatBotKitJson.ClientOptions.GetTypeInfo(typeof(RecordImportRow));
        using var lines = new MemoryStream();
        await foreach (var row in rows.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            JsonSerializer.Serialize(lines, row, type);
            lines.WriteByte((byte)'\n');
            if (lines.Length >= BufferSize)
                await SendAsync(lines, stream, cancellationToken).ConfigureAwait(false);
        }

        await SendAsync(lines, stream, cancellationToken).ConfigureAwait(false);
    }

    private static async Task SendAsync(MemoryStream lines, Stream stream, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(lines.GetBuffer().AsMemory(0, (int)lines.Length), cancellationToken).ConfigureAwait(false);
        lines.SetLength(0);
    }
}
