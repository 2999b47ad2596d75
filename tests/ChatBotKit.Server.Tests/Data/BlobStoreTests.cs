using System.Security.Cryptography;
using ChatBotKit.Server.Data;

namespace ChatBotKit.Server.Tests.Data;

/// <summary>What a store of blobs promises, as files and as chunks.</summary>
public sealed class BlobStoreTests : StoreTests
{
    private const int Chunk = 256 * 1024;

    private IBlobStore Blobs => Store.Blobs;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Chunk - 1)]
    [InlineData(Chunk)]
    [InlineData(Chunk + 1)]
    [InlineData((3 * Chunk) + 7)]
    public async Task Put_OfAnyLength_IsReadAgain(int length)
    {
        var bytes = RandomNumberGenerator.GetBytes(length);

        var stored = await Blobs.PutAsync("one", new BlobContent(new Pieces(bytes, 10_007)), Cancellation);
        await ReopenAsync();

        Assert.Equal((length, Convert.ToHexString(SHA256.HashData(bytes))), (stored.Length, Convert.ToHexString(stored.Sha256)));
        await using var content = await Blobs.OpenAsync("one", Cancellation);
        Assert.Equal(length, content!.Length);
        Assert.Equal(bytes, await ReadAsync(content, length));
        Assert.Equal(0, await content.ReadAsync(new byte[1], Cancellation));
    }

    [Fact]
    public async Task Open_AtAnyPosition_ReadsFromThere()
    {
        var bytes = RandomNumberGenerator.GetBytes((2 * Chunk) + 100);
        await Blobs.PutAsync("one", new BlobContent(new MemoryStream(bytes)), Cancellation);
        await using var content = await Blobs.OpenAsync("one", Cancellation);

        foreach (var position in (int[])[0, Chunk - 1, Chunk, Chunk + 1, (2 * Chunk) - 1, 2 * Chunk, bytes.Length - 1, bytes.Length, 5])
        {
            content!.Seek(position, SeekOrigin.Begin);
            var count = Math.Min(Chunk + 2, bytes.Length - position);
            Assert.Equal(bytes[position..(position + count)], await ReadAsync(content, count));
            Assert.Equal(position + count, content.Position);
        }

        Assert.Equal(bytes.Length - 3, content!.Seek(-3, SeekOrigin.End));
        Assert.Equal(bytes[^3..], await ReadAsync(content, 3));
    }

    [Fact]
    public async Task Put_BeforeItsEnd_CannotBeOpened()
    {
        var end = new TaskCompletionSource();
        var source = new Pieces(new byte[(2 * Chunk) + 1], Chunk) { BeforeEnd = () => end.Task };
        var putting = Blobs.PutAsync("one", new BlobContent(source), Cancellation);
        while (!source.IsAtEnd)
            await Task.Yield();

        Assert.Null(await Blobs.OpenAsync("one", Cancellation));
        end.SetResult();
        await putting;

        Assert.NotNull(await Blobs.OpenAsync("one", Cancellation));
    }

    [Theory]
    [InlineData(typeof(IOException))]
    [InlineData(typeof(OperationCanceledException))]
    public async Task Put_WhoseBytesBreakOff_LeavesNothing(Type kind)
    {
        var failure = (Exception)Activator.CreateInstance(kind)!;
        var source = new Pieces(new byte[(2 * Chunk) + 1], Chunk) { BeforeEnd = () => Task.FromException(failure) };

        var thrown = await Assert.ThrowsAsync(kind, () => Blobs.PutAsync("one", new BlobContent(source), Cancellation));

        Assert.Same(failure, thrown);
        Assert.Empty(await ListAsync());
    }

    [Theory]
    [InlineData(Chunk + 1, null)]
    [InlineData(Chunk - 1, null)]
    [InlineData(null, (byte)1)]
    public async Task Put_OfOtherBytesThanExpected_IsRefusedAndLeavesNothing(int? length, byte? hash)
    {
        var content = new BlobContent(new MemoryStream(new byte[Chunk]))
        {
            Length = length,
            Sha256 = hash is { } value ? SHA256.HashData([value]) : null,
        };

        await Assert.ThrowsAsync<BlobMismatchException>(() => Blobs.PutAsync("one", content, Cancellation));

        Assert.Null(await Blobs.OpenAsync("one", Cancellation));
        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task Put_OfTheExpectedBytes_IsStored()
    {
        var bytes = RandomNumberGenerator.GetBytes(Chunk + 1);

        await Blobs.PutAsync("one", new BlobContent(new MemoryStream(bytes)) { Length = bytes.Length, Sha256 = SHA256.HashData(bytes) }, Cancellation);

        Assert.Equal(["one"], await ListAsync());
    }

    [Fact]
    public async Task Put_OfAnIdThatExists_KeepsTheFirst()
    {
        await Blobs.PutAsync("one", new BlobContent(new MemoryStream([1])), Cancellation);

        await Assert.ThrowsAsync<DuplicateKeyException>(() => Blobs.PutAsync("one", new BlobContent(new MemoryStream([2])), Cancellation));

        await using var content = await Blobs.OpenAsync("one", Cancellation);
        Assert.Equal([1], await ReadAsync(content!, 1));
    }

    [Fact]
    public async Task Delete_TakesTheNamedOnly()
    {
        foreach (var id in (string[])["one", "two", "three"])
            await Blobs.PutAsync(id, new BlobContent(new MemoryStream(new byte[10])), Cancellation);

        await Blobs.DeleteAsync(["one", "unknown", "three"], Cancellation);

        Assert.Equal(["two"], await ListAsync());
        Assert.Null(await Blobs.OpenAsync("one", Cancellation));
    }

    /// <summary>A file remains readable while it is open. Chunks are gone, and their reader must not take others for them.</summary>
    [Fact]
    public async Task Delete_WhileItIsRead_GivesTheRestOrAFailure()
    {
        var bytes = RandomNumberGenerator.GetBytes(3 * Chunk);
        await Blobs.PutAsync("one", new BlobContent(new MemoryStream(bytes)), Cancellation);
        await using var content = await Blobs.OpenAsync("one", Cancellation);
        Assert.Equal(bytes[..100], await ReadAsync(content!, 100));

        await Blobs.DeleteAsync(["one"], Cancellation);

        if (TestStore.IsPostgres)
            await Assert.ThrowsAsync<IOException>(() => ReadAsync(content!, bytes.Length - 100));
        else
            Assert.Equal(bytes[100..], await ReadAsync(content!, bytes.Length - 100));
    }

    [Fact]
    public async Task List_GivesThoseBeforeTheTime()
    {
        var before = TimeProvider.System.GetUtcNow().AddMinutes(-1);
        await Blobs.PutAsync("one", new BlobContent(new MemoryStream([1])), Cancellation);

        Assert.Empty(await Blobs.ListAsync(before, Cancellation).ToListAsync(Cancellation));
        Assert.Equal(["one"], await Blobs.ListAsync(before.AddMinutes(2), Cancellation).ToListAsync(Cancellation));
    }

    private ValueTask<List<string>> ListAsync() => Blobs.ListAsync(DateTimeOffset.MaxValue, Cancellation).ToListAsync(Cancellation);

    private static async Task<byte[]> ReadAsync(Stream stream, int count)
    {
        var bytes = new byte[count];
        await stream.ReadExactlyAsync(bytes, Cancellation);
        return bytes;
    }

    /// <summary>Gives bytes in pieces, as they come from a connection.</summary>
    private sealed class Pieces(byte[] bytes, int length) : MemoryStream(bytes)
    {
        /// <summary>Is awaited before the end of the stream is reported.</summary>
        public Func<Task> BeforeEnd { get; init; } = () => Task.CompletedTask;

        public bool IsAtEnd { get; private set; }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position == Length)
            {
                IsAtEnd = true;
                await BeforeEnd();
            }

            return await base.ReadAsync(buffer[..Math.Min(buffer.Length, length)], cancellationToken);
        }
    }
}
