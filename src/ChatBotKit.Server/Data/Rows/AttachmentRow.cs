namespace ChatBotKit.Server.Data.Rows;

/// <summary>A file that was sent into a conversation. Its bytes lie in the data directory under <see cref="Id"/>.</summary>
internal sealed class AttachmentRow
{
    public required string Id { get; init; }

    public required string AccountId { get; init; }

    public required string ConversationId { get; init; }

    /// <summary>The session that added it, and whose limits it counts for; null for the owner's.</summary>
    public string? SessionId { get; init; }

    /// <summary>The id with the extension of the original file: what the API calls its name.</summary>
    public required string Name { get; init; }

    public string? OriginalName { get; init; }

    public required string ContentType { get; set; }

    /// <summary>As announced until the bytes are there.</summary>
    public required long Size { get; set; }

    /// <summary>False between the answer that carries an upload request and the bytes.</summary>
    public bool Stored { get; set; }

    public required long CreatedAt { get; init; }

    public required long UpdatedAt { get; set; }
}
