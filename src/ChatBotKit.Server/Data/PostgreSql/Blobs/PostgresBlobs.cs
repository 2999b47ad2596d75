using System.Buffers;
using System.Runtime.CompilerServices;
using Npgsql;

namespace ChatBotKit.Server.Data.PostgreSql;

/// <summary>
/// Stores blobs in chunks. Each chunk is written and read by a statement of its own, so a slow client holds no connection. The row of the
/// blob has no length until all of its chunks are stored, and such a blob can't be opened.
/// </summary>
internal sealed class PostgresBlobs(NpgsqlDataSource pool, NpgsqlDataSource readers, TimeProvider time) : IBlobStore, IDisposable
{
    public const int ChunkBytes = 256 * 1024;

    private const int IdsPerPage = 500;

    private const string Begin = """INSERT INTO "Blobs" ("Id", "CreatedAt") VALUES ($1, $2) ON CONFLICT ("Id") DO NOTHING""";

    // The commit need not wait for the disk, because the end of the blob waits for all commits before it. After a lost connection the same
    // chunk may be stored already.
    private const string AddChunk = """
        INSERT INTO "BlobChunks" ("BlobId", "No", "Bytes")
        SELECT $1, $2, $3 FROM set_config('synchronous_commit', 'off', TRUE) ON CONFLICT ("BlobId", "No") DO NOTHING
        """;

    // A crash of the database loses chunks whose commit had not reached the disk, while the upload goes on. So they are counted.
    private const string End = """
        UPDATE "Blobs" SET "Length" = $2, "Sha256" = $3
        WHERE "Id" = $1 AND (SELECT count(*) FROM "BlobChunks" WHERE "BlobId" = $1) = $4
        """;

    private const string LengthOf = """SELECT "Length" FROM "Blobs" WHERE "Id" = $1""";

    private const string Delete = """DELETE FROM "Blobs" WHERE "Id" = $1""";

    private const string Page = """SELECT "Id" FROM "Blobs" WHERE "Id" > $1 AND "CreatedAt" < $2 ORDER BY "Id" LIMIT $3""";

    private readonly PostgresBlobCalls _writes = new(pool);
    private readonly PostgresBlobCalls _reads = new(readers);

    public async Task<StoredBlob> PutAsync(string id, BlobContent content, CancellationToken cancellationToken)
    {
        await BeginAsync(id, cancellationToken);
        try
        {
            return await FillAsync(id, content, cancellationToken);
        }
        catch
        {
            await TryDeleteAsync(id);
            throw;
        }
    }

    public async Task<Stream?> OpenAsync(string id, CancellationToken cancellationToken)
    {
        var length = await _reads.RunAsync(async (connection, _) => (long?)await connection.ScalarAsync(LengthOf, id), cancellationToken);
        return length is null ? null : new PostgresBlobStream(_reads, id, length.Value);
    }

    public async Task DeleteAsync(IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        foreach (var id in ids)
            await _writes.RunAsync((connection, _) => connection.RunAsync(Delete, id), cancellationToken);
    }

    public async IAsyncEnumerable<string> ListAsync(
        DateTimeOffset createdBefore, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (page, after) = (new List<string>(), "");
        do
        {
            page = await _reads.RunAsync(
                (connection, _) => connection.ListAsync(Page, row => row.GetString(0), after, createdBefore.ToUnixTimeMilliseconds(), IdsPerPage),
                cancellationToken);
            foreach (var id in page)
                yield return after = id;
        }
        while (page.Count == IdsPerPage);
    }

    public void Dispose()
    {
        _writes.Dispose();
        _reads.Dispose();
    }

    /// <exception cref="DuplicateKeyException">A blob with this id exists.</exception>
    private async Task BeginAsync(string id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        // In a repeated attempt, the row may be from the attempt before.
        if (!await _writes.RunAsync(async (connection, isRepeated) => await connection.RunAsync(Begin, id, now) > 0 || isRepeated, cancellationToken))
            throw new DuplicateKeyException("A blob with this id exists already.");
    }

    private async Task<StoredBlob> FillAsync(string id, BlobContent content, CancellationToken cancellationToken)
    {
        using var reader = new BlobReader(content);
        var chunks = await AddChunksAsync(id, reader, cancellationToken);
        var blob = reader.Finish(id);
        return await _writes.RunAsync((connection, _) => connection.RunAsync(End, id, blob.Length, blob.Sha256, chunks), cancellationToken) > 0
            ? blob
            : throw new StoreUnavailableException("The database lost a part of the blob.");
    }

    /// <returns>The number of chunks.</returns>
    private async Task<long> AddChunksAsync(string id, BlobReader reader, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        try
        {
            for (var number = 0L; ; number++)
            {
                var length = await reader.ReadAsync(buffer.AsMemory(0, ChunkBytes), cancellationToken);
                if (length == 0)
                    return number;
                var no = number;
                await _writes.RunAsync((connection, _) => AddAsync(connection, id, no, buffer.AsMemory(0, length)), cancellationToken);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task<int> AddAsync(NpgsqlConnection connection, string id, long number, ReadOnlyMemory<byte> bytes)
    {
        await using var command = new NpgsqlCommand(AddChunk, connection);
        command.Parameters.AddValues([id, number]);
        command.Parameters.Add(PostgresParameters.Of(bytes));
        return await command.ExecuteNonQueryAsync();
    }

    private async Task TryDeleteAsync(string id)
    {
        try
        {
            await DeleteAsync([id], CancellationToken.None);
        }
        catch (StoreUnavailableException)
        {
            // The sweep deletes it.
        }
    }
}
