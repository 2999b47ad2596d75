namespace ChatBotKit.Server.Knowledge;

/// <summary>Reads the text of files.</summary>
internal interface IFileReader
{
    /// <summary>Returns the text of a file, or the reason why it has none.</summary>
    /// <param name="bytes">The content. It is read once, from its current position.</param>
    /// <param name="contentType">The type that the sender named; the content decides when both differ.</param>
    /// <param name="fileName">The name of the file, whose extension helps with kinds of plain text.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    Task<ExtractedText> ReadAsync(Stream bytes, string? contentType, string? fileName, CancellationToken cancellationToken);
}
