using System.IO.Compression;
using System.Text;

namespace ChatBotKit.Server.Tests.Knowledge;

/// <summary>Writes ZIP files, and the small office documents and books in them that tests read.</summary>
internal sealed class Package
{
    private const string Relationships = "http://schemas.openxmlformats.org/package/2006/relationships";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Types = "application/vnd.openxmlformats-officedocument.";

    private readonly List<(string Path, Action<Stream> Write)> _entries = [];
    private readonly List<(string Path, string Type)> _parts = [];
    private readonly Dictionary<string, List<string>> _links = new(StringComparer.Ordinal);

    public Package Add(string path, string text) => Add(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    public Package Add(string path, Action<Stream> write)
    {
        _entries.Add((path, write));
        return this;
    }

    public Package Part(string path, string type, string xml, string? from = null, string? relation = null, string? id = null) =>
        Part(path, type, stream => stream.Write(Encoding.UTF8.GetBytes(xml)), from, relation, id);

    /// <summary>Adds a part of an office document, and the link to it.</summary>
    public Package Part(string path, string type, Action<Stream> write, string? from = null, string? relation = null, string? id = null)
    {
        _parts.Add((path, Types + type));
        var folder = from is null ? "" : Path.GetDirectoryName(from) + "/";
        var target = from is null ? path : Path.GetRelativePath(folder, path);
        Link(from, relation ?? "officeDocument", target, id);
        return Add(path, write);
    }

    public Package Link(string? from, string relation, string target, string? id = null, bool isExternal = false)
    {
        var file = from is null ? "_rels/.rels" : $"{Path.GetDirectoryName(from)}/_rels/{Path.GetFileName(from)}.rels";
        if (!_links.TryGetValue(file, out var links))
            _links[file] = links = [];
        links.Add($"""<Relationship Id="{id ?? $"l{links.Count}"}" Type="{Office}/{relation}" Target="{target}" {(isExternal ? "TargetMode=\"External\"" : "")}/>""");
        return this;
    }

    public byte[] ToArray(CompressionLevel level = CompressionLevel.Fastest)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            if (_parts.Count > 0)
                Write(zip, "[Content_Types].xml", ContentTypes(), level);
            foreach (var (path, links) in _links)
                Write(zip, path, $"""<Relationships xmlns="{Relationships}">{string.Concat(links)}</Relationships>""", level);
            foreach (var (path, write) in _entries)
            {
                using var stream = zip.CreateEntry(path, level).Open();
                write(stream);
            }
        }

