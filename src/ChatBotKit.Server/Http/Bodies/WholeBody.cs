using System.Buffers;
using System.IO.Pipelines;
using ChatBotKit.Server.Json;

namespace ChatBotKit.Server.Http;

/// <summary>
/// A body in one piece, which every step of the reading needs. It is read where the web server has it; only one that came in
/// several pieces is copied, and these go back at once. Dispose it when nothing reads the bytes any more.
/// </summary>
internal readonly struct WholeBody : IDisposable
{
    private readonly PipeReader? _reader;
    private readonly SequencePosition _end;
    private readonly byte[]? _rented;

    /// <param name="reader">Holds the body.</param>
    /// <param name="body">All that it has read and not given back.</param>
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
