namespace ChatBotKit.Server.Knowledge;

/// <summary>Specifies the kind of a block of a document.</summary>
internal enum TextBlockKind
{
    /// <summary>A title of what follows.</summary>
    Heading,

    /// <summary>A paragraph, or an item of a list.</summary>
    Paragraph,

    /// <summary>A row of a table.</summary>
    TableRow,

    /// <summary>A block of code, with its line breaks.</summary>
    Code,

    /// <summary>A row of a table whose values have the names of their columns beside them. It is a chunk of its own.</summary>
    Record,
}

/// <summary>A part of a document, in the order of reading.</summary>
/// <param name="Kind">The kind of the block.</param>
/// <param name="Text">The text.</param>
/// <param name="Level">The level of a heading, from 1; 0 for other blocks.</param>
/// <param name="Page">The number of the page, from 1; null for documents without pages.</param>
internal sealed record TextBlock(TextBlockKind Kind, string Text, int Level = 0, int? Page = null);
