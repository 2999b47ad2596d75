using System.Security.Cryptography;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.PostgreSql;
using ChatBotKit.TestModels;

namespace ChatBotKit.Server.Tests.Data;

/// <summary>Blobs in PostgreSQL while connections are lost, the disk is full, or the database restarts.</summary>
public sealed class PostgresBlobTests : PostgresTests
{
    private const int Chunk = PostgresBlobs.ChunkBytes;

    private const string EndBackends = """
        SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
        """;

    private const string FillDisk = """
        CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
            'BEGIN IF NEW."No" = 2 THEN RAISE EXCEPTION ''no space'' USING ERRCODE = ''disk_full''; END IF; RETURN NEW; END';
        CREATE TRIGGER full_disk BEFORE INSERT ON "BlobChunks" FOR EACH ROW EXECUTE FUNCTION full_disk();
        """;

    private static readonly byte[] Bytes = RandomNumberGenerator.GetBytes((8 * Chunk) + 1);

    [Fact]
    public async Task Transfer_WhileConnectionsAreEnded_GoesOn()
    {
        await using var store = await OpenAsync(NewDirectory());

        await store.Blobs.PutAsync("one", new BlobContent(new Interrupted(Bytes, () => RunAsync(EndBackends))), Cancellation);

        await using var content = await store.Blobs.OpenAsync("one", Cancellation);
        Assert.Equal(Bytes, await ReadAsync(content!, () => RunAsync(EndBackends)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Transfer_WhileTheDatabaseRestarts_GoesOn(bool isUpload)
    {
        await using var server = await PostgresServer.StartAsync(isDurable: true);
        await using var store = await OpenAsync(NewDirectory(), server.ConnectionString("postgres"));
        var restarts = 0;
        async Task RestartOnceAsync()
        {
            if (restarts++ > 0)
                return;
            await server.StopAsync();
            await server.StartAgainAsync();
        }

        await store.Blobs.PutAsync("one", new BlobContent(isUpload ? new Interrupted(Bytes, RestartOnceAsync) : new MemoryStream(Bytes)), Cancellation);

        await using var content = await store.Blobs.OpenAsync("one", Cancellation);
        Assert.Equal(Bytes, await ReadAsync(content!, RestartOnceAsync));
        Assert.True(restarts > 0);
    }

    /// <summary>A commit of a chunk does not wait for the disk, so a killed database may lose chunks.</summary>
    [Fact]
    public async Task Upload_WhileTheDatabaseIsKilled_IsWholeOrRefused()
    {
        await using var server = await PostgresServer.StartAsync(isDurable: true);
        await using var store = await OpenAsync(NewDirectory(), server.ConnectionString("postgres"));
        var kills = 0;
        async Task KillOnceAsync()
        {
            if (kills++ > 0)
                return;
            await server.KillAsync();
            await server.StartAgainAsync();
        }

        try
        {
            await store.Blobs.PutAsync("one", new BlobContent(new Interrupted(Bytes, KillOnceAsync)), Cancellation);
        }
        catch (StoreUnavailableException)
        {
            Assert.Null(await store.Blobs.OpenAsync("one", Cancellation));
            return;
        }

        await using var content = await store.Blobs.OpenAsync("one", Cancellation);
        Assert.Equal(Bytes, await ReadAsync(content!, () => Task.CompletedTask));
    }

    [Fact]
    public async Task Upload_WhoseChunkIsLost_IsRefused()
    {
        await using var store = await OpenAsync(NewDirectory());

        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Blobs.PutAsync(
            "one", new BlobContent(new Interrupted(Bytes, () => RunAsync("""DELETE FROM "BlobChunks" WHERE "No" = 1"""))), Cancellation));

        Assert.Equal(0L, await RunAsync("""SELECT count(*) FROM "BlobChunks" """));
    }

    [Fact]
    public async Task Upload_ToAFullDisk_IsRefusedAndLeavesNothing()
    {
        await using var store = await OpenAsync(NewDirectory());
        await RunAsync(FillDisk);

        var refusal = await Assert.ThrowsAsync<StoreUnavailableException>(
            () => store.Blobs.PutAsync("one", new BlobContent(new MemoryStream(Bytes)), Cancellation));

        Assert.Contains("no space", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(0L, await RunAsync("""SELECT count(*) FROM "Blobs" """));
        Assert.Equal(0L, await RunAsync("""SELECT count(*) FROM "BlobChunks" """));
    }

    [Fact]
    public async Task Chunks_AreStoredUncompressedInTheirSize()
    {
        await using var store = await OpenAsync(NewDirectory());

        await store.Blobs.PutAsync("one", new BlobContent(new MemoryStream(new byte[(2 * Chunk) + 5])), Cancellation);

        Assert.Equal(
            $"0:{Chunk}:{Chunk} 1:{Chunk}:{Chunk} 2:5:9",
            await RunAsync("""
                SELECT string_agg("No" || ':' || length("Bytes") || ':' || CASE WHEN "No" < 2 THEN pg_column_size("Bytes") ELSE 9 END, ' ' ORDER BY "No") FROM "BlobChunks"
                """));
    }

    [Fact]
    public async Task Transfers_AtTheSameTime_LeaveConnectionsForOtherWork()
    {
        await using var store = await OpenAsync(NewDirectory(), $"{Database};Maximum Pool Size=6");
        var putting = Enumerable.Range(0, 40).Select(index => store.Blobs.PutAsync($"b{index}", new BlobContent(new MemoryStream(Bytes)), Cancellation)).ToList();

        await store.ChangeAsync(db => db.ExecuteAsync("""DELETE FROM "Messages" WHERE FALSE"""), Cancellation);
        await store.CheckAsync(Cancellation);

        await Task.WhenAll(putting);
        Assert.Equal(40, (await store.Blobs.ListAsync(DateTimeOffset.MaxValue, Cancellation).ToListAsync(Cancellation)).Count);
    }

    /// <summary>Reads the stream, and calls the function between its parts.</summary>
    private static async Task<byte[]> ReadAsync(Stream content, Func<Task> between)
    {
        var bytes = new byte[content.Length];
        for (var position = 0; position < bytes.Length; position += 2 * Chunk)
        {
            await content.ReadExactlyAsync(bytes.AsMemory(position, Math.Min(2 * Chunk, bytes.Length - position)), Cancellation);
            await between();
        }

        return bytes;
    }

    /// <summary>Gives its bytes in two parts, and calls the function between them.</summary>
    private sealed class Interrupted(byte[] bytes, Func<Task> between) : MemoryStream(bytes)
    {
        private bool _isInterrupted;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (!_isInterrupted && Position >= 4 * Chunk)
            {
                _isInterrupted = true;
                await between();
            }

            return await base.ReadAsync(buffer, cancellationToken);
        }
    }
}
