using ChatBotKit.Server.Knowledge;

namespace ChatBotKit.Server.Tests.Knowledge;

/// <summary>The text of web pages.</summary>
public sealed class HtmlBlocksTests
{
    [Fact]
    public void Page_IsReadInItsOrder_WithoutWhatIsNotText() => Assert.Equal(
        [
            new TextBlock(TextBlockKind.Heading, "Orchids", 1),
            new TextBlock(TextBlockKind.Paragraph, "Orchids bloom for two months."),
            new TextBlock(TextBlockKind.Heading, "Care", 2),
            new TextBlock(TextBlockKind.Paragraph, "Water once a week"),
            new TextBlock(TextBlockKind.Paragraph, "Light"),
            new TextBlock(TextBlockKind.TableRow, "Wind | Speed"),
            new TextBlock(TextBlockKind.TableRow, "weak | 4 knots"),
            new TextBlock(TextBlockKind.Code, "a = 1;\n  b = 2;"),
            new TextBlock(TextBlockKind.Paragraph, "One line\nand another"),
        ],
        HtmlBlocks.Read("""
            <html><head><title>Shop</title><style>p { color: red }</style></head><body>
            <header>Shop of flowers</header><nav><a href="/">Home</a></nav>
            <h1>Orchids</h1><p>Orchids <b>bloom</b> for
              two&nbsp;months.<script>alert(1)</script></p><div hidden>Secret</div>
            <h2>Care</h2><ul><li>Water once a week</li><li>Light</li></ul>
            <table><tr><th>Wind</th><th>Speed</th></tr><tr><td>weak</td><td><div>4</div><div>knots</div></td></tr></table>
            <pre>a = 1;
              b = 2;</pre>
            <p>One line<br>and another</p>
            <footer>Imprint</footer></body></html>
            """.Replace("    \n", "\n", StringComparison.Ordinal).Replace("\n            ", "\n", StringComparison.Ordinal)));

    [Fact]
    public void MainPart_IsReadAlone() => Assert.Equal(
        [new TextBlock(TextBlockKind.Heading, "Title", 1), new TextBlock(TextBlockKind.Paragraph, "Text")],
        HtmlBlocks.Read("<body><div>Cookies?</div><main><header><h1>Title</h1></header><p>Text</p></main></body>"));

    [Theory]
    [InlineData("")]
    [InlineData("<html></html>")]
    [InlineData("<script>x</script>")]
    public void PageWithoutText_HasNoBlocks(string html) => Assert.Empty(HtmlBlocks.Read(html));

    [Fact]
    public void NestedTable_IsOneRow() => Assert.Equal(
        "a b | c", Assert.Single(HtmlBlocks.Read("<table><tr><td>a<table><tr><td>b</td></tr></table></td><td>c</td></tr></table>")).Text);

    [Theory]
    [InlineData("<div>", false)]
    [InlineData("<table><tr><td>", false)]
    [InlineData("<p>", true)]
    [InlineData("<li>item", true)]
    [InlineData("<span>a</span>", true)]
    public void PageThatIsNestedTooDeeply_IsRefused_BeforeItIsParsed(string part, bool isRead)
    {
        var html = $"<html>{string.Concat(Enumerable.Repeat(part, 10_000))}text";

        if (isRead)
            Assert.NotEmpty(HtmlBlocks.Read(html));
        else
            Assert.Equal(FileRefusalCodes.TooComplex, Assert.Throws<FileRefusedException>(() => HtmlBlocks.Read(html)).Code);
    }
}
