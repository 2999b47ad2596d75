using System.Runtime.CompilerServices;

namespace ChatBotKit.Server.ModelProviders.Answers;

/// <summary>
/// Reads a stream of events under a <see cref="SilenceLimit"/> and up to a maximum size. The timer is started once per wait for the
/// network and not once per token, because input that has already arrived is read without it.
/// </summary>
/// <param name="inner">The stream.</param>
/// <param name="limit">The limit of each wait.</param>
/// <param name="maxEventBytes">The maximum number of bytes between two calls of <see cref="EventEnded"/>.</param>
/// <param name="maxBytes">The maximum number of bytes in total.</param>
internal sealed class LimitedStream(Stream inner, SilenceLimit limit, long maxEventBytes, long maxBytes) : Stream
{
    private long _bytes;
    private long _beforeEvent;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Resets the size of the current event. The reader calls this at the end of each event.</summary>
    public void EventEnded() => _beforeEvent = _bytes;

    /// <exception cref="InvalidDataException">A limit of the size is exceeded.</exception>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = inner.ReadAsync(buffer, cancellationToken);
        return read.IsCompletedSuccessfully ? new ValueTask<int>(Count(read.Result)) : WaitAsync(read);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    private int Count(int read)
    {
        _bytes += read;
        if (_bytes - _beforeEvent > maxEventBytes)
            throw new InvalidDataException($"{maxEventBytes} bytes came in one piece");
        if (_bytes > maxBytes)
            throw new InvalidDataException($"{maxBytes} bytes came in all");
        return read;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> WaitAsync(ValueTask<int> read)
    {
        limit.Start();
        try
        {
            return Count(await read);
        }
        finally
        {
            limit.Stop();
        }
    }
}
