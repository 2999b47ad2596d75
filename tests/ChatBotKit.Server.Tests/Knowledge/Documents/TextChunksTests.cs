using ChatBotKit.Server.Knowledge;

namespace ChatBotKit.Server.Tests.Knowledge;

/// <summary>Where documents are divided. No text may be lost or repeated.</summary>
public sealed class TextChunksTests
{
    private static readonly DocumentBlock[] Manual =
    [
        new(BlockKind.Heading, "Orchids", 1, 1), Paragraph("Orchids are plants.", 1),
        new(BlockKind.Heading, "Care", 2, 1), Paragraph(Sentences("Water", 12), 1),
        new(BlockKind.Heading, "Light", 2, 2), Paragraph(Sentences("Light", 12), 2),
        new(BlockKind.Heading, "Roses", 1, 3), Paragraph(Sentences("Rose", 12), 3),
    ];

    [Fact]
    public void Chunk_BeginsWithAHeading_AndHasThoseAboveIt()
    {
        var chunks = TextChunks.Of(Manual, maxTokens: 80, []);

        Assert.Equal(["Orchids", "Light", "Roses"], chunks.Select(chunk => chunk.Text.Split('\n')[0]));
        Assert.Equal(["Orchids", "Orchids/Light", "Roses"], chunks.Select(chunk => string.Join('/', chunk.Headings)));
        Assert.Equal([1, 2, 3], chunks.Select(chunk => chunk.Page));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(20)]
    [InlineData(80)]
    [InlineData(768)]
    public void Chunks_HaveAllText_Once_WithinTheLimit(int maxTokens)
    {
        var chunks = TextChunks.Of([.. Manual, new(BlockKind.Code, "a = 1;\n\nb = 2;"), Paragraph("日本語の文章です。短い文です。😀😀", 4)], maxTokens, []);

        Assert.Equal(
            Letters([.. Manual.Select(block => block.Text), "a = 1;\n\nb = 2;", "日本語の文章です。短い文です。😀😀"]), Letters(chunks.Select(chunk => chunk.Text)));
        Assert.All(chunks, chunk => Assert.True(TokenEstimate.Of(chunk.Text) <= Math.Max(maxTokens, 2), chunk.Text));
        Assert.All(chunks, chunk => Assert.False(char.IsLowSurrogate(chunk.Text[0])));
    }

    [Fact]
    public void LongParagraph_IsCutAfterASentence()
    {
        var chunks = TextChunks.Of([Paragraph(Sentences("Water", 40), 1)], maxTokens: 50, []);

        Assert.True(chunks.Count > 2);
        Assert.All(chunks, chunk => Assert.EndsWith(".", chunk.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void Rows_OfATable_StayWhole()
    {
        DocumentBlock[] rows = [.. Enumerable.Range(1, 30).Select(row => new DocumentBlock(BlockKind.TableRow, $"Rose {row} | {row} Euro"))];

        var chunks = TextChunks.Of(rows, maxTokens: 40, []);

        Assert.True(chunks.Count > 3);
        Assert.Equal(rows.Select(row => row.Text), chunks.SelectMany(chunk => chunk.Text.Split('\n')));
    }

    [Fact]
    public void Separators_AreTheOnlyEnds()
    {
        DocumentBlock[] blocks = [Paragraph("What is it?\nA plant.\n---\nWhat does it need?", 1), Paragraph("Water.\n---\n\n---\nThe end.", 1)];

        var chunks = TextChunks.Of(blocks, maxTokens: 768, TextChunks.ReadSeparators("---,=="));

        Assert.Equal(["What is it?\nA plant.", "What does it need?\n\nWater.", "The end."], chunks.Select(chunk => chunk.Text));
    }

    [Fact]
    public void Separators_MayBeLineFeeds() => Assert.Equal(["\n\n", "#", "\t"], TextChunks.ReadSeparators("\\n\\n,#,,\\t"));

    [Fact]
    public void Document_WithoutText_HasNoChunks() => Assert.Empty(TextChunks.Of([Paragraph(" \n ", 1), new(BlockKind.Heading, "", 1)], 768, []));

    private static DocumentBlock Paragraph(string text, int page) => new(BlockKind.Paragraph, text, Page: page);

    private static string Sentences(string word, int count) => string.Join(' ', Enumerable.Range(1, count).Select(number => $"{word} number {number}."));

    private static string Letters(IEnumerable<string> texts) => string.Concat(string.Concat(texts).Where(letter => !char.IsWhiteSpace(letter)));
}
