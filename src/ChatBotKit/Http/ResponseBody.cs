using System.Buffers;

namespace ChatBotKit;

/// <summary>Reads the whole body of an answer. The body may be slow, but each read is limited by the idle timeout.</summary>
internal static class ResponseBody
{
    private const int LongestAnswer = 256 * 1024 * 1024;
    private const int SmallestRead = 4 * 1024;
    private const int LargestStart = 1024 * 1024;
    private const int CopySize = 80 * 1024;

    public static async Task<ReadOnlyMemory<byte>> ReadAsync(
        HttpResponseMessage response, IdleWatch idle, FailureSource source, CancellationToken cancellationToken)
    {
        using var watch = new ReadWatch(idle, cancellationToken);
        var body = await OpenAsync(response, watch, source).ConfigureAwait(false);
        // One byte more than the announced length detects the end without a larger buffer.
        var start = Math.Clamp((response.Content.Headers.ContentLength ?? 0) + 1, SmallestRead, LargestStart);
        var read = new ArrayBufferWriter<byte>((int)start);
        while (await watch.ReadAsync(body.ReadAsync(read.GetMemory(), watch.Token), source).ConfigureAwait(false) is > 0 and var count)
        {
            read.Advance(count);
            if (read.WrittenCount > LongestAnswer)
                throw Failure.OfInvalidAnswer(read.WrittenSpan, source, new InvalidDataException("The answer is longer than 256 MiB."));
        }

        return read.WrittenMemory;
    }

    /// <returns>The number of bytes that were copied. Exceptions of the destination are not wrapped.</returns>
    public static async Task<long> CopyAsync(
        HttpResponseMessage response, Stream destination, IdleWatch idle, FailureSource source, Action<long> onWritten, CancellationToken cancellationToken)
    {
        using var watch = new ReadWatch(idle, cancellationToken);
        var body = await OpenAsync(response, watch, source).ConfigureAwait(false);
        var buffer = ArrayPool<byte>.Shared.Rent(CopySize);
        try
        {
            long written = 0;
            while (await watch.ReadAsync(body.ReadAsync(buffer, watch.Token), source).ConfigureAwait(false) is > 0 and var count)
            {
                onWritten(written += count);
                await destination.WriteAsync(buffer.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
            }

            return written;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static ValueTask<Stream> OpenAsync(HttpResponseMessage response, ReadWatch watch, FailureSource source) =>
        watch.ReadAsync(new ValueTask<Stream>(response.Content.ReadAsStreamAsync(watch.Token)), source);
}

/// <summary>A request body that is copied from a stream of the caller. Each try starts at the same position.</summary>
internal sealed class Download(Stream destination)
{
    private readonly long _start = destination.CanSeek ? destination.Position : 0;
    private long _longest;

    public async Task<bool> TakeAsync(
        ApiRequest request, HttpResponseMessage response, IdleWatch idle, FailureSource source, CancellationToken cancellationToken)
    {
        if (_longest > 0)
            destination.Position = _start;
        var written = await ResponseBody.CopyAsync(response, destination, idle, source, Note, cancellationToken).ConfigureAwait(false);
        // Removes what an earlier try wrote after this position.
        if (written < _longest)
            destination.SetLength(_start + written);
        return true;

        void Note(long count)
        {
            _longest = Math.Max(_longest, count);
            request.IsSpent = !destination.CanSeek;
        }
    }
}
