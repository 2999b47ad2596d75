using System.Buffers;
using System.IO.Pipelines;
using ChatBotKit.Server.Json;

namespace ChatBotKit.Server.Http;

/// <summary>
/// A body as contiguous bytes, which every step of the reading needs. It uses the web server's buffer. Only a body in several
/// segments is copied, and its segments are released at once. Dispose it when its bytes are no longer used.
/// </summary>
internal readonly struct WholeBody : IDisposable
{
    private readonly PipeReader? _reader;
    private readonly SequencePosition _end;
    private readonly byte[]? _rented;

    /// <param name="reader">The reader of the body.</param>
    /// <param name="body">Everything that the reader has buffered.</param>
    public WholeBody(PipeReader reader, in ReadOnlySequence<byte> body)
    {
        if (body.IsSingleSegment)
        {
            (_reader, _end, Bytes) = (reader, body.End, body.First);
            return;
        }

        var length = checked((int)body.Length);
        _rented = length <= RentedBuffer.LongestRented ? ArrayPool<byte>.Shared.Rent(length) : null;
        var copy = _rented ?? GC.AllocateUninitializedArray<byte>(length);
        body.CopyTo(copy);
        Bytes = copy.AsMemory(0, length);
        reader.AdvanceTo(body.End);
    }

    public ReadOnlyMemory<byte> Bytes { get; }

    public void Dispose()
    {
        _reader?.AdvanceTo(_end);
        if (_rented is not null)
            ArrayPool<byte>.Shared.Return(_rented);
    }
}
