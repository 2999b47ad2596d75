using System.Buffers;
using System.Buffers.Binary;
using ChatBotKit.Server.Configuration;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace ChatBotKit.Server.Data.Moving;

/// <summary>Copies the rows of a table, and reads them back. The memory that this uses depends on the largest row alone.</summary>
internal static class TableCopy
{
    private const int ChunkSize = 256 * 1024;

    // The signature, no flags, and no extension.
    private static readonly byte[] Header = [.. "PGCOPY\n"u8, 0xFF, .. "\r\n\0"u8, 0, 0, 0, 0, 0, 0, 0, 0];
    private static readonly byte[] Trailer = [0xFF, 0xFF];

    /// <summary>Copies rows to PostgreSQL.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="target">The target.</param>
    /// <param name="table">The table of the target.</param>
    /// <param name="digest">The digest to which the rows are added.</param>
    /// <param name="cancellationToken">The token that cancels the copy.</param>
    /// <param name="progress">The progress of the move; null for none.</param>
    /// <exception cref="StartupException">A row can't be moved.</exception>
    public static async Task CopyAsync(
        ITuples rows, NpgsqlConnection target, MovedTable table, TableDigest digest, CancellationToken cancellationToken,
        MoveProgress? progress = null)
    {
        var copy = await target.BeginRawBinaryCopyAsync(table.CopyIn, cancellationToken);
        try
        {
            await WriteAsync(copy, rows, digest, progress, cancellationToken);
            await copy.DisposeAsync();
        }
        catch (Exception exception) when (exception is SqliteException or StartupException or OperationCanceledException)
        {
            await copy.CancelAsync();
            throw;
        }
    }

    /// <summary>Reads the rows of a PostgreSQL table.</summary>
    public static async Task<TableDigest> DigestAsync(NpgsqlConnection target, MovedTable table, CancellationToken cancellationToken)
    {
        await using var copy = await target.BeginRawBinaryCopyAsync(table.CopyOut, cancellationToken);
        var (digest, buffer, held, isOver) = (new TableDigest(), new byte[ChunkSize], 0, false);
        await copy.ReadExactlyAsync(buffer.AsMemory(0, Header.Length), cancellationToken);
        while (await copy.ReadAsync(buffer.AsMemory(held), cancellationToken) is > 0 and var read)
        {
            held += read;
            var start = 0;
            while (!isOver && LengthOf(buffer.AsSpan(start, held - start), out isOver) is > 0 and var length)
            {
                digest.Add(buffer.AsSpan(start, length));
                start += length;
            }

            buffer.AsSpan(start, held - start).CopyTo(buffer);
            held -= start;
            if (held == buffer.Length)
                Array.Resize(ref buffer, buffer.Length * 2);
        }

        return digest;
    }

    private static async Task WriteAsync(
        Stream copy, ITuples rows, TableDigest digest, MoveProgress? progress, CancellationToken cancellationToken)
    {
        var (chunk, reported) = (new ArrayBufferWriter<byte>(ChunkSize * 2), digest.Rows);
        chunk.Write(Header);
        while (await rows.ReadAsync(cancellationToken))
        {
            digest.Add(rows.Tuple.Span);
            chunk.Write(rows.Tuple.Span);
            if (chunk.WrittenCount < ChunkSize)
                continue;
            await copy.WriteAsync(chunk.WrittenMemory, cancellationToken);
            progress?.Add(digest.Rows - reported, chunk.WrittenCount);
            reported = digest.Rows;
            chunk.ResetWrittenCount();
        }

        chunk.Write(Trailer);
        await copy.WriteAsync(chunk.WrittenMemory, cancellationToken);
        progress?.Add(digest.Rows - reported, chunk.WrittenCount);
    }

    /// <summary>Returns the length of the row at the beginning of the bytes; 0 when the row is not complete, or after the last row.</summary>
    private static int LengthOf(ReadOnlySpan<byte> bytes, out bool isOver)
    {
        isOver = false;
        if (!BinaryPrimitives.TryReadInt16BigEndian(bytes, out var columns))
            return 0;
        isOver = columns < 0;
        var place = sizeof(short);
        for (; columns > 0; columns--)
        {
            if (place > bytes.Length || !BinaryPrimitives.TryReadInt32BigEndian(bytes[place..], out var length))
                return 0;
            place += sizeof(int) + Math.Max(0, length);
        }

        return isOver || place > bytes.Length ? 0 : place;
    }
}
