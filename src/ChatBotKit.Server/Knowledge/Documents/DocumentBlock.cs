namespace ChatBotKit.Server.Knowledge;

/// <summary>The kind of a block.</summary>
internal enum BlockKind
{
    Paragraph,
    Heading,

    /// <summary>A row of a table, with <c> | </c> between its cells.</summary>
    TableRow,

    /// <summary>Text whose lines belong together, such as source code.</summary>
    Code,
}

/// <summary>A piece of a document that belongs together, in reading order.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Text">The text, with line feeds between lines.</param>
/// <param name="Level">The level of a heading, from 1; 0 for other blocks.</param>
/// <param name="Page">The number of the page, from 1; 0 when the document has no pages.</param>
internal sealed record DocumentBlock(BlockKind Kind, string Text, int Level = 0, int Page = 0);
