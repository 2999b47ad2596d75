using ChatBotKit.Server.Knowledge;
using static ChatBotKit.Server.Tests.Knowledge.Package;

namespace ChatBotKit.Server.Tests.Knowledge;

/// <summary>The text of office documents.</summary>
public sealed class OfficeFileTests
{
    [Fact]
    public void Word_HeadingsFollowFromStyles()
    {
        var file = Word(P("Manual", """<w:pStyle w:val="Titel"/>""") + P("Care", """<w:pStyle w:val="berschrift2"/>""")
                + P("Text.") + P("Derived", """<w:pStyle w:val="Own"/>""") + P("Direct", """<w:outlineLvl w:val="2"/>"""))
            .Part("word/styles.xml", "wordprocessingml.styles+xml", $"""
                <w:styles {WordNames}><w:style w:styleId="Titel"><w:name w:val="Title"/></w:style>
                <w:style w:styleId="berschrift2"><w:name w:val="heading 2"/></w:style>
                <w:style w:styleId="Own"><w:name w:val="Own"/><w:basedOn w:val="berschrift2"/></w:style></w:styles>
                """, "word/document.xml", "styles");

        Assert.Equal(
            [
                new TextBlock(TextBlockKind.Heading, "Manual", 1), new TextBlock(TextBlockKind.Heading, "Care", 2), new TextBlock(TextBlockKind.Paragraph, "Text."),
                new TextBlock(TextBlockKind.Heading, "Derived", 2), new TextBlock(TextBlockKind.Heading, "Direct", 3),
            ],
            Read(file));
    }

    [Fact]
    public void Word_TabsBreaksAndLists_AreKept() => Assert.Equal(
        [
            new TextBlock(TextBlockKind.Paragraph, "a\tb\nc-d"),
            new TextBlock(TextBlockKind.Paragraph, "- item"),
            new TextBlock(TextBlockKind.Paragraph, "no item"),
        ],
        Read(Word("""<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t></w:r></w:p>"""
            + P("item", """<w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>""") + P("no item", """<w:numPr><w:numId w:val="0"/></w:numPr>"""))));

    [Fact]
    public void Word_TextThatIsNotShown_IsLeftOut() => Assert.Equal(
        "keep all",
        Assert.Single(Read(Word("""
            <w:p><w:r><w:t>keep </w:t></w:r><w:del><w:r><w:delText>deleted</w:delText><w:t>deleted</w:t></w:r></w:del><w:moveFrom><w:r><w:t>moved</w:t></w:r></w:moveFrom>
            <w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:ins><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>all</w:t></w:r></w:ins></w:p>
            """))).Text);

    [Fact]
    public void Word_TablesBecomeRows()
    {
        static string Cell(string content) => $"<w:tc>{content}</w:tc>";
        var table = $"""
            <w:tbl><w:tr>{Cell(P("Wind"))}{Cell(P("Speed"))}{Cell(P(""))}</w:tr>
            <w:tr><w:trPr><w:del/></w:trPr>{Cell(P("deleted"))}</w:tr>
            <w:tr>{Cell(P("weak") + P("or none"))}{Cell($"<w:tbl><w:tr>{Cell(P("4"))}{Cell(P("knots"))}</w:tr></w:tbl>")}{Cell(P("x"))}</w:tr></w:tbl>
            """;

        Assert.Equal(
            [
                new TextBlock(TextBlockKind.TableRow, "Wind | Speed | "), new TextBlock(TextBlockKind.TableRow, "weak or none | 4 knots | x"),
                new TextBlock(TextBlockKind.Paragraph, "After."),
            ],
            Read(Word(table + P("After."))));
    }

    [Fact]
    public void Word_TextBox_IsReadOnce()
    {
        const string Box = "<w:txbxContent><w:p><w:r><w:t>In the box.</w:t></w:r></w:p></w:txbxContent>";

        Assert.Equal(
            ["In the box.", "Around it."],
            Read(Word($"<w:p><w:r><w:t>Around </w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><wps:txbx>{Box}</wps:txbx></mc:Choice>"
                + $"<mc:Fallback><v:textbox>{Box}</v:textbox></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>it.</w:t></w:r></w:p>")).Select(block => block.Text));
    }

