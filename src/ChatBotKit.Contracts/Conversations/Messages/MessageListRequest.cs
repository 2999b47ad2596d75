namespace ChatBotKit;

/// <summary>Specifies which messages of a conversation to list. The default order is oldest first.</summary>
public sealed record MessageListRequest : ListRequest;
