using System.Buffers;

namespace ChatBotKit.Server.Json;

/// <summary>
/// Gathers bytes in an array of the shared pool, and has one only while there are bytes in it. A buffer of its own would grow
/// to its largest size each time, which costs several times the bytes themselves.
/// </summary>
internal sealed class RentedBuffer : IBufferWriter<byte>
{
    private const int FirstLength = 1024;

    /// <summary>
    /// Longer arrays, as the end of a long answer needs them, are left to the garbage collector: when many answers end at once,
    /// the pool would take all of them back and keep them for hours.
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

    /// <summary>What was written, in an array of its own; the rented one goes back.</summary>
    public byte[] Take()
    {
        var written = WrittenSpan.ToArray();
        Clear();
        return written;
    }

    /// <summary>Forgets what was written, and gives the array back.</summary>
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
