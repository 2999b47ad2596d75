using System.Globalization;
using System.Text;
using ChatBotKit.Server.Knowledge;

namespace ChatBotKit.Server.Tests.Knowledge;

/// <summary>A file that is meant to do harm, or is broken.</summary>
/// <param name="Name">The name of the case.</param>
/// <param name="FileName">The name of the file.</param>
/// <param name="Make">Makes the file.</param>
/// <param name="Codes">The codes with which it may be refused; empty if it has to be read.</param>
/// <param name="MayBeRead">Whether it may be read.</param>
internal sealed record HostileFile(string Name, string FileName, Func<byte[]> Make, string[] Codes, bool MayBeRead = false)
{
    public override string ToString() => Name;
}

/// <summary>Makes files of which each must be refused, or read, in bounded time and memory.</summary>
internal static class HostileFiles
{
    private const int Depth = 200_000;
    private const int Unpacked = 300 * 1024 * 1024;

    private const string Laughs = """
        <!DOCTYPE x [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">
        <!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;"><!ENTITY f "&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;">
        <!ENTITY g "&f;&f;&f;&f;&f;&f;&f;&f;&f;&f;"><!ENTITY h "&g;&g;&g;&g;&g;&g;&g;&g;&g;&g;">]>
        """;

    private const string OddName = "../../etc/passwd\0\n\r\t\"'<>|?*:\\ \u202E\uFEFF\uD83E\uDD8A-ünï.docx";

    private static readonly string[] TooLarge = [FileRefusalCodes.TooLarge];
    private static readonly string[] TooComplex = [FileRefusalCodes.TooComplex];
    private static readonly string[] Broken = [FileRefusalCodes.Damaged, FileRefusalCodes.Empty, FileRefusalCodes.Unsupported];

    public static IEnumerable<HostileFile> All => [.. Bombs(), .. Nested(), .. Entities(), .. Lies(), .. Cut(), .. Many(), .. Long(), .. Odd()];

    private static IEnumerable<HostileFile> Bombs() =>
    [
        new("bomb in DOCX", "a.docx", () => Package.Word("").Add("word/media/x.xml", Blanks).ToArray(), TooLarge),
        new("bomb in XLSX", "a.xlsx", () => Package.Workbook(("A", Package.Row("a"), "visible")).Add("xl/sharedStrings.xml", Blanks).ToArray(), TooLarge),
        new("bomb in EPUB", "a.epub", () => Package.Book("A").Add("OEBPS/text/1 .xhtml", Blanks).ToArray(), TooLarge),
        new("bomb in ODT", "a.odt", () => Package.OpenDocument("").Add("Pictures/x.png", Blanks).ToArray(), TooLarge),
        new("bomb in the document of a DOCX", "a.docx", () => new Package().Part(
            "word/document.xml", "wordprocessingml.document.main+xml", Repeated("<w:document xmlns:w=\"w\"><w:body>", "<w:p><w:r><w:t>x</w:t></w:r></w:p>", 8_000_000, "</w:body></w:document>")).ToArray(), TooLarge),
    ];

    private static IEnumerable<HostileFile> Nested() =>
    [
        new("nested DOCX", "a.docx", () => Package.Word(Nest("w:p")).ToArray(), Broken, MayBeRead: true),
        new("nested tables in DOCX", "a.docx", () => Package.Word(Nest("w:tbl><w:tr><w:tc", "w:tc></w:tr></w:tbl")).ToArray(), Broken, MayBeRead: true),
        new("nested PPTX", "a.pptx", () => Package.Slides((Nest("a:p"), null)).ToArray(), Broken, MayBeRead: true),
        new("nested XLSX", "a.xlsx", () => Package.Workbook(("A", Nest("row"), "visible")).ToArray(), [.. Broken, .. TooComplex], MayBeRead: true),
        new("nested ODT", "a.odt", () => Package.OpenDocument(Nest("text:p")).ToArray(), Broken, MayBeRead: true),
        new("nested EPUB", "a.epub", () => Package.Book("A", $"<html><body>{Nest("div")}").ToArray(), TooComplex),
        new("nested HTML", "a.html", () => Encoding.UTF8.GetBytes($"<html>{Nest("div")}"), TooComplex),
        new("nested EML", "a.eml", NestedMail, [.. Broken, .. TooComplex], MayBeRead: true),
    ];

