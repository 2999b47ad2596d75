using System.Buffers;
using System.Data;
using Npgsql;

namespace ChatBotKit.Server.Data.PostgreSql;

/// <summary>Reads a blob. It reads one chunk at a time, from the current position to the end of the chunk.</summary>
internal sealed class PostgresBlobStream(PostgresBlobCalls reads, string id, long length) : Stream
{
    private const string Chunk = """
        SELECT substring("Bytes" FROM CAST($3 AS integer)) FROM "BlobChunks" WHERE "BlobId" = $1 AND "No" = $2
        """;

    private byte[]? _buffer;
    private long _start;
    private int _count;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position { get; set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Position >= length || buffer.IsEmpty)
            return 0;
        if (Position < _start || Position >= _start + _count)
            await FillAsync(cancellationToken);
        var offset = (int)(Position - _start);
        var read = Math.Min(buffer.Length, _count - offset);
        _buffer.AsMemory(offset, read).CopyTo(buffer);
        Position += read;
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("A blob is read asynchronously.");

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => length + offset,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (Interlocked.Exchange(ref _buffer, null) is { } buffer)
            ArrayPool<byte>.Shared.Return(buffer);
        base.Dispose(disposing);
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        var (number, offset) = Math.DivRem(Position, PostgresBlobs.ChunkBytes);
        var expected = (int)Math.Min(PostgresBlobs.ChunkBytes - offset, length - Position);
        _count = 0;
        _buffer ??= ArrayPool<byte>.Shared.Rent(PostgresBlobs.ChunkBytes);
        var bytes = _buffer.AsMemory(0, expected);
        if (await reads.RunAsync((connection, _) => ReadChunkAsync(connection, number, offset, bytes), cancellationToken) < expected)
            throw new IOException("The blob was deleted while it was being read.");
        (_start, _count) = (Position, expected);
    }

    /// <returns>The number of bytes; 0 when there is no such chunk.</returns>
    private async Task<int> ReadChunkAsync(NpgsqlConnection connection, long number, long offset, Memory<byte> bytes)
    {
        await using var command = new NpgsqlCommand(Chunk, connection);
        command.Parameters.AddValues([id, number, offset + 1]);
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess);
        if (!await reader.ReadAsync())
            return 0;
        await using var content = await reader.GetStreamAsync(0);
        return await content.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false);
    }
}
