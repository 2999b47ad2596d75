using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace ChatBotKit;

/// <summary>
/// Reads JSON Lines one line at a time. Every valid line before an invalid one is delivered, and a line allocates nothing
/// but its item.
/// </summary>
internal static class JsonLines
{
    private const long LongestLine = 32 * 1024 * 1024;

    public static async IAsyncEnumerable<T> ReadAsync<T>(
        LineSource source, LineParser<T> parser, IdleWatch idle, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var watch = new ReadWatch(idle, cancellationToken);
        var reader = source.Reader;
        var searched = 0L;
        while (true)
        {
            var read = await watch.ReadAsync(reader.ReadAsync(watch.Token), source.FailureSource).ConfigureAwait(false);
            var buffer = read.Buffer;
            while (TryTakeLine(ref buffer, ref searched, out var line))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (Parse(parser, line, isCut: false, source.FailureSource, out var item))
                    yield return item!;
            }

            if (read.IsCompleted)
            {
                if (Parse(parser, buffer, isCut: true, source.FailureSource, out var last))
                    yield return last!;
                yield break;
            }

            if (buffer.Length > LongestLine)
                throw Failure.OfInvalidAnswer(buffer.FirstSpan, source.FailureSource, new InvalidDataException("A line is longer than 32 MiB."));
            reader.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    // Bytes that were already searched are skipped. Otherwise a long line that arrives in small pieces would take quadratic
    // time.
    private static bool TryTakeLine(ref ReadOnlySequence<byte> buffer, ref long searched, out ReadOnlySequence<byte> line)
    {
        // In the common case, the line is in the first segment, where one vectorized search finds its end.
        if (searched == 0 && buffer.FirstSpan.IndexOf((byte)'\n') is var length and >= 0)
        {
            line = buffer.Slice(0, length);
            buffer = buffer.Slice(length + 1);
            return true;
        }

        if (buffer.Slice(searched).PositionOf((byte)'\n') is not { } end)
        {
            searched = buffer.Length;
            line = default;
            return false;
        }

        line = buffer.Slice(0, end);
        buffer = buffer.Slice(buffer.GetPosition(1, end));
        searched = 0;
        return true;
    }

    private static bool Parse<T>(LineParser<T> parser, in ReadOnlySequence<byte> line, bool isCut, FailureSource source, out T? item)
    {
        item = default;
        if (IsBlank(line))
            return false;

        try
        {
            return parser.TryParse(line, source, out item);
        }
        // The reader throws the latter for text that is not valid Unicode, such as an unpaired surrogate.
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            if (isCut)
                throw Failure.OfCutStream("The stream ended in the middle of a line.", source, exception);
            throw Failure.OfInvalidAnswer(line.FirstSpan, source, exception);
        }
    }

    private static bool IsBlank(in ReadOnlySequence<byte> line)
    {
        foreach (var segment in line)
        {
            if (segment.Span.IndexOfAnyExcept(" \t\r"u8) >= 0)
                return false;
        }

        return true;
    }
}
