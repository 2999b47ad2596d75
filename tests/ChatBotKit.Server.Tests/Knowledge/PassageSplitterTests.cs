using ChatBotKit.Server.Knowledge;
using CsCheck;

namespace ChatBotKit.Server.Tests.Knowledge;

public sealed class PassageSplitterTests
{
    [Fact]
    public void Split_Paragraphs_BecomePassagesOfTheSameSource() => Assert.Equal(
        [new Passage("faq", "First one.\nSecond line."), new Passage("faq", "Another.")],
        PassageSplitter.Split(new Passage("faq", "First one.\r\nSecond line.\r\n\r\n  \nAnother.\n")));

    [Theory]
    [InlineData("## Opening hours\n\n9 to 5.", "## Opening hours\n9 to 5.")]
    [InlineData("Do you deliver?\n\nYes.", "Do you deliver?\nYes.")]
    public void Split_TitleOrQuestion_StaysWithWhatFollows(string text, string passage) =>
        Assert.Equal(passage, Assert.Single(Texts(text)));

    [Fact]
    public void Split_LongParagraph_IsCutAfterSentences()
    {
        var sentence = "This sentence is about forty letters long. ";

        var pieces = Texts(string.Concat(Enumerable.Repeat(sentence, 40)));

        Assert.True(pieces.Count > 1);
        Assert.All(pieces, piece => Assert.EndsWith("long.", piece, StringComparison.Ordinal));
        Assert.All(pieces, piece => Assert.StartsWith("This", piece, StringComparison.Ordinal));
    }

    [Fact]
    public void Split_LongList_IsCutBetweenLines() => Assert.All(
        Texts(string.Join('\n', Enumerable.Repeat("- an item. With two sentences", 100))),
        piece => Assert.StartsWith("- an item", piece, StringComparison.Ordinal));

    [Theory]
    [InlineData("x")]
    [InlineData("x🦊")]
    [InlineData("🦊")]
    public void Split_TextWithoutAnyPlaceToCut_IsCutBetweenCharacters(string unit)
    {
        var text = string.Concat(Enumerable.Repeat(unit, 1000));

        var pieces = Texts(text);

        Assert.Equal(text, string.Concat(pieces));
        Assert.All(pieces, piece => Assert.False(char.IsLowSurrogate(piece[0])));
    }

    [Fact]
    public void Split_HugeParagraph_CopiesItOnlyAFewTimes()
    {
        var text = new Passage("", new string('x', 2_000_000));
        var before = GC.GetAllocatedBytesForCurrentThread();

        var pieces = PassageSplitter.Split(text).Count();

        Assert.Equal(3334, pieces);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 40_000_000);
    }

    [Fact]
    public void Split_AnyText_LosesNothingButWhiteSpace() => Gen.String.Array[0, 20].Sample(parts =>
    {
        var text = string.Join("\n\n", parts);

        Assert.Equal(WithoutSpace(text), WithoutSpace(string.Concat(Texts(text))));
        Assert.All(Texts(text), piece => Assert.InRange(piece.Length, 1, 600));
    });

    private static List<string> Texts(string text) =>
        [.. PassageSplitter.Split(new Passage("", text)).Select(passage => passage.Text)];

    private static string WithoutSpace(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
}
