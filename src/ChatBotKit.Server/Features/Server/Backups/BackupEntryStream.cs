using System.Security.Cryptography;

namespace ChatBotKit.Server.Features.Server.Backups;

/// <summary>
/// Reads the bytes of one entry and computes their SHA-256. The archive has the size before the bytes, so the stream returns
/// exactly as many bytes as the file had when it was opened.
/// </summary>
internal sealed class BackupEntryStream(Stream inner) : Stream
{
    private readonly IncrementalHash _digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly long _length = inner.Length;
    private long _position;

    public override bool CanRead => true;

    /// <summary>True, so that the tar writer asks for the length instead of buffering the whole file.</summary>
    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => _length;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    /// <summary>Returns the SHA-256 of all bytes that were read, in lowercase hexadecimal digits.</summary>
    public string Digest() => Convert.ToHexStringLower(_digest.GetCurrentHash());

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var wanted = (int)Math.Min(buffer.Length, _length - _position);
        if (wanted == 0)
            return 0;
        var read = await inner.ReadAsync(buffer[..wanted], cancellationToken);
        if (read == 0)
            throw new EndOfStreamException("A file became shorter while it was backed up.");
        _digest.AppendData(buffer.Span[..read]);
        _position += read;
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("A file is read asynchronously.");

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _digest.Dispose();
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
