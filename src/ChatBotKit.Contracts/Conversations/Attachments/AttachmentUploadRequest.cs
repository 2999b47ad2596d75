namespace ChatBotKit;

/// <summary>A request to add a file to a conversation.</summary>
public sealed record AttachmentUploadRequest
{
    /// <summary>Gets the file, or what is known about it when its bytes come later.</summary>
    public AttachmentFile? File { get; init; }
}
