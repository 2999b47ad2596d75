using ChatBotKit.Server.Knowledge;

namespace ChatBotKit.Server.Tests.Knowledge;

public sealed class MergedRankingTests
{
    [Fact]
    public void Merged_RecordThatBothFind_IsFirst_AndItsScoreIsTheCosine()
    {
        IReadOnlyList<WordHit> words = [Word("words", 9, 0.9, 0.1f), Word("both", 8, 0.8, 0.6f), Word("last", 1, 0.1, 0)];
        IReadOnlyList<VectorHit> vectors = [Vector("near", 0.7f), Vector("both", 0.6f), Vector("far", 0.2f)];

        var found = MergedRanking.Of(words, vectors, 0.1f, 10);

        // The sums of both halves: 0.86, 0.5, 0.5, 0.08 and 0.06.
        Assert.Equal(["both", "near", "words", "far", "last"], found.Select(one => one.Id));
        Assert.Equal([0.6, 0.7, 0.1, 0.2, 0], found.Select(one => Math.Round(one.Score, 3)));
        Assert.Equal(["both", "near"], MergedRanking.Of(words, vectors, 0.1f, 2).Select(one => one.Id));
    }

    /// <summary>Any two texts have a cosine above 0, which says nothing.</summary>
    [Fact]
    public void CosineUpToTheAverage_CountsNothing()
    {
        var found = MergedRanking.Of(
            [Word("first", 2, 0.2, null), Word("word", 1, 0.1, 0.5f)], [Vector("near", 0.7f), Vector("any", 0.6f), Vector("word", 0.5f)], 0.6f, 10);

        Assert.Equal(["first", "near", "word", "any"], found.Select(one => one.Id));
    }

    /// <summary>A record that was stored a moment ago has no vector yet.</summary>
    [Fact]
    public void RecordWithoutAVector_IsRankedByItsWords()
    {
        var found = MergedRanking.Of(
            [Word("new", 9, 0.9, null), Word("old", 6, 0.5, 0.5f), Word("weak", 1, 0.1, null)], [Vector("old", 0.5f), Vector("other", 0.4f)], 0.1f, 10);

        Assert.Equal(["new", "old", "other", "weak"], found.Select(one => one.Id));
        Assert.Equal(0.9, found[0].Score);
    }

    [Fact]
    public void ListsOfOne_OrNone_AreMerged()
    {
        Assert.Equal(["a"], MergedRanking.Of([Word("a", 1, 1, 0.5f)], [], 0, 5).Select(one => one.Id));
        Assert.Equal(["a"], MergedRanking.Of([], [Vector("a", 0.5f)], 0.5f, 5).Select(one => one.Id));
        Assert.Empty(MergedRanking.Of([], [], 0, 5));
    }

    [Fact]
    public void Passages_OfBothLists_AreGivenOnce_BestFirst()
    {
        TextSpan[] spans = [new(0, 10), new(10, 10), new(20, 10)];
        var found = MergedRanking.Of(
            [new WordHit("a", 1, 1, 0.5f, [spans[0], spans[2]])], [new VectorHit("a", 0.5f, [spans[1], spans[0]])], 0, 5);

        Assert.Equal([spans[0], spans[1], spans[2]], Assert.Single(found).Passages);
    }

    private static WordHit Word(string record, float score, double share, float? cosine) => new(record, score, share, cosine, [new TextSpan(0, 1)]);

    private static VectorHit Vector(string record, float cosine) => new(record, cosine, [new TextSpan(0, 1)]);
}
