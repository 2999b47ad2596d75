using System.Text;
using ChatBotKit.Server.Knowledge;

namespace ChatBotKit.Server.Tests.Knowledge;

/// <summary>The text of tables, mails and books, and which reader reads which file.</summary>
public sealed class OtherFileTests
{
    [Theory]
    [InlineData("Name,Price\nLamp,3\n\"Chair, \"\"old\"\"\",\n")]
    [InlineData("Name;Price\r\nLamp;3\r\n\"Chair, \"\"old\"\"\"\r\n")]
    [InlineData("Name\tPrice\nLamp\t3\n\n\"Chair, \"\"old\"\"\"")]
    [InlineData("Name|Price\nLamp|3\n\"Chair, \"\"old\"\"\"|")]
    public void Csv_EachRowIsARecord_WithTheHeaderBesideEachValue(string text) => Assert.Equal(
        [new TextBlock(TextBlockKind.Record, "Name: Lamp | Price: 3"), new TextBlock(TextBlockKind.Record, "Name: Chair, \"old\"")],
        Read(Encoding.UTF8.GetBytes(text), null, "prices.csv"));

    [Fact]
    public void Csv_WithoutHeader_KeepsItsRows() =>
        Assert.Equal(["1 | a", "2 | b"], Read("1,a\n2,b"u8.ToArray(), "text/csv; charset=utf-8", null).Select(block => block.Text));

    [Fact]
    public void Csv_WithOneColumn_KeepsItsHeader() =>
        Assert.Equal(["City: Berlin", "City: Rome"], Read("City\nBerlin\nRome"u8.ToArray(), null, "a.csv").Select(block => block.Text));

    [Fact]
    public void Csv_RowsAreChunksOfTheirOwn() => Assert.Equal(
        ["Name: Lamp | Price: 3", "Name: Chair | Price: 4"],
        TextChunks.Of(Read("Name,Price\nLamp,3\nChair,4"u8.ToArray(), null, "a.csv")).Select(chunk => chunk.Text));

    private const string Mail = """
        Received: from example.com
        From: Ada <ada@example.com>
        To: shop@example.com
        Date: Mon, 02 Mar 2026 10:00:00 +0100
        Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary=b

        --b
        Content-Type: multipart/alternative; boundary=c

        --c
        Content-Type: text/plain; charset=utf-8

        PLAIN
        --c
        Content-Type: text/html; charset=utf-8

        <p>The <b>text</b>.</p>
        --c--
        --b
        Content-Type: application/pdf; name="bill.pdf"
        Content-Disposition: attachment; filename="bill.pdf"

        xxx
        --b--
        """;

    [Theory]
    [InlineData("Plain text.\r\n\r\nSecond.", new[] { "Plain text.", "Second." })]
    [InlineData("", new[] { "The text." })]
    public void Mail_HasItsTextOnce(string plain, string[] expected)
    {
        var bytes = Encoding.UTF8.GetBytes(Mail.Replace("PLAIN", plain, StringComparison.Ordinal));

        var blocks = Read(bytes, null, null);

        Assert.Equal(new TextBlock(TextBlockKind.Heading, "Grüße", 1), blocks[0]);
        Assert.Equal("From: \"Ada\" <ada@example.com>\nTo: shop@example.com\nDate: 2026-03-02 10:00 +01:00", blocks[1].Text);
        Assert.Equal([.. expected, "Attachments: bill.pdf"], blocks.Skip(2).Select(block => block.Text));
    }

