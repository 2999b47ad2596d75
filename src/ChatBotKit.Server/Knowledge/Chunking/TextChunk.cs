namespace ChatBotKit.Server.Knowledge;

/// <summary>A piece of a document that becomes a record.</summary>
/// <param name="Title">The headings above it, from the highest one; empty where there are none.</param>
/// <param name="Text">The text.</param>
/// <param name="Page">The number of the page on which it begins; null for documents without pages.</param>
internal sealed record TextChunk(string Title, string Text, int? Page);