        return file.ToArray();
    }

    /// <summary>Returns a Word document with this body.</summary>
    public static Package Word(string body) => new Package().Part(
        "word/document.xml", "wordprocessingml.document.main+xml", $"<w:document {WordNames}><w:body>{body}</w:body></w:document>");

    /// <summary>The namespaces of a part of a Word document.</summary>
    public const string WordNames = """
        xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
        xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml"
        """;

    /// <summary>Returns a paragraph of a Word document.</summary>
    public static string P(string text, string properties = "") =>
        $"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>";

    /// <summary>Returns a presentation with these slides; each is the shapes and its notes.</summary>
    public static Package Slides(params (string Shapes, string? Notes)[] slides)
    {
        const string Main = "ppt/presentation.xml";
        const string Names = """
            xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
            xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"
            """;
        // The ids are against the order of the files, which does not count.
        var ids = string.Concat(slides.Index().Select(slide => $"""<p:sldId id="{256 + slide.Index}" r:id="s{slide.Index}"/>"""));
        var file = new Package().Part(Main, "presentationml.presentation.main+xml", $"<p:presentation {Names}><p:sldIdLst>{ids}</p:sldIdLst></p:presentation>");
        foreach (var (index, (shapes, notes)) in slides.Index().Reverse())
        {
            var path = $"ppt/slides/slide{slides.Length - index}.xml";
            var show = shapes.StartsWith("<hidden/>", StringComparison.Ordinal) ? "show=\"0\"" : "";
            file.Part(
                path, "presentationml.slide+xml",
                $"<p:sld {Names} {show}><p:cSld><p:spTree>{shapes.Replace("<hidden/>", "", StringComparison.Ordinal)}</p:spTree></p:cSld></p:sld>", Main, "slide", $"s{index}");
            if (notes is not null)
            {
                file.Part(
                    $"ppt/notesSlides/notes{index}.xml", "presentationml.notesSlide+xml",
                    $"<p:notes {Names}><p:cSld><p:spTree>{notes}</p:spTree></p:cSld></p:notes>", path, "notesSlide");
            }
        }

        return file;
    }

    /// <summary>Returns a shape of a slide.</summary>
    public static string Shape(string? placeholder, params string[] lines) => $"""
        <p:sp><p:nvSpPr><p:nvPr>{(placeholder is null ? "" : $"<p:ph type=\"{placeholder}\"/>")}</p:nvPr></p:nvSpPr>
        <p:txBody>{string.Concat(lines.Select(line => $"<a:p><a:r><a:t>{line}</a:t></a:r></a:p>"))}</p:txBody></p:sp>
        """;

    /// <summary>Returns a workbook with these sheets; each is its name, its rows of cells, and its state.</summary>
    public static Package Workbook(params (string Name, string Rows, string State)[] sheets)
    {
        const string Main = "xl/workbook.xml";
        const string Names = """
            xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"
            """;
        var list = string.Concat(sheets.Index().Select(sheet =>
            $"""<sheet name="{sheet.Item.Name}" sheetId="{sheet.Index + 1}" r:id="s{sheet.Index}" state="{sheet.Item.State}"/>"""));
        var file = new Package().Part(Main, "spreadsheetml.sheet.main+xml", $"<workbook {Names}><sheets>{list}</sheets></workbook>");
        file.Part("xl/styles.xml", "spreadsheetml.styles+xml", $"""
            <styleSheet {Names}><cellXfs><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="10" applyNumberFormat="1"/>
            <xf numFmtId="20" applyNumberFormat="1"/></cellXfs></styleSheet>
            """, Main, "styles");
        foreach (var (index, sheet) in sheets.Index())
        {
            file.Part(
                $"xl/worksheets/sheet{index}.xml", "spreadsheetml.worksheet+xml",
                $"<worksheet {Names}><sheetData>{sheet.Rows}</sheetData></worksheet>", Main, "worksheet", $"s{index}");
        }

        return file;
    }

    /// <summary>Returns a row of a sheet. A value with <c>#</c> and a number before it has that style; other values are texts.</summary>
    public static string Row(params string[] cells) => $"<row>{string.Concat(cells.Select(cell => cell.StartsWith('#')
        ? $"<c s=\"{cell[1]}\"><v>{cell[2..]}</v></c>"
        : $"<c t=\"inlineStr\"><is><t>{cell}</t></is></c>"))}</row>";

    /// <summary>Returns an OpenDocument text with this content.</summary>
    public static Package OpenDocument(string body, string kind = "text", string start = "") => new Package()
        .Add("mimetype", $"application/vnd.oasis.opendocument.{kind}")
        .Add("content.xml", $"""
            {start}<office:document-content xmlns:office="urn:o" xmlns:text="urn:t" xmlns:table="urn:b" xmlns:draw="urn:d" xmlns:svg="urn:s"><office:body><office:text>{body}</office:text></office:body></office:document-content>
            """);

    /// <summary>Returns a book with these chapters, which are named in the spine against the order of their names.</summary>
    public static Package Book(string title, params string[] chapters)
    {
        var file = new Package()
            .Add("mimetype", "application/epub+zip")
            .Add("META-INF/container.xml", """<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>""")
            .Add("OEBPS/book.opf", $"""
                <package xmlns:dc="urn:dc"><metadata><dc:title>{title}</dc:title></metadata><manifest>
                {string.Concat(chapters.Index().Select(one => $"<item id=\"c{one.Index}\" href=\"text/{chapters.Length - one.Index}%20.xhtml\" media-type=\"application/xhtml+xml\"/>"))}
                </manifest><spine>{string.Concat(chapters.Index().Select(one => $"<itemref idref=\"c{one.Index}\"/>"))}</spine></package>
                """);
        foreach (var (index, chapter) in chapters.Index())
            file.Add($"OEBPS/text/{chapters.Length - index} .xhtml", chapter);
        return file;
    }

    private string ContentTypes() => $"""
        <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
        <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>
        {string.Concat(_parts.Select(part => $"<Override PartName=\"/{part.Path}\" ContentType=\"{part.Type}\"/>"))}</Types>
        """;

    private static void Write(ZipArchive zip, string path, string text, CompressionLevel level)
    {
        using var stream = zip.CreateEntry(path, level).Open();
        stream.Write(Encoding.UTF8.GetBytes(text));
    }
}
