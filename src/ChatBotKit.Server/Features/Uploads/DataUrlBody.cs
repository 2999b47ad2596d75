using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.RegularExpressions;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Json;

namespace ChatBotKit.Server.Features.Uploads;

/// <summary>
/// The file in a body such as <c>{"file":"data:image/png;base64,…"}</c>. It is decoded while it is received, so that only some
/// kilobytes are in memory, whatever its size.
/// </summary>
internal sealed partial class DataUrlBody : Stream
{
    /// <summary>The number of bytes within which the data must begin.</summary>
    private const int MaxHead = 1024;

    private readonly PipeReader _body;
    private readonly DataUrlText _text = new();
    private ReadOnlyMemory<byte> _rest;
    private bool _isEnded;

    private DataUrlBody(PipeReader body, string? contentType) => (_body, ContentType) = (body, contentType);

    /// <summary>The media type in the data URL; null when it has none.</summary>
    public string? ContentType { get; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Checks whether the body begins like one with a file in a data URL.</summary>
    /// <returns>Null when it does not; then the body is not consumed.</returns>
    /// <exception cref="ApiException">400: the type in the data URL is not a media type.</exception>
    public static async Task<DataUrlBody?> TryOpenAsync(PipeReader body, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await body.ReadAsync(cancellationToken);
            var head = Encoding.Latin1.GetString(read.Buffer.Slice(0, Math.Min(read.Buffer.Length, MaxHead)));
            if (Head().Match(head) is { Success: true } match)
            {
                body.AdvanceTo(read.Buffer.GetPosition(match.Length));
                var type = match.Groups["type"].Value.Replace("\\/", "/", StringComparison.Ordinal);
                return MediaTypes.TryRead(type, out _) ? new DataUrlBody(body, type.Length == 0 ? null : type) : throw Invalid();
            }

            if (read.IsCompleted || head.Length == MaxHead)
            {
                body.AdvanceTo(read.Buffer.Start);
                return null;
            }

            body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    /// <exception cref="ApiException">400: the text is not valid Base64, or the body is not valid JSON.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_rest.IsEmpty && buffer.Length is > 0 and < DataUrlText.GroupBytes)
        {
            var group = new byte[DataUrlText.GroupBytes];
            _rest = group.AsMemory(0, await ReadAsync(group, cancellationToken));
        }

        if (!_rest.IsEmpty)
            return TakeRest(buffer);
        while (!_isEnded)
        {
            if (_text.NeedsMore)
                await FillAsync(cancellationToken);
            var written = _text.Decode(buffer.Span);
            if (_text.IsDecoded)
                await EndAsync(cancellationToken);
            if (written > 0)
                return written;
        }

        return 0;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int TakeRest(Memory<byte> buffer)
    {
        var count = Math.Min(buffer.Length, _rest.Length);
        _rest[..count].CopyTo(buffer);
        _rest = _rest[count..];
        return count;
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        var read = await _body.ReadAsync(cancellationToken);
        // The web server can drain the rest of an invalid body only when everything that was read is also consumed.
        var (consumed, examined) = (read.Buffer.End, read.Buffer.End);
        try
        {
            var used = _text.Take(read.Buffer);
            // The rest of an escape has not arrived yet.
            if (used == 0 && read.IsCompleted && !_text.IsClosed)
                throw Invalid();
            consumed = read.Buffer.GetPosition(used);
            examined = used == 0 ? read.Buffer.End : consumed;
        }
        finally
        {
            _body.AdvanceTo(consumed, examined);
        }
    }

    /// <summary>Checks that only the end of the object follows the string.</summary>
    private async Task EndAsync(CancellationToken cancellationToken)
    {
        var isObjectClosed = false;
        while (true)
        {
            var read = await _body.ReadAsync(cancellationToken);
            var isValid = IsEnd(read.Buffer, ref isObjectClosed);
            _body.AdvanceTo(read.Buffer.End);
            if (!isValid || (read.IsCompleted && !isObjectClosed))
                throw Invalid();
            _isEnded = read.IsCompleted;
            if (_isEnded)
                return;
        }
    }

    /// <summary>Whether a part of the body has only white space and, once in all parts, the end of the object.</summary>
    private static bool IsEnd(in ReadOnlySequence<byte> body, ref bool isObjectClosed)
    {
        foreach (var part in body)
        {
            foreach (var value in part.Span)
            {
                if (value == '}' && !isObjectClosed)
                    isObjectClosed = true;
                else if (value is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
                    return false;
            }
        }

        return true;
    }

    private static ApiException Invalid() => DataUrlEscape.Invalid();

    [GeneratedRegex("""\A[ \t\r\n]*\{[ \t\r\n]*"file"[ \t\r\n]*:[ \t\r\n]*"(?i:data:)(?<type>(?:[^"\\,]|\\/)*?)(?i:;base64),""")]
    private static partial Regex Head();
}
