using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ChatBotKit.Server.Knowledge;

/// <summary>
/// The scalar product of bytes and 16-bit numbers. A search computes it for each vector of a dataset, so it uses the widest instructions
/// of the processor.
/// </summary>
internal static class PackedProduct
{
    /// <summary>The lengths are multiples of this number.</summary>
    public const int Step = 32;

    /// <summary>The maximum absolute value of a 16-bit number, so that no sum of 65,536 products exceeds 32 bits.</summary>
    public const int MaxFactor = 255;

    /// <summary>Returns the next multiple of <see cref="Step"/>.</summary>
    public static int Padded(int length) => (length + Step - 1) / Step * Step;

    /// <param name="values">The bytes. Their number is a multiple of <see cref="Step"/>.</param>
    /// <param name="factors">The numbers, as many as there are bytes, from -<see cref="MaxFactor"/> to <see cref="MaxFactor"/>.</param>
    public static int Of(ReadOnlySpan<sbyte> values, ReadOnlySpan<short> factors)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(factors.Length, values.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length % Step, 0);
        ref var value = ref MemoryMarshal.GetReference(values);
        ref var factor = ref MemoryMarshal.GetReference(factors);
        return Avx2.IsSupported ? OfAvx2(ref value, ref factor, values.Length) : OfAny(ref value, ref factor, values.Length);
    }

    /// <summary>The form for all processors. It is internal for its test on those that have the other one.</summary>
    internal static int OfAny(ref sbyte value, ref short factor, int length)
    {
        var sum = Vector128<int>.Zero;
        for (nuint i = 0; i < (nuint)length; i += (nuint)Vector128<sbyte>.Count)
        {
            var (low, high) = Vector128.Widen(Vector128.LoadUnsafe(ref value, i));
            // A product fits into 16 bits: 128 × 255.
            var (a, b) = Vector128.Widen(low * Vector128.LoadUnsafe(ref factor, i));
            var (c, d) = Vector128.Widen(high * Vector128.LoadUnsafe(ref factor, i + (nuint)Vector128<short>.Count));
            sum += a + b + c + d;
        }

        return Vector128.Sum(sum);
    }

    private static int OfAvx2(ref sbyte value, ref short factor, int length)
    {
        var (first, second) = (Vector256<int>.Zero, Vector256<int>.Zero);
        for (nuint i = 0; i < (nuint)length; i += Step)
        {
            var low = Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref value, i));
            var high = Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref value, i + Step / 2));
            first += Avx2.MultiplyAddAdjacent(low, Vector256.LoadUnsafe(ref factor, i));
            second += Avx2.MultiplyAddAdjacent(high, Vector256.LoadUnsafe(ref factor, i + Step / 2));
        }

        return Vector256.Sum(first + second);
    }
}
