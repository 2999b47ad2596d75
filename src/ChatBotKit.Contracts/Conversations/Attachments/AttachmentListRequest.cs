namespace ChatBotKit;

/// <summary>Specifies which files of a conversation to list.</summary>
public sealed record AttachmentListRequest : ListRequest;
