using System.Text;
using ChatBotKit.Server.Knowledge;

namespace ChatBotKit.Server.Tests.Knowledge;

public sealed class FileReaderTests : IDisposable
{
    private readonly FileReader _reader = new(new ExtractionLimits(), TimeProvider.System);

    public void Dispose() => _reader.Dispose();

    [Fact]
    public async Task Read_Pdf_GivesHeadingsAndParagraphsWithTheirPages()
    {
        var file = new PdfFile()
            .Page(PdfFile.Lines(50, 750, 20, "The manual") + PdfFile.Lines(50, 700, 10, "First line of a paragraph", "and its second line.")
                + PdfFile.Lines(50, 640, 10, "Another paragraph."))
            .Page(PdfFile.Lines(50, 750, 10, "On the next page."));

        Assert.Equal(
            [
                new TextBlock(TextBlockKind.Heading, "The manual", 1, 1),
                new TextBlock(TextBlockKind.Paragraph, "First line of a paragraph and its second line.", 0, 1),
                new TextBlock(TextBlockKind.Paragraph, "Another paragraph.", 0, 1),
                new TextBlock(TextBlockKind.Paragraph, "On the next page.", 0, 2),
            ],
            await BlocksAsync(file.ToArray()));
    }

    [Fact]
    public async Task Read_PdfWithDividedWords_JoinsThem()
    {
        var file = new PdfFile().Page(PdfFile.Lines(50, 700, 10,
            "Lorem ipsum dolor sit amet, consectetur adip-", "iscing elit. A well-", "known fact, known well."));

        Assert.Equal("Lorem ipsum dolor sit amet, consectetur adipiscing elit. A well-known fact, known well.",
            Assert.Single(await BlocksAsync(file.ToArray())).Text);
    }

    [Fact]
    public async Task Read_PdfWithColumns_KeepsThem()
    {
        var file = new PdfFile().Page(
            PdfFile.Lines(50, 700, 10, "left one", "left two") + PdfFile.Lines(300, 700, 10, "right one", "right two"));

        Assert.Equal(["left one left two", "right one right two"], (await BlocksAsync(file.ToArray())).Select(block => block.Text));
    }

