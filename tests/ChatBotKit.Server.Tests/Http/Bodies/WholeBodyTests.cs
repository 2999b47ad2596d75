using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.InteropServices;
using System.Text;
using ChatBotKit.Server.Http;

namespace ChatBotKit.Server.Tests.Http;

/// <summary>Every request body passes here, so it must not be copied.</summary>
public sealed class WholeBodyTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task BodyInOnePiece_IsReadWhereItIs()
    {
        var pipe = new Pipe();
        var read = await WriteAsync(pipe, "{\"a\":1}");
        Assert.True(read.Buffer.IsSingleSegment);

        using (var body = new WholeBody(pipe.Reader, read.Buffer))
            Assert.Same(ArrayOf(read.Buffer.First), ArrayOf(body.Bytes));

        await AssertIsUsedUpAsync(pipe);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(200_000)]
    public async Task BodyInPieces_IsJoinedAndGivenBackAtOnce(int length)
    {
        var pipe = new Pipe(new PipeOptions(minimumSegmentSize: 16, pauseWriterThreshold: 0));
        var text = string.Concat(Enumerable.Range(0, length / 10).Select(i => $"{i:D10}"));
        var read = await WriteAsync(pipe, text, pieces: 4);
        Assert.False(read.Buffer.IsSingleSegment);

        using (var body = new WholeBody(pipe.Reader, read.Buffer))
        {
            Assert.Equal(text, Encoding.UTF8.GetString(body.Bytes.Span));
            await AssertIsUsedUpAsync(pipe);
        }
    }

    private static async Task<ReadResult> WriteAsync(Pipe pipe, string text, int pieces = 1)
    {
        foreach (var piece in Encoding.UTF8.GetBytes(text).Chunk(text.Length / pieces))
        {
            // A request for this size creates a new segment.
            piece.CopyTo(pipe.Writer.GetMemory(pieces == 1 ? 0 : 64 * 1024));
            pipe.Writer.Advance(piece.Length);
        }

        await pipe.Writer.FlushAsync(Token);
        await pipe.Writer.CompleteAsync();
        return await pipe.Reader.ReadAsync(Token);
    }

    private static async Task AssertIsUsedUpAsync(Pipe pipe)
    {
        var rest = await pipe.Reader.ReadAsync(Token);
        Assert.True(rest.IsCompleted);
        Assert.True(rest.Buffer.IsEmpty);
        pipe.Reader.AdvanceTo(rest.Buffer.End);
    }

    private static byte[] ArrayOf(ReadOnlyMemory<byte> memory) =>
        MemoryMarshal.TryGetArray(memory, out var segment) ? segment.Array! : throw new InvalidOperationException("The memory is no array.");
}
