namespace ChatBotKit.Server.Knowledge;

/// <summary>Reads the text of files.</summary>
internal interface IDocumentReader
{
    /// <summary>Reads the text of a file, in reading order.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="contentType">The media type that the owner gave it; null when unknown. The bytes decide where they differ.</param>
    /// <param name="fileName">The name; null when unknown.</param>
    /// <param name="cancellationToken">The token that cancels the reading.</param>
    /// <exception cref="UnreadableDocumentException">The file has no text that can be read.</exception>
    Task<IReadOnlyList<TextBlock>> ReadAsync(Stream bytes, string? contentType, string? fileName, CancellationToken cancellationToken);
}

/// <summary>A file has no text that can be read. The message is for its owner.</summary>
internal sealed class UnreadableDocumentException(string message, Exception? inner = null) : Exception(message, inner);
