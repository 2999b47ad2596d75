namespace ChatBotKit;

/// <summary>Which files of a conversation to list.</summary>
public sealed record AttachmentListRequest : ListRequest;
