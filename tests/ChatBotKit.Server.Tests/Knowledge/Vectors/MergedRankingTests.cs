using ChatBotKit.Server.Knowledge;

namespace ChatBotKit.Server.Tests.Knowledge;

public sealed class MergedRankingTests
{
    [Fact]
    public void Merged_RecordThatBothFind_IsFirst_AndItsScoreIsTheCosine()
    {
        var found = MergedRanking.Of(
            [Word("words", 9, 0.9, 0.1f), Word("both", 8, 0.8, 0.6f), Word("last", 1, 0.1, 0)],
            [Vector("near", 0.7f), Vector("both", 0.6f), Vector("far", 0.2f)], 10);

        Assert.Equal(["both", "near", "words", "far", "last"], found.Select(one => one.Id));
        Assert.Equal([0.6, 0.7, 0.1, 0.2, 0], found.Select(one => Math.Round(one.Score, 3)));
        Assert.Equal(["both", "near"], MergedRanking.Of([Word("both", 8, 0.8, 0.6f)], [Vector("near", 0.7f), Vector("both", 0.6f)], 2).Select(one => one.Id));
    }

    /// <summary>A record that was stored a moment ago has no vector yet.</summary>
    [Fact]
    public void RecordWithoutAVector_IsRankedByItsWords()
    {
        var found = MergedRanking.Of(
            [Word("new", 9, 0.9, null), Word("old", 5, 0.5, 0.5f), Word("weak", 1, 0.1, null)], [Vector("old", 0.5f), Vector("other", 0.4f)], 10);

        Assert.Equal(["new", "old", "other", "weak"], found.Select(one => one.Id));
        Assert.Equal(0.9, found[0].Score);
    }

    [Fact]
    public void ListsOfOne_OrNone_AreMerged()
    {
        Assert.Equal(["a"], MergedRanking.Of([Word("a", 1, 1, 0.5f)], [], 5).Select(one => one.Id));
        Assert.Equal(["a"], MergedRanking.Of([], [Vector("a", 0.5f)], 5).Select(one => one.Id));
        Assert.Empty(MergedRanking.Of([], [], 5));
    }

    [Fact]
    public void Passages_OfBothLists_AreGivenOnce_BestFirst()
    {
        TextSpan[] spans = [new(0, 10), new(10, 10), new(20, 10)];
        var found = MergedRanking.Of(
            [new WordHit("a", 1, 1, 0.5f, [spans[0], spans[2]])], [new VectorHit("a", 0.5f, [spans[1], spans[0]])], 5);

        Assert.Equal([spans[0], spans[1], spans[2]], Assert.Single(found).Passages);
    }

    private static WordHit Word(string record, float score, double share, float? cosine) => new(record, score, share, cosine, [new TextSpan(0, 1)]);

    private static VectorHit Vector(string record, float cosine) => new(record, cosine, [new TextSpan(0, 1)]);
}
