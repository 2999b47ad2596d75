using System.Runtime.InteropServices;
using ChatBotKit.Server.Knowledge;

namespace ChatBotKit.Server.Tests.Knowledge;

public sealed class VectorSetTests
{
    private readonly Random _random = new(7);

    [Theory]
    [InlineData(1)]
    [InlineData(31)]
    [InlineData(64)]
    [InlineData(100)]
    [InlineData(1536)]
    public void Compare_GivesTheCosine_AlmostExactly(int dimensions)
    {
        var set = new VectorSet(dimensions);
        List<float[]> vectors = [.. Enumerable.Range(0, 200).Select(_ => Vector(dimensions))];
        foreach (var (hash, vector) in vectors.Index())
            set.Add((UInt128)hash, PackedVector.Pack(vector)!);
        // Its length is not 1, and its cosines are the same.
        float[] question = [.. vectors[3].Zip(Vector(dimensions), (a, b) => 40 * (a + b / 2))];

        using var similarities = set.Compare(question);

        foreach (var (hash, vector) in vectors.Index())
            Assert.Equal(Math.Max(0, Cosine(question, vector)), similarities.Of((UInt128)hash)!.Value, 0.02);
        Assert.Null(similarities.Of(1_000));
    }

    [Fact]
    public void Best_OfMany_AreInOrder_AndAllPositiveOnes()
    {
        var set = new VectorSet(32);
        for (var hash = 0; hash < 5_000; hash++)
            set.Add((UInt128)hash, PackedVector.Pack(Vector(32))!);
        using var similarities = set.Compare(Vector(32));

        var best = similarities.Best().ToList();

        var expected = Enumerable.Range(0, 5_000).Select(hash => ((UInt128)hash, similarities.Of((UInt128)hash)!.Value)).Where(one => one.Value > 0)
            .OrderByDescending(one => one.Value).ThenBy(one => one.Item1);
        Assert.Equal(expected, best);
        Assert.InRange(best.Count, 2_000, 3_000);
    }

    [Fact]
    public void Removed_IsFoundNoMore_AndAddedAgainIsFound()
    {
        var set = new VectorSet(2);
        set.Add(1, PackedVector.Pack([1, 0])!);
        set.Add(2, PackedVector.Pack([1, 1])!);
        set.Remove(1);
        set.Remove(9);

        using (var similarities = set.Compare([1, 0]))
        {
            Assert.Equal([(UInt128)2], similarities.Best().Select(one => one.Hash));
            Assert.Null(similarities.Of(1));
        }

        set.Add(1, PackedVector.Pack([1, 0])!);
        using var again = set.Compare([1, 0]);
        Assert.Equal([1, (UInt128)2], again.Best().Select(one => one.Hash));
        Assert.Equal((2, 1), (set.Count, set.Removed));
    }

    /// <summary>A vector that is added during a comparison belongs to the next one.</summary>
    [Fact]
    public void Added_AfterAComparison_IsNotInIt()
    {
        var set = new VectorSet(2);
        set.Add(1, PackedVector.Pack([1, 0])!);
        using var similarities = set.Compare([1, 0]);
        set.Add(2, PackedVector.Pack([1, 0])!);

        Assert.Null(similarities.Of(2));
        Assert.Equal([(UInt128)1], similarities.Best().Select(one => one.Hash));
    }

    [Fact]
    public async Task ComparisonsAndChanges_AtTheSameTime_SeeWholeVectors()
    {
        var set = new VectorSet(32);
        using var end = new CancellationTokenSource();
        var searches = Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            while (!end.IsCancellationRequested)
            {
                using var similarities = set.Compare([1, .. new float[31]]);
                // Every vector has the same direction.
                Assert.All(similarities.Best(), one => Assert.InRange(one.Cosine, 0.99f, 1f));
            }
        })).ToList();
        for (var hash = 0; hash < 20_000; hash++)
        {
            set.Add((UInt128)hash, PackedVector.Pack([3, .. new float[31]])!);
            if (hash % 3 == 0)
                set.Remove((UInt128)hash);
        }

        await end.CancelAsync();
        await Task.WhenAll(searches);
        Assert.Equal(13_333, set.Count);
    }

    [Fact]
    public void Pack_KeepsTheDirection_AndRefusesTheZeroVector()
    {
        Assert.Null(PackedVector.Pack(new float[8]));
        var packed = PackedVector.Pack([3e30f, -4e30f])!;
        Assert.Equal((0.6, -0.8), (Math.Round(PackedVector.ScaleOf(packed) * PackedVector.ValuesOf(packed)[0], 2), Math.Round(PackedVector.ScaleOf(packed) * PackedVector.ValuesOf(packed)[1], 2)));
    }

    [Fact]
    public void Product_OfAllExtremes_IsExact_OnEveryProcessor()
    {
        var values = new sbyte[4096];
        var factors = new short[4096];
        var sum = 0;
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (sbyte)_random.Next(-128, 128);
            factors[i] = (short)_random.Next(-PackedProduct.MaxFactor, PackedProduct.MaxFactor + 1);
            if (i % 5 == 0)
                (values[i], factors[i]) = (-128, PackedProduct.MaxFactor);
            sum += values[i] * factors[i];
        }

        Assert.Equal(sum, PackedProduct.Of(values, factors));
        Assert.Equal(sum, PackedProduct.OfAny(ref MemoryMarshal.GetArrayDataReference(values), ref MemoryMarshal.GetArrayDataReference(factors), values.Length));
    }

    private float[] Vector(int dimensions) => [.. Enumerable.Range(0, dimensions).Select(_ => (float)(_random.NextDouble() - 0.5))];

    private static double Cosine(float[] a, float[] b) => a.Zip(b, (x, y) => (double)x * y).Sum() / PackedVector.Length(a) / PackedVector.Length(b);
}
