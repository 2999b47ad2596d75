namespace ChatBotKit;

/// <summary>Specifies which messages of a conversation to list. Here the default order is oldest first.</summary>
public sealed record MessageListRequest : ListRequest;
