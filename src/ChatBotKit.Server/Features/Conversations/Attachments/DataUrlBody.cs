using System.Buffers;
using System.Buffers.Text;
using System.IO.Pipelines;
using System.Text;
using System.Text.RegularExpressions;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Json;

namespace ChatBotKit.Server.Features.Conversations.Attachments;

/// <summary>
/// The file in a body such as <c>{"file":"data:image/png;base64,…"}</c>. It is decoded while it is received, so that only some
/// kilobytes are in memory, whatever its size.
/// </summary>
internal sealed partial class DataUrlBody : Stream
{
    /// <summary>The number of bytes within which the data must begin.</summary>
    private const int MaxHead = 1024;

    /// <summary>The number of characters that are decoded at a time.</summary>
    private const int TextLength = 16 * 1024;

    private readonly PipeReader _body;
    private readonly byte[] _text = new byte[TextLength];
    private int _count;
    private bool _isClosed;
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
        while (!_isEnded)
        {
            if (!_isClosed)
                await FillAsync(Math.Min(TextLength, buffer.Length), cancellationToken);
            var written = Decode(buffer.Span);
            if (_isClosed && _count == 0)
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

    private async Task FillAsync(int length, CancellationToken cancellationToken)
    {
        var read = await _body.ReadAsync(cancellationToken);
        var used = TakeText(read.Buffer, length);
        // The rest of an escape has not arrived yet.
        if (used == 0 && read.IsCompleted && !_isClosed)
            throw Invalid();
        _body.AdvanceTo(read.Buffer.GetPosition(used), used == 0 ? read.Buffer.End : read.Buffer.GetPosition(used));
    }

    /// <summary>Unescapes characters of the JSON string, without white space, up to the given number or the end of the string.</summary>
    /// <returns>The number of consumed bytes of the body.</returns>
    private long TakeText(in ReadOnlySequence<byte> body, int length)
    {
        var reader = new SequenceReader<byte>(body);
        while (_count < length && !_isClosed && reader.TryRead(out var value))
        {
            if (value == '"')
            {
                _isClosed = true;
            }
            else if (value == '\\')
            {
                if (!DataUrlEscape.TryRead(ref reader, out value))
                {
                    reader.Rewind(1);
                    break;
                }

                Add(value);
            }
            else
            {
                Add(value >= ' ' ? value : throw Invalid());
            }
        }

        return reader.Consumed;
    }

    private void Add(byte value)
    {
        if (value is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
            _text[_count++] = value;
    }

    /// <summary>Decodes the available characters. The last ones are kept until the end, because they may be padding.</summary>
    private int Decode(Span<byte> target)
    {
        var length = _isClosed ? _count : Math.Max(0, (_count / 4 * 4) - 4);
        length = Math.Min(length, target.Length / 3 * 4);
        var isLast = _isClosed && length == _count;
        if (Base64.DecodeFromUtf8(_text.AsSpan(0, length), target, out var used, out var written, isLast) != OperationStatus.Done || used != length)
            throw Invalid();
        _text.AsSpan(length, _count - length).CopyTo(_text);
        _count -= length;
        return written;
    }

    /// <summary>Checks that only the end of the object follows the string.</summary>
    private async Task EndAsync(CancellationToken cancellationToken)
    {
        var isObjectClosed = false;
        while (true)
        {
            var read = await _body.ReadAsync(cancellationToken);
            foreach (var part in read.Buffer)
            {
                foreach (var value in part.Span)
                {
                    if (value == '}' && !isObjectClosed)
                        isObjectClosed = true;
                    else if (value is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
                        throw Invalid();
                }
            }

            _body.AdvanceTo(read.Buffer.End);
            if (!read.IsCompleted)
                continue;
            _isEnded = isObjectClosed ? true : throw Invalid();
            return;
        }
    }

    private static ApiException Invalid() => DataUrlEscape.Invalid();

    [GeneratedRegex("""\A[ \t\r\n]*\{[ \t\r\n]*"file"[ \t\r\n]*:[ \t\r\n]*"(?i:data:)(?<type>(?:[^"\\,]|\\/)*?)(?i:;base64),""")]
    private static partial Regex Head();
}