    /// <summary>The file was written in the format of Excel 97, by another library. It has a hidden sheet.</summary>
    [Fact]
    public void OldWorkbook_IsReadAsANewOne() => Assert.Equal(
        [
            new TextBlock(TextBlockKind.Heading, "Prices", 1),
            new TextBlock(TextBlockKind.Record, "Plant: Orchid | Price: 12.5 | Since: 2024-03-01 | Sold: True"),
            new TextBlock(TextBlockKind.Record, "Plant: Роза | Price: 3 | Since: 2023-11-30 | Sold: False"),
            new TextBlock(TextBlockKind.Heading, "Notes", 1), new TextBlock(TextBlockKind.Paragraph, "Water twice a week"),
        ],
        Read(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Knowledge", "Extraction", "Files", "prices.xls")), "application/pdf", "a.pdf"));

    [Fact]
    public void SavedPage_IsReadAsItsPage()
    {
        var page = """
            From: <Saved by a browser>
            Subject: Orchids
            MIME-Version: 1.0
            Content-Type: multipart/related; type="text/html"; boundary=b

            --b
            Content-Type: text/html; charset=utf-8
            Content-Transfer-Encoding: quoted-printable
            Content-Location: https://shop.example/orchids

            <html><body><article><h1>Care</h1><p>Orchids need w=C3=A4rme.</p></article></body></html>
            --b
            Content-Type: image/png
            Content-Location: https://shop.example/orchid.png
            Content-Transfer-Encoding: base64

            iVBORw0KGgo=
            --b--
            """;

        var blocks = Read(Encoding.UTF8.GetBytes(page), "application/octet-stream", "orchids.mht");

        Assert.Equal(["Orchids", "Care", "Orchids need wärme."], blocks.Select(block => block.Text));
    }

    [Fact]
    public void Text_ThatBeginsLikeAMail_IsText() =>
        Assert.Equal("From: here to there\nSubject: all", Assert.Single(Read("From: here to there\nSubject: all"u8.ToArray(), "text/plain", "a.txt")).Text);

    [Fact]
    public void Book_IsReadInTheOrderOfItsSpine() => Assert.Equal(
        [
            new TextBlock(TextBlockKind.Heading, "Orchids", 1), new TextBlock(TextBlockKind.Heading, "One", 2), new TextBlock(TextBlockKind.Paragraph, "First."),
            new TextBlock(TextBlockKind.Paragraph, "Second."),
        ],
        Read(Package.Book("Orchids", "<html><body><h1>One</h1><p>First.</p></body></html>", "<html><body><p>Second.</p></body></html>").ToArray(), null, null));

    [Fact]
    public void Book_ThatIsProtected_IsRefused_ButNotForItsFonts()
    {
        static Package Protected(string path) => Package.Book("A", "<p>First.</p>").Add(
            "META-INF/encryption.xml", $"""<encryption><EncryptedData><CipherData><CipherReference URI="{path}"/></CipherData></EncryptedData></encryption>""");

        Assert.Equal(2, Read(Protected("OEBPS/font.otf").ToArray(), null, null).Count);
        AssertRefused(FileRefusalCodes.Encrypted, "protected", Protected("OEBPS/text/1%20.xhtml").ToArray());
    }

    [Fact]
    public void NameAndTypeThatAreWrong_DoNotCount()
    {
        Assert.Equal("Word.", Assert.Single(Read(Package.Word(Package.P("Word.")).ToArray(), "text/plain", "a.txt")).Text);
        Assert.Equal("Book.", Read(Package.Book("A", "<p>Book.</p>").ToArray(), "application/zip", "a.pdf")[^1].Text);
        AssertRefused(FileRefusalCodes.Unsupported, "a program", [(byte)'M', (byte)'Z', 0x90, 0, 3, 0, 0, 0, .. "%PDF-1.4"u8], "application/pdf", "a.pdf");
    }

    public static TheoryData<string, string, byte[]> Refused => new()
    {
        { FileRefusalCodes.Unsupported, "an archive, which can't be read. Unpack it", new Package().Add("a.txt", "text").ToArray() },
        { FileRefusalCodes.Unsupported, "Pages, Numbers or Keynote", new Package().Add("Index/Document.iwa", "x").ToArray() },
        { FileRefusalCodes.Unsupported, "XLSB", new Package().Add("[Content_Types].xml", "<Types/>").Add("xl/workbook.bin", "x").ToArray() },
        { FileRefusalCodes.Unsupported, "ODS", Package.OpenDocument("", "spreadsheet").ToArray() },
        { FileRefusalCodes.Unsupported, "ODP", Package.OpenDocument("", "presentation").ToArray() },
        { FileRefusalCodes.Unsupported, "Save it as DOCX", Older("WordDocument") },
        { FileRefusalCodes.Unsupported, "Save it as PPTX", Older("PowerPoint Document") },
        { FileRefusalCodes.Unsupported, "MSG", Older("__properties_version1.0") },
        { FileRefusalCodes.Unsupported, "older program", Older("Contents") },
        { FileRefusalCodes.Unsupported, "Save it as DOCX", "{\\rtf1 text}"u8.ToArray() },
        { FileRefusalCodes.Unsupported, "a TIFF image", [(byte)'I', (byte)'I', 0x2A, 0, 8, 0, 0, 0] },
        { FileRefusalCodes.Unsupported, "a compressed archive", [0x1F, 0x8B, 8, 0, 0, 0] },
        { FileRefusalCodes.Encrypted, "password", Older("EncryptedPackage") },
        { FileRefusalCodes.Encrypted, "password", EncryptedEntry() },
        {
            FileRefusalCodes.Encrypted, "password", Package.OpenDocument("<text:p>x</text:p>")
                .Add("META-INF/manifest.xml", "<manifest><file-entry><encryption-data/></file-entry></manifest>").ToArray()
        },
    };

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public void FileOfAnotherKind_IsRefusedByItsName(string code, string message, byte[] bytes) => AssertRefused(code, message, bytes, "application/pdf", "a.pdf");

    private static void AssertRefused(string code, string message, byte[] bytes, string? contentType = null, string? name = null)
    {
        var refusal = Assert.Throws<FileRefusedException>(() => Read(bytes, contentType, name));
        Assert.Equal(code, refusal.Code);
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>Returns the beginning of a compound file, with a stream of this name in its directory.</summary>
    private static byte[] Older(string stream) =>
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[1000], .. Encoding.Unicode.GetBytes($"{stream}\0"), .. new byte[500]];

    /// <summary>Returns an archive whose entry has the mark of encryption, in its header and in the directory.</summary>
    private static byte[] EncryptedEntry()
    {
        var bytes = new Package().Add("a.txt", "text").ToArray();
        bytes[6] |= 1;
        bytes[bytes.AsSpan().IndexOf("PK\u0001\u0002"u8) + 8] |= 1;
        return bytes;
    }

    private static List<TextBlock> Read(byte[] bytes, string? contentType, string? name) => [.. FileFormats.Read(bytes, new ExtractionRequest(contentType, name))];
}
