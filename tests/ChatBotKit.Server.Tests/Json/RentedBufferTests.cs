using System.Buffers;
using ChatBotKit.Server.Json;

namespace ChatBotKit.Server.Tests.Json;

public sealed class RentedBufferTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1024)]
    [InlineData(64 * 1024)]
    [InlineData((64 * 1024) + 1)]
    [InlineData(1_000_000)]
    public void Take_AfterPiecesOfEachSize_IsWhatWasWritten(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        var buffer = new RentedBuffer();
        // Twice, because the second time starts with the array that the first one has returned.
        for (var turn = 0; turn < 2; turn++)
        {
            var rest = bytes.AsSpan();
            for (var piece = 1; !rest.IsEmpty; piece *= 2)
            {
                var next = rest[..Math.Min(piece, rest.Length)];
                buffer.Write(next);
                rest = rest[next.Length..];
            }

            Assert.Equal(length, buffer.WrittenCount);
            Assert.Equal(bytes, buffer.Take());
            Assert.Equal(0, buffer.WrittenCount);
        }
    }
}
