namespace ChatBotKit;

/// <summary>A request to add a file to a conversation.</summary>
public sealed record AttachmentUploadRequest
{
    /// <summary>Gets the file, or its description when its bytes are uploaded later.</summary>
    public AttachmentFile? File { get; init; }
}
