namespace ChatBotKit.Server.ModelProviders.Answers;

/// <summary>Reads the answers of other servers, which may be endless.</summary>
internal static class BoundedContent
{
    private const int PieceBytes = 16 * 1024;

    /// <summary>Reads a stream to its end. The memory grows with the answer, because most answers are small.</summary>
    /// <param name="content">The stream.</param>
    /// <param name="maxBytes">The maximum number of bytes.</param>
    /// <param name="cancellationToken">The token that cancels the reading.</param>
    /// <returns>The bytes; null when there are more.</returns>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(Stream content, int maxBytes, CancellationToken cancellationToken)
    {
        using var whole = new MemoryStream();
        var piece = new byte[PieceBytes];
        while (await content.ReadAsync(piece, cancellationToken) is > 0 and var read)
        {
            if (whole.Length + read > maxBytes)
                return null;
            whole.Write(piece, 0, read);
        }

        return whole.GetBuffer().AsMemory(0, (int)whole.Length);
    }
}
