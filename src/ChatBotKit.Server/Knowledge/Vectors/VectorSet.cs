using System.Buffers;

namespace ChatBotKit.Server.Knowledge;

/// <summary>
/// The vectors of a dataset in memory, by the hash of their text. Searches compare a question with all of them, while vectors are added
/// and removed. A removed vector keeps its room until the set is made again.
/// </summary>
internal sealed class VectorSet(int dimensions)
{
    private const int BlockLength = 1024;

    private readonly int _stride = PackedProduct.Padded(dimensions);
    private readonly Lock _writing = new();
    private readonly Dictionary<UInt128, int> _slots = [];
    private volatile Slots _published = new([], 0);

    public int Dimensions => dimensions;

    /// <summary>The number of vectors.</summary>
    public int Count
    {
        get
        {
            lock (_writing)
                return _slots.Count;
        }
    }

    /// <summary>The number of removed vectors whose room is not free.</summary>
    public int Removed
    {
        get
        {
            lock (_writing)
                return _published.Count - _slots.Count;
        }
    }

    /// <summary>Returns the memory that a number of vectors takes.</summary>
    public static long SizeOf(int dimensions, long count) =>
        (count + BlockLength - 1) / BlockLength * BlockLength * (PackedProduct.Padded(dimensions) + 64);

    /// <summary>Adds a vector. One that exists is kept: the same text has the same vector.</summary>
    public void Add(UInt128 hash, ReadOnlySpan<byte> packed)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(PackedVector.DimensionsOf(packed), dimensions);
        lock (_writing)
        {
            var (blocks, slot) = (_published.Blocks, _published.Count);
            if (!_slots.TryAdd(hash, slot))
                return;
            if (slot / BlockLength == blocks.Length)
                blocks = [.. blocks, new Block(_stride)];
            var block = blocks[slot / BlockLength];
            PackedVector.ValuesOf(packed).CopyTo(block.Values.AsSpan(slot % BlockLength * _stride));
            block.Scales[slot % BlockLength] = PackedVector.ScaleOf(packed);
            block.Hashes[slot % BlockLength] = hash;
            // Searches see the vector now that it is complete.
            _published = new Slots(blocks, slot + 1);
        }
    }

    /// <summary>Removes a vector; an unknown one is ignored.</summary>
    public void Remove(UInt128 hash)
    {
        lock (_writing)
        {
            if (_slots.Remove(hash, out var slot))
                _published.Blocks[slot / BlockLength].Scales[slot % BlockLength] = 0;
        }
    }

    /// <summary>Compares a vector with all others.</summary>
    /// <param name="question">The vector of a question, of the same model and any length.</param>
    public Similarities Compare(ReadOnlySpan<float> question)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(question.Length, dimensions);
        var factors = new short[_stride];
        var unit = Fill(factors, question);
        var (blocks, count) = _published;
        var cosines = ArrayPool<float>.Shared.Rent(count);
        for (var slot = 0; slot < count; slot++)
        {
            var (block, place) = (blocks[slot / BlockLength], slot % BlockLength);
            cosines[slot] = PackedProduct.Of(block.Values.AsSpan(place * _stride, _stride), factors) * block.Scales[place] * unit;
        }

        return new Similarities(this, cosines, count);
    }

    /// <summary>Returns the slot of a hash; null when it has no vector.</summary>
    internal int? SlotOf(UInt128 hash)
    {
        lock (_writing)
            return _slots.TryGetValue(hash, out var slot) ? slot : null;
    }

    /// <summary>Returns the hash of a slot that was compared.</summary>
    internal UInt128 HashOf(int slot) => _published.Blocks[slot / BlockLength].Hashes[slot % BlockLength];

    /// <summary>Writes a vector as factors of the products, and returns the number that turns a product into a cosine.</summary>
    private static float Fill(Span<short> factors, ReadOnlySpan<float> vector)
    {
        var max = 0f;
        foreach (var value in vector)
            max = Math.Max(max, Math.Abs(value));
        if (!(max > 0))
            return 0;
        for (var i = 0; i < vector.Length; i++)
            factors[i] = (short)MathF.Round(vector[i] / max * PackedProduct.MaxFactor);
        return max / PackedProduct.MaxFactor / PackedVector.Length(vector);
    }

    private sealed class Block(int stride)
    {
        public sbyte[] Values { get; } = new sbyte[BlockLength * stride];

        public float[] Scales { get; } = new float[BlockLength];

        public UInt128[] Hashes { get; } = new UInt128[BlockLength];
    }

    private sealed record Slots(Block[] Blocks, int Count);
}
