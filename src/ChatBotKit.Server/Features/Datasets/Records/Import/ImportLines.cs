using System.Buffers;
using System.IO.Pipelines;
using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Features.Datasets.Records;

/// <summary>A line of the body, without its end.</summary>
/// <param name="Number">The number of the line, from 1 on.</param>
/// <param name="Bytes">The bytes; empty for a line that is too long.</param>
/// <param name="IsTooLong">Whether the line has more than <see cref="ImportLines.MaxBytes"/>.</param>
internal readonly record struct ImportLine(long Number, ReadOnlyMemory<byte> Bytes, bool IsTooLong);

/// <summary>Reads the lines of a request body one after another. One line is in memory at a time.</summary>
/// <param name="body">The body.</param>
/// <param name="maxBodyBytes">The maximum size of the body.</param>
internal sealed class ImportLines(PipeReader body, long maxBodyBytes)
{
    /// <summary>The maximum size of a line. It has room for the longest text with every character escaped.</summary>
    public const int MaxBytes = 1024 * 1024;

    private static readonly byte[] Mark = [0xEF, 0xBB, 0xBF];

    private long _number;
    private long _bytes;

    /// <summary>Reads the next line; null at the end of the body.</summary>
    /// <exception cref="ApiException">413: the body is too large.</exception>
    /// <exception cref="IOException">The connection is broken, so the last line may be incomplete.</exception>
    public async ValueTask<ImportLine?> ReadAsync(CancellationToken cancellationToken)
    {
        var isTooLong = false;
        while (true)
        {
            var read = await body.ReadAsync(cancellationToken);
            var buffer = read.Buffer;
            if (buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = LineOf(buffer.Slice(0, end), isTooLong);
                Advance(buffer.GetPosition(1, end), buffer);
                return line;
            }

            if (read.IsCompleted)
            {
                var last = buffer.IsEmpty && !isTooLong ? (ImportLine?)null : LineOf(buffer, isTooLong);
                Advance(buffer.End, buffer);
                return last;
            }

            isTooLong |= buffer.Length > MaxBytes;
            if (isTooLong)
                Advance(buffer.End, buffer);
            else
                body.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    private ImportLine LineOf(in ReadOnlySequence<byte> bytes, bool isTooLong)
    {
        _number++;
        if (isTooLong || bytes.Length > MaxBytes)
            return new ImportLine(_number, default, IsTooLong: true);
        var line = bytes.ToArray().AsMemory();
        if (_number == 1 && line.Span.StartsWith(Mark))
            line = line[Mark.Length..];
        return new ImportLine(_number, line.Span is [.., (byte)'\r'] ? line[..^1] : line, IsTooLong: false);
    }

    private void Advance(SequencePosition to, in ReadOnlySequence<byte> buffer)
    {
        _bytes += buffer.Slice(0, to).Length;
        body.AdvanceTo(to);
        if (_bytes > maxBodyBytes)
            throw ApiException.ContentTooLarge();
    }
}
