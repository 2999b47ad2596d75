using System.Buffers;

namespace ChatBotKit.Server.Json;

/// <summary>
/// A growing buffer whose array comes from the shared pool and is returned as soon as the buffer is empty. A private array would be
/// allocated and grown to its largest size each time, which costs several times the bytes themselves.
/// </summary>
internal sealed class RentedBuffer : IBufferWriter<byte>
{
    private const int FirstLength = 1024;

    /// <summary>
    /// The longest array that goes back to the pool. Longer ones, which the end of a long answer needs, are left to the garbage
    /// collector: if many answers ended at once, the pool would keep all their arrays for hours.
    /// </summary>
    public const int LongestRented = 64 * 1024;

    private byte[] _array = [];
    private int _count;

    public int WrittenCount => _count;

    public ReadOnlySpan<byte> WrittenSpan => _array.AsSpan(0, _count);

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

    /// <summary>Returns the written bytes as a new array, and returns the rented one to the pool.</summary>
    public byte[] Take()
    {
        var written = WrittenSpan.ToArray();
        Clear();
        return written;
    }

    /// <summary>Discards the written bytes and returns the rented array to the pool.</summary>
    public void Clear()
    {
        Release();
        _array = [];
        _count = 0;
    }

    private void MakeRoom(int sizeHint)
    {
        var needed = _count + Math.Max(sizeHint, 1);
        if (needed <= _array.Length)
            return;
        var length = Math.Max(needed, Math.Max(FirstLength, _array.Length * 2));
        var larger = length <= LongestRented ? ArrayPool<byte>.Shared.Rent(length) : GC.AllocateUninitializedArray<byte>(length);
        WrittenSpan.CopyTo(larger);
        Release();
        _array = larger;
    }

    private void Release()
    {
        if (_array.Length is > 0 and <= LongestRented)
            ArrayPool<byte>.Shared.Return(_array);
    }
}
