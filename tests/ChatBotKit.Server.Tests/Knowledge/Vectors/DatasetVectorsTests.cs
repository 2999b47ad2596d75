using ChatBotKit.Server.Knowledge;

namespace ChatBotKit.Server.Tests.Knowledge;

/// <summary>The file with the vectors of a dataset, and what of it is in memory.</summary>
public sealed class DatasetVectorsTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("chatbotkit-vectors-").FullName;
    private readonly VectorMemory _memory = new(VectorMemory.DefaultLimit);

    private string FilePath => Path.Combine(_directory, "dataset.vectors");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Vectors_AreKept_AndComparedAfterTheFileWasOpenedAgain()
    {
        string generation;
        using (var vectors = Open())
        {
            Assert.True(vectors.IsEmpty);
            Assert.Null(vectors.Compare([1, 0]));
            vectors.Add([(1, [2, 0]), (2, [0, 3]), (3, null)]);
            Assert.False(vectors.IsEmpty);
            Assert.Equal([(UInt128)1], Best(vectors, [1, 0]));
            generation = vectors.Generation;
        }

        using var again = Open();
        Assert.Equal(generation, again.Generation);
        Assert.Equal([2, (UInt128)1], Best(again, [1, 2]));
        Assert.True(again.Has(1) && again.Has(3));
        Assert.False(again.Has(4));
    }

    [Fact]
    public void OtherModel_OrDamage_MakesAnEmptyFileOfAnotherGeneration()
    {
        using (var vectors = Open())
            vectors.Add([(1, [2, 0])]);
        string generation;
        using (var other = Open("other"))
        {
            Assert.True(other.IsEmpty);
            Assert.False(other.Has(1));
            generation = other.Generation;
        }

        using (var back = Open())
            Assert.True(back.IsEmpty);
        File.WriteAllBytes(FilePath, [.. Enumerable.Repeat((byte)0xAA, 20_000)]);
        using var repaired = Open();
        Assert.True(repaired.IsEmpty);
        Assert.NotEqual(generation, repaired.Generation);
    }

    [Fact]
    public void OtherDimensions_AreRefused_AndNothingOfThemIsStored()
    {
        using var vectors = Open();
        vectors.Add([(1, [2, 0])]);

        Assert.Throws<VectorDimensionsException>(() => vectors.Add([(2, [1, 0]), (3, [1, 0, 0])]));

        Assert.False(vectors.Has(2));
        Assert.Null(vectors.Compare([1, 0, 0]));
        Assert.Equal([(UInt128)1], Best(vectors, [1, 0]));
    }

    [Fact]
    public void DeletedVectors_AreGone_FromMemoryAndFile()
    {
        using (var vectors = Open())
        {
            vectors.Add([(1, [2, 0]), (2, [1, 0]), (3, [1, 1])]);
            Assert.Equal(3, Best(vectors, [1, 0]).Count());
            vectors.Delete([1, 9]);
            Assert.Equal([2, (UInt128)3], Best(vectors, [1, 0]));
            vectors.Keep(new HashSet<UInt128> { 3, 8 });
            Assert.Equal([(UInt128)3], Best(vectors, [1, 0]));
        }

        using var again = Open();
        Assert.Equal([(UInt128)3], Best(again, [1, 0]));
        Assert.False(again.Has(1) || again.Has(2));
    }

    [Fact]
    public void Memory_IsTaken_AndGivenBack()
    {
        using (var vectors = Open())
        {
            vectors.Add([(1, [2, 0])]);
            Assert.Equal(0, _memory.Taken);
            vectors.Compare([1, 0])!.Dispose();
            Assert.Equal(VectorSet.SizeOf(2, 1), _memory.Taken);
            vectors.Add([.. Enumerable.Range(2, 3_000).Select(hash => ((UInt128)hash, (float[]?)[1, hash]))]);
            Assert.Equal(VectorSet.SizeOf(2, 3_001), _memory.Taken);
            vectors.Release();
            Assert.Equal(0, _memory.Taken);
            Assert.Equal(3_001, Best(vectors, [1, 1]).Count());
        }

        Assert.Equal(0, _memory.Taken);
    }

    [Fact]
    public void Vectors_ThatDoNotFit_AreNotCompared_UntilOthersMakeRoom()
    {
        var memory = new VectorMemory(VectorSet.SizeOf(2, 1));
        using var first = Open(memory: memory, path: FilePath);
        using var second = Open(memory: memory, path: FilePath + "2");
        first.Add([(1, [2, 0])]);
        second.Add([(1, [2, 0])]);
        first.Compare([1, 0])!.Dispose();

        Assert.Null(second.Compare([1, 0]));
        memory.MakeRoom = first.Release;
        using (var similarities = second.Compare([1, 0]))
            Assert.NotNull(similarities);

        // What no longer fits is not kept in memory beside what does.
        second.Add([.. Enumerable.Range(2, 3_000).Select(hash => ((UInt128)hash, (float[]?)[1, hash]))]);
        Assert.Equal(0, memory.Taken);
        Assert.Null(second.Compare([1, 0]));
    }

    private static IEnumerable<UInt128> Best(DatasetVectors vectors, float[] question)
    {
        using var similarities = vectors.Compare(question);
        return [.. similarities!.Best().Select(one => one.Hash)];
    }

    private DatasetVectors Open(string identity = "model", VectorMemory? memory = null, string? path = null) =>
        new(path ?? FilePath, new NamedModel(identity), memory ?? _memory);

    private sealed record NamedModel(string Identity) : IEmbeddingModel
    {
        public EmbeddedTexts Texts => EmbeddedTexts.All;

        public Task<IReadOnlyList<float[]>> EmbedAsync(IReadOnlyList<string> passages, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<float[]> EmbedQuestionAsync(string question, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
