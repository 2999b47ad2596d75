using System.Security.Cryptography;

namespace ChatBotKit.Server.Data;

/// <summary>Reads the bytes of a new blob in pieces, and checks their length and hash.</summary>
internal sealed class BlobReader(BlobContent content) : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _length;

    /// <summary>Fills the buffer, except at the end of the bytes.</summary>
    /// <returns>The number of bytes that were read; 0 at the end.</returns>
    /// <exception cref="BlobMismatchException">There are more bytes than expected.</exception>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var count = 0;
        while (count < buffer.Length && await content.Bytes.ReadAsync(buffer[count..], cancellationToken) is > 0 and var read)
        {
            count += read;
            _length += read;
            content.CheckLength?.Invoke(_length);
            if (_length > content.Length)
                throw WrongLength();
        }

        _hash.AppendData(buffer.Span[..count]);
        return count;
    }

    /// <summary>Checks the length and hash of all bytes. Call this once, at their end.</summary>
    /// <exception cref="BlobMismatchException">They are not the expected ones.</exception>
    public StoredBlob Finish(string id)
    {
        if (content.Length is { } length && length != _length)
            throw WrongLength();
        var hash = _hash.GetHashAndReset();
        return content.Sha256 is null || CryptographicOperations.FixedTimeEquals(hash, content.Sha256)
            ? new StoredBlob(id, _length, hash)
            : throw new BlobMismatchException("The bytes of the file do not have the announced SHA-256");
    }

    public void Dispose() => _hash.Dispose();

    private BlobMismatchException WrongLength() => new($"The file does not have the announced length of {content.Length} bytes");
}
