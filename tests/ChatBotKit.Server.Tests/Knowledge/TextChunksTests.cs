using ChatBotKit.Server.Knowledge;
using CsCheck;

namespace ChatBotKit.Server.Tests.Knowledge;

public sealed class TextChunksTests
{
    [Fact]
    public void Of_Headings_CutAndAreTheTitle() => Assert.Equal(
        [
            new TextChunk("Manual", "Intro.", null),
            new TextChunk("Manual › Brakes", "Check them.", null),
            new TextChunk("Manual › Brakes › Fluid", "It is red.", null),
            new TextChunk("Manual › Wheels", "They are round.", null),
        ],
        TextChunks.Of(MarkdownBlocks.Read("# Manual\nIntro.\n## Brakes\nCheck them.\n### Fluid\nIt is red.\n## Wheels\nThey are round.\n")));

    [Fact]
    public void Of_HeadingWithoutText_IsNotLost() => Assert.Equal(
        [new TextChunk("A", "B", null), new TextChunk("A › C", "text", null), new TextChunk("", "D", null)],
        TextChunks.Of(MarkdownBlocks.Read("# A\n## B\n## C\ntext\n# D\n")));

    [Fact]
    public void Of_ShortParagraphs_AreOneChunk() =>
        Assert.Equal("One.\n\nTwo.", Assert.Single(TextChunks.Of(PlainTextBlocks.Read("One.\r\n \r\nTwo.\n\n\n"))).Text);

    [Fact]
    public void Of_LongText_IsCutBetweenParagraphsFirst()
    {
        var paragraph = string.Concat(Enumerable.Repeat("Some words of a sentence. ", 10)).Trim();

        var chunks = TextChunks.Of(PlainTextBlocks.Read(string.Join("\n\n", Enumerable.Repeat(paragraph, 30))), new() { MaxTokens = 150 });

        Assert.All(chunks, chunk => Assert.All(chunk.Text.Split("\n\n"), part => Assert.Equal(paragraph, part)));
        Assert.All(chunks, chunk => Assert.InRange(TokenEstimate.Count(chunk.Text), 65, 150));
    }

    [Fact]
    public void Of_LongParagraph_IsCutAfterSentences() => Assert.All(
        TextChunks.Of([Paragraph(string.Concat(Enumerable.Repeat("Some words of a sentence. ", 200)))], new() { MaxTokens = 100 }),
        chunk => Assert.EndsWith("sentence.", chunk.Text, StringComparison.Ordinal));

    [Fact]
    public void Of_RowsOfATable_StayWhole()
    {
        var rows = Enumerable.Range(0, 200).Select(number => new TextBlock(TextBlockKind.TableRow, $"part {number} | in stock. Soon"));

        var chunks = TextChunks.Of(rows, new() { MaxTokens = 60 });

        Assert.Equal(200, chunks.Sum(chunk => chunk.Text.Split('\n').Count(line => line.EndsWith("Soon", StringComparison.Ordinal))));
    }

    [Fact]
    public void Of_LongCode_IsCutBetweenLines()
    {
        var code = string.Join('\n', Enumerable.Range(0, 300).Select(number => $"    call({number}); // a. b"));

        var chunks = TextChunks.Of([new TextBlock(TextBlockKind.Code, code)], new() { MaxTokens = 90 });

        Assert.Equal(code, string.Join('\n', chunks.Select(chunk => chunk.Text)));
    }

    [Fact]
    public void Of_Separators_EndChunksAndAreLeftOut() => Assert.Equal(
        ["one", "two", "three\n\nfour"],
        TextChunks.Of(
            PlainTextBlocks.Read("one ### two\n---\nthree\n\nfour"),
            new() { Separators = ChunkOptions.ParseSeparators("###,---,") }).Select(chunk => chunk.Text));

    [Fact]
    public void ParseSeparators_LineBreaks_AreWrittenWithABackslash() =>
        Assert.Equal(["\n\n", " ", "\t"], ChunkOptions.ParseSeparators("\\n\\n, ,\\t,,"));

    [Fact]
    public void Of_Pages_AreThoseOfTheFirstBlock() => Assert.Equal(
        [1, 2],
        TextChunks.Of([Paragraph("first", 1), Paragraph("second", 1), new(TextBlockKind.Heading, "Title", 1, 2), Paragraph("third", 2), Paragraph("fourth", 3)])
            .Select(chunk => chunk.Page));

    [Theory]
    [InlineData("The quick brown fox jumps over the lazy dog.", 9, 14)]
    [InlineData("修理店工作日早上八点开门", 9, 12)]
    [InlineData("ยางรั่วซ่อมให้ทันที", 7, 11)]
    [InlineData("تفتح الورشة أبوابها في الثامنة", 8, 12)]
    [InlineData("1234567890", 4, 4)]
    [InlineData("", 0, 0)]
    public void Count_Text_DependsOnItsScript(string text, int least, int most) => Assert.InRange(TokenEstimate.Count(text), least, most);

    [Theory]
    [InlineData("🦊🦊🦊")]
    [InlineData("修理店")]
    public void Of_SmallestLimit_CutsBetweenCharacters(string text)
    {
        var chunks = TextChunks.Of([Paragraph(text)], new() { MaxTokens = 1 });

        Assert.Equal(text, string.Concat(chunks.Select(chunk => chunk.Text)));
        Assert.All(chunks, chunk => Assert.False(char.IsLowSurrogate(chunk.Text[0])));
    }

    [Fact]
    public void Of_AnyText_LosesAndDoublesNothing() => Gen.Select(Gen.String.Array[0, 20], Gen.Int[1, 60]).Sample((parts, tokens) =>
    {
        var text = string.Join("\n\n", parts);

        var chunks = TextChunks.Of(PlainTextBlocks.Read(text), new() { MaxTokens = tokens });

        Assert.Equal(WithoutSpace(text), WithoutSpace(string.Concat(chunks.Select(chunk => chunk.Text))));
        Assert.All(chunks, chunk => Assert.True(TokenEstimate.Count(chunk.Text) <= tokens || chunk.Text.Length <= 2));
    });

    [Fact]
    public void Read_Markdown_GivesItsBlocks() => Assert.Equal(
        [
            new TextBlock(TextBlockKind.Heading, "A *title*", 2),
            new TextBlock(TextBlockKind.Paragraph, "Text with a [link](http://a.b)."),
            new TextBlock(TextBlockKind.Paragraph, "- one"),
            new TextBlock(TextBlockKind.Paragraph, "- two\n  - inner"),
            new TextBlock(TextBlockKind.TableRow, "Name | Price"),
            new TextBlock(TextBlockKind.TableRow, "Bell | 5"),
            new TextBlock(TextBlockKind.Code, "```\nx = 1\n\ny\n```"),
        ],
        MarkdownBlocks.Read("## A *title*\n\nText with a [link](http://a.b).\n\n- one\n- two\n  - inner\n\n| Name | Price |\n|---|---|\n| Bell | 5 |\n\n```\nx = 1\n\ny\n```\n"));

    [Fact]
    public void Read_NestedMarkdown_IsReadAsText() =>
        Assert.NotEmpty(MarkdownBlocks.Read(new string('>', 100_000) + " text"));

    private static TextBlock Paragraph(string text, int? page = null) => new(TextBlockKind.Paragraph, text, Page: page);

    private static string WithoutSpace(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
}