    private static IEnumerable<HostileFile> Entities() =>
    [
        new("entities in DOCX", "a.docx", () => new Package().Part(
            "word/document.xml", "wordprocessingml.document.main+xml", $"{Laughs}<w:document {Package.WordNames}><w:body>{Package.P("&h;")}</w:body></w:document>").ToArray(), Broken),
        new("entities in ODT", "a.odt", () => Package.OpenDocument("<text:p>&h;</text:p>", start: Laughs.Trim()).ToArray(), Broken),
        new("entities in EPUB", "a.epub", () => new Package().Add("mimetype", "application/epub+zip")
            .Add("META-INF/container.xml", $"{Laughs}<container><rootfile full-path=\"&h;\"/></container>").ToArray(), Broken),
        new("entity of a file in ODT", "a.odt", () => Package.OpenDocument(
            "<text:p>&x;</text:p>", start: "<!DOCTYPE x [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>").ToArray(), Broken),
    ];

    private static IEnumerable<HostileFile> Lies()
    {
        yield return new("ZIP with a size that is too small", "a.docx", () => WithSize(10), Broken, MayBeRead: true);
        yield return new("ZIP with a size that is too large", "a.docx", () => WithSize(0x7FFFFFF0), Broken, MayBeRead: true);
        yield return new("ZIP with paths that lead outside", "a.epub", () => new Package()
            .Add("mimetype", "application/epub+zip").Add("META-INF/container.xml", """<container><rootfile full-path="a.opf"/></container>""")
            .Add("a.opf", """<package><manifest><item id="a" href="../../../../etc/passwd" media-type="text/html"/></manifest><spine><itemref idref="a"/></spine></package>""")
            .Add("../../../../etc/cron.d/x", "x").ToArray(), Broken);

        // The size is in the directory 24 bytes after the start of an entry.
        static byte[] WithSize(int size)
        {
            var bytes = Package.Word(string.Concat(Enumerable.Repeat(Package.P("Some text"), 1_000))).ToArray();
            for (var at = 0; (at = bytes.AsSpan(at).IndexOf("PK\u0001\u0002"u8) is >= 0 and var next ? at + next : -1) >= 0; at += 4)
                BitConverter.TryWriteBytes(bytes.AsSpan(at + 24), size);
            return bytes;
        }
    }

    private static IEnumerable<HostileFile> Cut()
    {
        yield return new("empty", "a.docx", () => [], Broken);
        yield return new("empty ZIP", "a.docx", () => new Package().ToArray(), Broken);
        yield return new("DOCX without a document", "a.docx", () => new Package().Add("[Content_Types].xml", "<Types/>").Add("word/x.xml", "<x/>").ToArray(), Broken);
        (string Name, Func<byte[]> Make)[] whole =
        [
            ("a.docx", () => Package.Word(Package.P("Some text")).ToArray()), ("a.pptx", () => Package.Slides((Package.Shape(null, "Some text"), null)).ToArray()),
            ("a.xlsx", () => Package.Workbook(("A", Package.Row("Some", "text"), "visible")).ToArray()),
            ("a.epub", () => Package.Book("A", "<p>Some text</p>").ToArray()), ("a.odt", () => Package.OpenDocument("<text:p>Some text</text:p>").ToArray()),
            ("a.eml", () => Encoding.ASCII.GetBytes("From: a@example.com\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nSome text")),
        ];
        foreach (var (name, make) in whole)
        {
            foreach (var part in new[] { 0.05, 0.5, 0.95 })
            {
                yield return new(
                    string.Create(CultureInfo.InvariantCulture, $"{part:P0} of {name}"), name, () => make() is var bytes ? bytes[..(int)(bytes.Length * part)] : [], Broken, MayBeRead: true);
            }
        }
    }

    private static IEnumerable<HostileFile> Many() =>
    [
        new("10,000 pages", "a.pdf", () => Enumerable.Range(0, 10_000).Aggregate(
            new PdfFile(), (file, page) => file.Page(PdfFile.Lines(50, 700, 10, $"Page number {page}"))).ToArray(), [.. TooLarge, .. TooComplex], MayBeRead: true),
        new("10,000 slides", "a.pptx", () => Package.Slides([.. Enumerable.Repeat((Package.Shape("title", "Slide"), (string?)null), 10_000)]).ToArray(), TooComplex),
        new("4,000 slides", "a.pptx", () => Package.Slides([.. Enumerable.Repeat((Package.Shape("title", "Slide"), (string?)null), 4_000)]).ToArray(), TooComplex, MayBeRead: true),
        new("10,000 sheets", "a.xlsx", () => Package.Workbook(
            [.. Enumerable.Range(0, 10_000).Select(sheet => ($"S{sheet}", Package.Row("a"), "visible"))]).ToArray(), TooComplex),
        new("a row at the end of a sheet", "a.xlsx", () => Package.Workbook(
            ("A", """<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>far</t></is></c></row>""", "visible")).ToArray(), TooComplex, MayBeRead: true),
        new("a million rows of CSV", "a.csv", () => Encoding.ASCII.GetBytes(
            string.Concat(Enumerable.Range(0, 1_000_000).Select(row => $"{row},text of row {row}\n").Prepend("number,text\n"))), TooLarge),
        new("100,000 entries", "a.docx", () => Enumerable.Range(0, 100_000).Aggregate(
            Package.Word(Package.P("x")), (file, entry) => file.Add($"word/{entry}", "")).ToArray(), TooComplex),
    ];