    [Fact]
    public async Task Read_PdfWithRunningTitles_LeavesThemOut()
    {
        var file = new PdfFile();
        for (var page = 1; page <= 5; page++)
        {
            file.Page(PdfFile.Lines(50, 780, 10, $"The manual, page {page} of 5") + PdfFile.Lines(50, 700, 10, $"Text number {(char)('A' + page)}.")
                + PdfFile.Lines(50, 600, 10, "Middle.") + PdfFile.Lines(50, 500, 10, "Lower.") + PdfFile.Lines(50, 20, 10, $"{page}"));
        }

        var text = string.Join('\n', (await BlocksAsync(file.ToArray())).Select(block => block.Text));

        Assert.DoesNotContain("The manual", text, StringComparison.Ordinal);
        Assert.DoesNotContain("5", text, StringComparison.Ordinal);
        Assert.Contains("Text number B.", text, StringComparison.Ordinal);
        Assert.Contains("Text number F.", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_PdfWithPiecesOfALine_PutsSpacesAtGaps()
    {
        const string Content = "BT /F1 10 Tf 1 0 0 1 50 700 Tm (tw) Tj 1 0 0 1 60.3 700 Tm (o) Tj 1 0 0 1 70 700 Tm (words) Tj ET";

        Assert.Equal("two words", Assert.Single(await BlocksAsync(new PdfFile().Page(Content).ToArray())).Text);
    }

    [Fact]
    public async Task Read_PdfWithFootnote_KeepsItsNumberApart()
    {
        const string Content = "BT /F1 6 Tf 1 0 0 1 50 703 Tm (12) Tj /F1 10 Tf 1 0 0 1 56.8 700 Tm (See above, H) Tj /F1 6 Tf (2) Tj /F1 10 Tf (O.) Tj ET";

        Assert.Equal("12 See above, H2O.", Assert.Single(await BlocksAsync(new PdfFile().Page(Content).ToArray())).Text);
    }

    [Fact]
    public async Task Read_PdfWhosePagesHaveOnlyOneLine_KeepsIt()
    {
        var file = new PdfFile();
        for (var page = 1; page <= 5; page++)
            file.Page(PdfFile.Lines(50, 700, 10, $"Ticket {page}"));

        Assert.Equal(["Ticket 1", "Ticket 2", "Ticket 3", "Ticket 4", "Ticket 5"], (await BlocksAsync(file.ToArray())).Select(block => block.Text));
    }

    [Theory]
    [InlineData("utf-8", "Grüße, мир, 世界")]
    [InlineData("utf-16", "Grüße aus der Werkstatt")]
    [InlineData("utf-16BE", "Grüße aus der Werkstatt")]
    [InlineData("windows-1252", "Die Größe der Straße wird in Metern gemessen, und das für alle Häuser.")]
    [InlineData("koi8-r", "Мастерская открывается в восемь часов утра по будним дням, а по воскресеньям она закрыта.")]
    [InlineData("windows-1251", "Мастерская открывается в восемь часов утра по будним дням, а по воскресеньям она закрыта.")]
    [InlineData("shift_jis", "修理工場は平日の朝八時に開きます。日曜日と祝日は休業です。タイヤのパンクはその場で修理します。")]
    [InlineData("gb18030", "未使用的头盔可在两周内全额退款，运费由我们承担。修理店工作日早上八点开门，星期日和节假日不营业。")]
    public async Task Read_PlainText_OfAnyEncoding(string encoding, string text)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var bytes = Encoding.GetEncoding(encoding).GetBytes(text);

        Assert.Equal(text, Assert.Single(await BlocksAsync(bytes, "text/plain", "a.txt")).Text);
    }

    [Fact]
    public async Task Read_Markdown_GivesItsHeadings() => Assert.Equal(
        [new TextBlock(TextBlockKind.Heading, "Title", 1), new TextBlock(TextBlockKind.Paragraph, "Text.")],
        await BlocksAsync("# Title\n\nText."u8.ToArray(), null, "README.MD"));

    [Fact]
    public async Task Read_MislabelledFile_IsReadByItsContent() => Assert.Equal(
        "Inside.", Assert.Single(await BlocksAsync(new PdfFile().Page(PdfFile.Lines(50, 700, 10, "Inside.")).ToArray(), "text/plain", "a.txt")).Text);

    public static TheoryData<string, byte[], string> RefusedFiles => new()
    {
        { "empty", [], FileRefusalCodes.Empty },
        { "blank", "  \n\t\n"u8.ToArray(), FileRefusalCodes.Empty },
        { "image", [0x89, (byte)'P', (byte)'N', (byte)'G', 1, 2, 3], FileRefusalCodes.Unsupported },
        { "binary", [.. Enumerable.Range(0, 5_000).Select(number => (byte)(number * 7))], FileRefusalCodes.Unsupported },
        { "rtf", "{\\rtf1 text}"u8.ToArray(), FileRefusalCodes.Unsupported },
        { "scanned", new PdfFile().Page("").ToArray(), FileRefusalCodes.Empty },
        { "no pdf", "%PDF-1.7 and nothing else"u8.ToArray(), FileRefusalCodes.Damaged },
        { "encrypted", Encrypted(), FileRefusalCodes.Encrypted },
        { "forms that draw each other", RecursiveForms(), FileRefusalCodes.TooComplex },
    };

    [Theory]
    [MemberData(nameof(RefusedFiles), DisableDiscoveryEnumeration = true)]
    public async Task Read_HostileFile_IsRefused(string name, byte[] bytes, string code)
    {
        var text = await _reader.ReadAsync(new MemoryStream(bytes), null, null, TestContext.Current.CancellationToken);

        Assert.True(text.Refusal?.Code == code, $"{name}: {text.Refusal}");
        Assert.Empty(text.Blocks);
        Assert.EndsWith(".", text.Refusal!.Message, StringComparison.Ordinal);
    }

    // The reader leaves out a form that takes more than the memory of its process.
    [Fact]
    public async Task Read_PdfThatUnpacksTo300Megabytes_IsReadWithoutThemOrRefused()
    {
        var text = await _reader.ReadAsync(new MemoryStream(Bomb()), null, null, TestContext.Current.CancellationToken);

        Assert.True(text.Refusal is { Code: FileRefusalCodes.TooComplex } || text.Blocks.All(block => block.Text == "Inside."), $"{text.Refusal}");
    }

    [Fact]
    public async Task Read_TruncatedPdf_IsReadOrRefused()
    {
        var whole = new PdfFile().Page(PdfFile.Lines(50, 700, 10, "Inside.")).ToArray();
        foreach (var length in new[] { 20, 150, whole.Length / 2, whole.Length - 30 })
        {
            var text = await _reader.ReadAsync(new MemoryStream(whole[..length]), null, null, TestContext.Current.CancellationToken);

            Assert.True(text.Blocks.Count > 0 || text.Refusal is { Code: FileRefusalCodes.Damaged or FileRefusalCodes.Empty }, $"{length}: {text.Refusal}");
        }
    }

    [Fact]
    public async Task Read_LimitsOfSize_Refuse()
    {
        using var reader = new FileReader(new ExtractionLimits { InputBytes = 100_000, OutputBytes = 10_000 }, TimeProvider.System);
        var token = TestContext.Current.CancellationToken;
        var big = Encoding.ASCII.GetBytes(new string('x', 3_000_000));
        var text = Encoding.ASCII.GetBytes(string.Join("\n\n", Enumerable.Repeat("some text", 5_000)));

        Assert.Equal(FileRefusalCodes.TooLarge, (await reader.ReadAsync(new MemoryStream(big), null, null, token)).Refusal?.Code);
        Assert.Equal(FileRefusalCodes.TooLarge, (await reader.ReadAsync(new MemoryStream(text), null, null, token)).Refusal?.Code);
        Assert.Single((await reader.ReadAsync(new MemoryStream("fine"u8.ToArray()), null, null, token)).Blocks);
    }

    [Fact]
    public async Task Read_TimeThatIsOver_Refuses()
    {
        using var reader = new FileReader(new ExtractionLimits { Time = TimeSpan.Zero }, TimeProvider.System);

        var text = await reader.ReadAsync(new MemoryStream("text"u8.ToArray()), null, null, TestContext.Current.CancellationToken);

        Assert.Equal(FileRefusalCodes.TooComplex, text.Refusal?.Code);
    }

    [Fact]
    public async Task Read_MoreFilesThanMayWait_AreRefused()
    {
        using var reader = new FileReader(new ExtractionLimits { Waiting = 0 }, TimeProvider.System);
        var slow = new SlowStream();
        var first = reader.ReadAsync(slow, null, null, TestContext.Current.CancellationToken);

        var second = await reader.ReadAsync(new MemoryStream("text"u8.ToArray()), null, null, TestContext.Current.CancellationToken);
        slow.End.SetResult();

        Assert.Equal(FileRefusalCodes.Busy, second.Refusal?.Code);
        Assert.Equal(FileRefusalCodes.Empty, (await first).Refusal?.Code);
    }

    [Fact]
    public async Task Read_Cancelled_Stops()
    {
        using var stop = new CancellationTokenSource();
        var read = _reader.ReadAsync(new SlowStream(), null, null, stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read);
        Assert.Single((await _reader.ReadAsync(new MemoryStream("next"u8.ToArray()), null, null, TestContext.Current.CancellationToken)).Blocks);
    }

    private static byte[] Encrypted()
    {
        var key = new string('A', 64);
        return new PdfFile { Trailer = $"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{key}> /U <{key}> >> /ID [<00><00>]" }
            .Page(PdfFile.Lines(50, 700, 10, "Inside.")).ToArray();
    }

    private static byte[] RecursiveForms()
    {
        var file = new PdfFile();
        const string Form = "/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << /Font << /F1 3 0 R >> /XObject << /X {0} 0 R >> >>";
        var first = file.AddStream(Form.Replace("{0}", "5", StringComparison.Ordinal), "/X Do"u8.ToArray());
        file.AddStream(Form.Replace("{0}", $"{first}", StringComparison.Ordinal), "/X Do"u8.ToArray());
        return file.Page("/X Do", $"/XObject << /X {first} 0 R >>").ToArray();
    }

    private static byte[] Bomb()
    {
        var file = new PdfFile().Page(PdfFile.Lines(50, 700, 10, "Inside."));
        var blanks = new byte[300_000_000];
        blanks.AsSpan().Fill((byte)' ');
        var form = file.AddStream("/Type /XObject /Subtype /Form /BBox [0 0 600 800]", blanks, isCompressed: true);
        return file.Page("/X Do", $"/XObject << /X {form} 0 R >>").ToArray();
    }

    private async Task<IReadOnlyList<TextBlock>> BlocksAsync(byte[] bytes, string? contentType = null, string? fileName = null)
    {
        var text = await _reader.ReadAsync(new MemoryStream(bytes), contentType, fileName, TestContext.Current.CancellationToken);
        Assert.Null(text.Refusal);
        return text.Blocks;
    }

    /// <summary>A stream that gives nothing until it is told to end.</summary>
    private sealed class SlowStream : MemoryStream
    {
        public TaskCompletionSource End { get; } = new();

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await End.Task.WaitAsync(cancellationToken);
            return 0;
        }
    }
}
