using ChatBotKit.Server.Data.PostgreSql;
using Npgsql;

namespace ChatBotKit.Server.Data.Moving;

/// <summary>
/// Copies files to the tables in which <see cref="PostgresBlobs"/> stores them. They are written in the transaction of the rows, so that a
/// move that is killed leaves no part of a file.
/// </summary>
/// <param name="files">The files.</param>
/// <param name="target">The target.</param>
internal sealed class FileCopy(MovedFiles files, NpgsqlConnection target)
{
    private readonly TableDigest _blobs = new();
    private readonly TableDigest _chunks = new();

    /// <summary>The progress of the move; null for none.</summary>
    public MoveProgress? Progress { get; init; }

    /// <summary>The number of bytes that were copied.</summary>
    public long Bytes { get; private set; }

    /// <summary>The number of files that were copied.</summary>
    public long Count => _blobs.Rows;

    /// <summary>The digests of what was copied.</summary>
    public IEnumerable<(MovedTable Table, TableDigest Digest)> Digests => [(MovedTables.Blobs, _blobs), (MovedTables.BlobChunks, _chunks)];

    /// <exception cref="Configuration.StartupException">A file can't be moved.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await foreach (var page in files.ReadPagesAsync().WithCancellation(cancellationToken))
            await CopyAsync(page, cancellationToken);
    }

    /// <summary>Copies some files.</summary>
    /// <exception cref="Configuration.StartupException">A file can't be moved.</exception>
    public async Task CopyAsync(IReadOnlyList<MovedFile> page, CancellationToken cancellationToken)
    {
        await using var chunks = new FileTuples(page, files);
        await TableCopy.CopyAsync(chunks, target, MovedTables.BlobChunks, _chunks, cancellationToken, Progress);
        await TableCopy.CopyAsync(new BlobTuples(chunks.Complete), target, MovedTables.Blobs, _blobs, cancellationToken);
        Bytes += chunks.Complete.Sum(blob => blob.Length);
    }

    /// <summary>The rows of blobs.</summary>
    private sealed class BlobTuples(List<StoredBlob> blobs) : ITuples
    {
        private readonly long _now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        private readonly TupleWriter _writer = new();
        private int _next;

        public ReadOnlyMemory<byte> Tuple => _writer.Tuple;

        public ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
        {
            if (_next == blobs.Count)
                return new(false);
            var blob = blobs[_next++];
            _writer.Begin(4);
            _writer.Write(blob.Id);
            _writer.Write(blob.Length);
            _writer.Write(blob.Sha256);
            _writer.Write(_now);
            return new(true);
        }
    }
}
