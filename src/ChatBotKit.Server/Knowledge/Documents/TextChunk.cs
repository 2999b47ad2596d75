namespace ChatBotKit.Server.Knowledge;

/// <summary>A piece of a document that becomes a record.</summary>
/// <param name="Headings">The headings above its first block and the heading with which it begins, the highest first.</param>
/// <param name="Text">The text.</param>
/// <param name="Page">The number of the page on which it begins, from 1; 0 when the document has no pages.</param>
internal sealed record TextChunk(IReadOnlyList<string> Headings, string Text, int Page);