    private static IEnumerable<HostileFile> Long() =>
    [
        new("a cell of 40 MB in CSV", "a.csv", () => Encoding.ASCII.GetBytes($"a,b\n1,\"{new string('x', 40_000_000)}\"\n"), [.. TooLarge, .. TooComplex]),
        new("a cell of 50 MB in XLSX", "a.xlsx", () => Package.Workbook(("A", Package.Row("a", new string('x', 50_000_000)), "visible")).ToArray(), [.. TooLarge, .. TooComplex]),
        new("a paragraph of 15 MB", "a.docx", () => Package.Word(Package.P(Noise(15_000_000))).ToArray(), [.. TooLarge, .. TooComplex], MayBeRead: true),
        new("7 MB of text", "a.txt", () => Words(6_500_000), [], MayBeRead: true),
        new("19 MB of text", "a.txt", () => Words(19_000_000), TooLarge),
        new("a heading of 5 MB above many lines", "a.md", () => Encoding.ASCII.GetBytes($"# {Noise(5_000_000)}\n\n{string.Concat(Enumerable.Repeat("text\n\n", 5_000))}"), TooLarge, MayBeRead: true),
        new("a header of 1 MB above many rows", "a.csv", () => Encoding.ASCII.GetBytes($"a,{Noise(1_000_000)}\n{string.Concat(Enumerable.Repeat("x,y\n", 10_000))}"), TooLarge),
    ];

    private static IEnumerable<HostileFile> Odd() =>
    [
        new("a name with odd characters", OddName, () => Package.Word(Package.P("Some text")).ToArray(), [], MayBeRead: true),
        new("a long name", new string('n', 100_000) + ".md", () => "text"u8.ToArray(), [], MayBeRead: true),
        new("entries with odd names", "a.docx", () => Package.Word(Package.P("Some text")).Add("word/\u202E\uD83E\uDD8A ../x", "x").Add("word/document.xml", "twice").ToArray(), Broken, MayBeRead: true),
    ];

    private static void Blanks(Stream stream)
    {
        var block = new byte[1024 * 1024];
        block.AsSpan().Fill((byte)' ');
        for (var written = 0; written < Unpacked; written += block.Length)
            stream.Write(block);
    }

    private static Action<Stream> Repeated(string start, string middle, int count, string end) => stream =>
    {
        stream.Write(Encoding.UTF8.GetBytes(start));
        var many = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(middle, 1_000)));
        for (var i = 0; i < count / 1_000; i++)
            stream.Write(many);
        stream.Write(Encoding.UTF8.GetBytes(end));
    };

    /// <summary>Returns elements in elements; unclosed for HTML, where that is the same.</summary>
    private static string Nest(string element, string? end = null) => element == "div"
        ? string.Concat(Enumerable.Repeat("<div>", Depth)) + "text"
        : string.Concat(Enumerable.Repeat($"<{element}>", Depth)) + string.Concat(Enumerable.Repeat($"</{end ?? element}>", Depth));

    private static byte[] NestedMail()
    {
        var mail = new StringBuilder("From: a@example.com\r\nMIME-Version: 1.0\r\nSubject: Outer\r\n");
        for (var i = 0; i < 1_000; i++)
            mail.Append(CultureInfo.InvariantCulture, $"Content-Type: multipart/mixed; boundary=b{i}\r\n\r\n--b{i}\r\nContent-Type: message/rfc822\r\n\r\nFrom: a@example.com\r\nSubject: {i}\r\nMIME-Version: 1.0\r\n");
        return Encoding.ASCII.GetBytes(mail.Append("Content-Type: text/plain\r\n\r\nInner.\r\n").ToString());
    }

    private static byte[] Words(int length) =>
        Encoding.ASCII.GetBytes(string.Join("\n\n", Noise(length).Chunk(1_000).Select(letters => string.Join(' ', letters.Chunk(6).Select(word => new string(word))))));

    /// <summary>Returns letters that can't be compressed, the same ones each time.</summary>
    private static string Noise(int length)
    {
        var random = new Random(7);
        return string.Create(length, random, (text, source) =>
        {
            foreach (ref var c in text)
                c = (char)('a' + source.Next(26));
        });
    }
}
