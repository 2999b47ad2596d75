using System.Buffers;

namespace ChatBotKit.Server.Log;

/// <summary>
/// Gathers bytes in an array of the shared pool, and has one only while there are bytes in it. A buffer of its own would grow
/// to the size of the largest batch with every log, which costs several times the lines themselves.
/// </summary>
internal sealed class RentedBuffer : IBufferWriter<byte>
{
    private const int FirstLength = 1024;

    private byte[] _array = [];
    private int _count;

    public int WrittenCount => _count;

    public void Advance(int count) => _count += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        MakeRoom(sizeHint);
        return _array.AsMemory(_count);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        MakeRoom(sizeHint);
        return _array.AsSpan(_count);
    }

    /// <summary>What was written, in an array of its own; the rented one goes back.</summary>
    public byte[] Take()
    {
        var written = _array.AsSpan(0, _count).ToArray();
        if (_array.Length > 0)
            ArrayPool<byte>.Shared.Return(_array);
        _array = [];
        _count = 0;
        return written;
    }

    private void MakeRoom(int sizeHint)
    {
        var needed = _count + Math.Max(sizeHint, 1);
        if (needed <= _array.Length)
            return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, Math.Max(FirstLength, _array.Length * 2)));
        _array.AsSpan(0, _count).CopyTo(larger);
        if (_array.Length > 0)
            ArrayPool<byte>.Shared.Return(_array);
        _array = larger;
    }
}
