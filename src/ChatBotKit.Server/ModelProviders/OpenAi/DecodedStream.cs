namespace ChatBotKit.Server.ModelProviders.OpenAi;

/// <summary>Reads a decompressed body. It converts only those exceptions that mean invalid compressed bytes.</summary>
/// <param name="inner">The decompressed body.</param>
/// <param name="encoding">The value of the Content-Encoding header.</param>
internal sealed class DecodedStream(Stream inner, string encoding) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="BodyEncodingException">The bytes are not valid in the encoding.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await inner.ReadAsync(buffer, cancellationToken);
        }
        // InvalidOperationException is what the framework throws for invalid Brotli.
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException)
        {
            throw new BodyEncodingException(encoding, e);
        }
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
}
