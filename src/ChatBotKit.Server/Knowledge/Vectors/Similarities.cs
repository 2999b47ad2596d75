using System.Buffers;

namespace ChatBotKit.Server.Knowledge;

/// <summary>The cosines of a question and all vectors of a set.</summary>
internal sealed class Similarities(VectorSet set, float[] cosines, int count) : IDisposable
{
    private const int Bins = 1024;

    /// <summary>The number of vectors that are put in order first. Few searches read more.</summary>
    private const int First = 400;

    /// <summary>The average cosine: that of a text which has nothing to do with the question.</summary>
    public float Average { get; } = AverageOf(cosines.AsSpan(0, count));

    /// <summary>Returns the cosine of a text, from 0 to 1; null when it has no vector. What has an opposite meaning has 0.</summary>
    public float? Of(UInt128 hash) => set.SlotOf(hash) is { } slot && slot < count ? Math.Clamp(cosines[slot], 0, 1) : null;

    /// <summary>Returns the hashes with a positive cosine, the highest first.</summary>
    public IEnumerable<(UInt128 Hash, float Cosine)> Best()
    {
        // The cosines are counted first, so that only the highest have to be sorted.
        var least = LeastOfFirst();
        return Between(least, float.MaxValue).Concat(least > 0 ? Between(0, least) : []);
    }

    public void Dispose() => ArrayPool<float>.Shared.Return(cosines);

    private static float AverageOf(ReadOnlySpan<float> cosines)
    {
        var sum = 0.0;
        foreach (var cosine in cosines)
            sum += cosine;
        return cosines.Length == 0 ? 0 : (float)(sum / cosines.Length);
    }

    private IEnumerable<(UInt128 Hash, float Cosine)> Between(float least, float below)
    {
        var found = new List<(float Cosine, int Slot)>();
        for (var slot = 0; slot < count; slot++)
        {
            if (cosines[slot] > 0 && cosines[slot] >= least && cosines[slot] < below)
                found.Add((cosines[slot], slot));
        }

        // Among equal ones, the first stored.
        found.Sort(static (a, b) => a.Cosine != b.Cosine ? b.Cosine.CompareTo(a.Cosine) : a.Slot.CompareTo(b.Slot));
        foreach (var (cosine, slot) in found)
            yield return (set.HashOf(slot), Math.Min(1, cosine));
    }

    /// <summary>Returns a cosine that at least <see cref="First"/> vectors reach, and few more; 0 when there are not so many.</summary>
    private float LeastOfFirst()
    {
        Span<int> counts = stackalloc int[Bins];
        counts.Clear();
        foreach (var cosine in cosines.AsSpan(0, count))
        {
            if (cosine > 0)
                counts[Math.Min(Bins - 1, (int)(cosine * Bins))]++;
        }

        for (var (bin, sum) = (Bins - 1, 0); bin > 0; bin--)
        {
            sum += counts[bin];
            if (sum >= First)
                return (float)bin / Bins;
        }

        return 0;
    }
}
