using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using ChatBotKit.Bench.Harness;
using ChatBotKit.Bench.Load;
using ChatBotKit.Server.Knowledge;
using Vector = System.Numerics.Vector;

namespace ChatBotKit.Bench.Benchmarks;

/// <summary>The comparison of a question with all vectors of a dataset, beside the same with floats and the framework's vectors.</summary>
internal sealed class VectorSearchBenchmark : IBenchmark
{
    private const int Dimensions = 384;
    private const int Questions = 100;
    private const int Take = 10;

    public string Name => "vector-search";

    public async Task RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        foreach (var count in context.Options.IsQuick ? [1_000] : (int[])[1_000, 10_000, 100_000])
        {
            var random = new Random(1);
            var set = new VectorSet(Dimensions);
            var floats = new float[(long)count * Dimensions];
            for (var i = 0; i < count; i++)
            {
                var vector = floats.AsSpan(i * Dimensions, Dimensions);
                Fill(vector, random);
                set.Add((UInt128)i, PackedVector.Pack(vector)!);
            }

            List<float[]> questions = [.. Enumerable.Range(0, Questions).Select(_ => Fill(new float[Dimensions], random))];
            var name = $"{Name}, {count.ToString("N0", CultureInfo.InvariantCulture)} × {Dimensions}";
            await Rounds.RunAsync(context, name,
            [
                new("floats", _ => Task.FromResult(Ask(questions, question => Best(floats, question)))),
                new("bytes", _ => Task.FromResult(Ask(questions, question =>
                {
                    using var similarities = set.Compare(question);
                    return similarities.Best().Take(Take).Count();
                })))
                {
                    Targets = count == 100_000 ? [Target.NoMoreThan("p50", 6)] : [],
                },
            ], cancellationToken);
        }
    }

    private static float[] Fill(float[] vector, Random random)
    {
        Fill(vector.AsSpan(), random);
        return vector;
    }

    /// <summary>Fills a vector of length 1.</summary>
    private static void Fill(Span<float> vector, Random random)
    {
        foreach (ref var value in vector)
            value = (float)(random.NextDouble() + random.NextDouble() - 1);
        var length = PackedVector.Length(vector);
        foreach (ref var value in vector)
            value /= length;
    }

    private static int Best(float[] vectors, float[] question)
    {
        var best = new PriorityQueue<int, float>();
        for (var i = 0; i < vectors.Length / Dimensions; i++)
        {
            var cosine = Product(vectors.AsSpan(i * Dimensions, Dimensions), question);
            if (best.Count < Take)
                best.Enqueue(i, cosine);
            else
                best.EnqueueDequeue(i, cosine);
        }

        return best.Count;
    }

    private static float Product(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var left = MemoryMarshal.Cast<float, System.Numerics.Vector<float>>(a);
        var right = MemoryMarshal.Cast<float, System.Numerics.Vector<float>>(b);
        var sum = System.Numerics.Vector<float>.Zero;
        for (var i = 0; i < left.Length; i++)
            sum += left[i] * right[i];
        return Vector.Sum(sum);
    }

    private static Sample Ask(List<float[]> questions, Func<float[], int> find)
    {
        var ticks = new List<long>();
        var errors = 0;
        foreach (var question in questions)
        {
            var start = Stopwatch.GetTimestamp();
            if (find(question) != Take)
                errors++;
            ticks.Add(Stopwatch.GetTimestamp() - start);
        }

        var latencies = new Latencies(ticks);
        return new Sample([new("p50", "ms", latencies.Milliseconds(50)), new("p95", "ms", latencies.Milliseconds(95))], errors);
    }
}
