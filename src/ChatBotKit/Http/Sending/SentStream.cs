namespace ChatBotKit;

/// <summary>The stream of the connection, wrapped so that every write is subject to the timeout.</summary>
/// <param name="connection">The stream of the connection.</param>
/// <param name="watch">The callback that is notified.</param>
/// <param name="length">The number of announced bytes; null when it was not announced.</param>
internal sealed class SentStream(Stream connection, SendWatch watch, long? length) : Stream
{
    // Sending a large piece over a slow connection would exceed the timeout.
    private const int LargestPiece = 64 * 1024;

    private long _written;

    /// <summary>Gets whether the connection failed, and not the code that writes the body.</summary>
    public bool HasFailed { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="ArgumentException">The stream has fewer bytes than were announced.</exception>
    public void RequireWhole()
    {
        if (_written < length)
            throw new ArgumentException($"The stream ended after {_written} of {length} announced bytes.");
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (length - _written < buffer.Length)
            throw new ArgumentException($"The stream has more than the {length} announced bytes.");
        while (!buffer.IsEmpty)
        {
            var piece = buffer[..Math.Min(buffer.Length, LargestPiece)];
            buffer = buffer[piece.Length..];
            watch.Start();
            try
            {
                await connection.WriteAsync(piece, cancellationToken).ConfigureAwait(false);
            }
            catch
            {
                HasFailed = true;
                throw;
            }

            watch.Pause();
            _written += piece.Length;
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    // Each piece is written immediately, and the owner of the connection flushes it.
    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush()
    {
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        if (length - _written < count)
            throw new ArgumentException($"The stream has more than the {length} announced bytes.");
        connection.Write(buffer, offset, count);
        _written += count;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
