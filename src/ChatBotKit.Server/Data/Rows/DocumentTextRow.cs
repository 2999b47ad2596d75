namespace ChatBotKit.Server.Data.Rows;

/// <summary>The text that was read from a document. It goes with the row to which the document belongs.</summary>
internal sealed record DocumentTextRow
{
    /// <summary>The blob with the bytes of the document, which never change.</summary>
    public required string BlobId { get; init; }

    /// <summary>The attachment to which the blob belongs; null for a content.</summary>
    public string? AttachmentId { get; init; }

    /// <summary>The content to which the blob belongs; null for an attachment.</summary>
    public string? ContentId { get; init; }

    /// <summary>The number of bytes to which the text was limited when it was read.</summary>
    public required long MaxBytes { get; init; }

    /// <summary>Whether the text is only the beginning.</summary>
    public required bool IsCut { get; init; }

    public required string Text { get; init; }
}
