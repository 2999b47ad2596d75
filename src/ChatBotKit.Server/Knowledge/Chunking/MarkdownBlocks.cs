using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Syntax;

namespace ChatBotKit.Server.Knowledge;

/// <summary>Reads Markdown. Blocks quote the source, so that links and emphasis stay as they were written.</summary>
internal static class MarkdownBlocks
{
    private const string BetweenCells = " | ";

    private static readonly MarkdownPipeline Pipeline =
        new MarkdownPipelineBuilder().UsePreciseSourceLocation().UsePipeTables().UseYamlFrontMatter().Build();

    public static IEnumerable<TextBlock> Read(string text)
    {
        MarkdownDocument document;
        try
        {
            document = Markdown.Parse(text, Pipeline);
        }
        catch (ArgumentException)
        {
            // The parser refuses absurdly nested text, which is read as it is.
            return PlainTextBlocks.Read(text);
        }

        var blocks = new List<TextBlock>();
        Add(document, text, blocks);
        return blocks;
    }

    private static void Add(ContainerBlock container, string text, List<TextBlock> blocks)
    {
        foreach (var block in container)
        {
            if (block is Table table)
                blocks.AddRange(table.OfType<TableRow>().Select(row => Of(row, text)));
            else if (block is ListItemBlock item)
                blocks.Add(new TextBlock(TextBlockKind.Paragraph, Source(item, text).TrimEnd()));
            else if (block is ContainerBlock inner)
                Add(inner, text, blocks);
            else if (Of(block, text) is { } one)
                blocks.Add(one);
        }
    }

    private static TextBlock? Of(Block block, string text) => block switch
    {
        HeadingBlock { Inline: { } title } heading =>
            new TextBlock(TextBlockKind.Heading, Source(title.Span, text), heading.Level),
        HeadingBlock or ThematicBreakBlock or LinkReferenceDefinition => null,
        CodeBlock => new TextBlock(TextBlockKind.Code, Source(block, text)),
        _ => new TextBlock(TextBlockKind.Paragraph, Source(block, text)),
    };

    private static TextBlock Of(TableRow row, string text) =>
        new(TextBlockKind.TableRow, string.Join(BetweenCells, row.OfType<TableCell>().Select(cell => Source(cell, text).Trim(' ', '|'))));

    private static string Source(Block block, string text) => Source(block.Span, text);

    private static string Source(SourceSpan span, string text) => span.IsEmpty || span.Start >= text.Length
        ? ""
        : text[span.Start..Math.Min(span.End + 1, text.Length)];
}
