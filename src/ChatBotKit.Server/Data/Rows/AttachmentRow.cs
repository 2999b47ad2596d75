namespace ChatBotKit.Server.Data.Rows;

/// <summary>A file that was uploaded to a conversation. Its bytes are a blob.</summary>
internal sealed class AttachmentRow
{
    public required string Id { get; init; }

    public required string AccountId { get; init; }

    public required string ConversationId { get; init; }

    /// <summary>The session that added the file and whose limits it counts for; null when the owner added it.</summary>
    public string? SessionId { get; init; }

    /// <summary>The id with the extension of the original file, which the API calls the name of the attachment.</summary>
    public required string Name { get; init; }

    public string? OriginalName { get; init; }

    public required string ContentType { get; set; }

    /// <summary>The size in bytes. Until the upload is complete it is the announced size.</summary>
    public required long Size { get; set; }

    /// <summary>The blob with the bytes; null between the response with the upload request and the end of the upload.</summary>
    public string? BlobId { get; set; }

    public bool IsStored => BlobId is not null;

    public required long CreatedAt { get; init; }

    public required long UpdatedAt { get; set; }
}