    [Fact]
    public void Word_Notes_AreWhereTheyAreReferredTo()
    {
        static string Notes(string kind, string text) =>
            $"""<w:{kind}s {WordNames}><w:{kind} w:type="separator" w:id="0"><w:p/></w:{kind}><w:{kind} w:id="1">{P(text)}</w:{kind}></w:{kind}s>""";
        var file = Word("""<w:p><w:r><w:t>Fact</w:t><w:footnoteReference w:id="1"/><w:t>, and more</w:t><w:endnoteReference w:id="1"/></w:r></w:p>""")
            .Part("word/footnotes.xml", "wordprocessingml.footnotes+xml", Notes("footnote", "Its source"), "word/document.xml", "footnotes")
            .Part("word/endnotes.xml", "wordprocessingml.endnotes+xml", Notes("endnote", "At the end"), "word/document.xml", "endnotes");

        Assert.Equal("Fact [Its source], and more [At the end]", Assert.Single(Read(file)).Text);
    }

    [Fact]
    public void Word_LinkThatIsNoAddress_IsNoHindrance() => Assert.Equal(
        "Text.", Assert.Single(Read(Word(P("Text.")).Link("word/document.xml", "hyperlink", "http://[not an address", isExternal: true))).Text);

    [Fact]
    public void Slides_AreReadInTheirOrder_WithTheirNotes()
    {
        var file = Slides(
            (Shape(null, "Body of one") + Shape("title", "First") + Shape("sldNum", "1"), Shape("body", "Say hello") + Shape("sldNum", "1")),
            ("<hidden/>" + Shape("title", "Hidden"), null),
            (Table(), null));

        Assert.Equal(
            [
                new TextBlock(TextBlockKind.Heading, "First", 1, 1), new TextBlock(TextBlockKind.Paragraph, "Body of one", 0, 1),
                new TextBlock(TextBlockKind.Paragraph, "Say hello", 0, 1),
                new TextBlock(TextBlockKind.Heading, "Slide 3", 1, 3), new TextBlock(TextBlockKind.TableRow, "a | b", 0, 3),
            ],
            Read(file));

        static string Table()
        {
            static string Cell(string text) => $"<a:tc><a:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></a:txBody></a:tc>";
            return $"<p:graphicFrame><a:graphic><a:tbl><a:tr>{Cell("a")}{Cell("b")}</a:tr></a:tbl></a:graphic></p:graphicFrame>";
        }
    }

    [Fact]
    public void Workbook_EachValueHasItsHeader() => Assert.Equal(
        [
            new TextBlock(TextBlockKind.Heading, "Prices", 1), new TextBlock(TextBlockKind.Paragraph, "Valid for 2026"),
            new TextBlock(TextBlockKind.Record, "Name: Lamp | Price: 3.5 | Since: 2026-03-01 | Discount: 12.5% | Opens: 6:00:00"),
            new TextBlock(TextBlockKind.Record, "Name: Chair, old | Discount: none"),
            new TextBlock(TextBlockKind.Heading, "Numbers", 1), new TextBlock(TextBlockKind.Record, "1 | 2"), new TextBlock(TextBlockKind.Record, "3 | 4"),
            new TextBlock(TextBlockKind.Heading, "Only header", 1), new TextBlock(TextBlockKind.Record, "Name | Price"),
        ],
        Read(Workbook(
            ("Prices", Row("Valid for 2026") + Row() + Row("Name", "Price", "Since", "Discount", "Opens") + Row("Lamp", "#03.5", "#146082", "#20.125", "#30.25") + Row("Chair,\nold", "", "", "none"), "visible"),
            ("Secret", Row("a", "b") + Row("c", "d"), "hidden"),
            ("Empty", "", "visible"),
            ("Numbers", Row("#01", "#02") + Row("#03", "#04"), "visible"),
            ("Only header", Row("Name", "Price"), "visible"))));

    [Fact]
    public void OpenDocument_IsReadInItsOrder() => Assert.Equal(
        [
            new TextBlock(TextBlockKind.Heading, "Manual", 2), new TextBlock(TextBlockKind.Paragraph, "a  b\tc\nd [A note]."), new TextBlock(TextBlockKind.Paragraph, "- item"),
            new TextBlock(TextBlockKind.TableRow, "x | y"),
        ],
        Read(OpenDocument("""
            <text:tracked-changes><text:p>deleted</text:p></text:tracked-changes><text:h text:outline-level="2">Manual</text:h>
            <text:p>a<text:s text:c="2"/><text:span>b</text:span><text:tab/>c<text:line-break/>d<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>A
              note</text:p></text:note-body></text:note>.<office:annotation><text:p>comment</text:p></office:annotation></text:p>
            <text:list><text:list-item><text:p>item</text:p></text:list-item></text:list>
            <table:table><table:table-row><table:table-cell><text:p>x</text:p></table:table-cell><table:table-cell><text:p>y</text:p></table:table-cell></table:table-row></table:table>
            """)));

    private static List<TextBlock> Read(Package file) => [.. FileFormats.Read(file.ToArray(), new ExtractionRequest(null, null))];
}
