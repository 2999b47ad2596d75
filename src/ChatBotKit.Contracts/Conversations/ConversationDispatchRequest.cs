namespace ChatBotKit;

/// <summary>
/// A request to start a run in the background whose events go to a channel for the messages of the request. Nothing is
/// stored.
/// </summary>
public sealed record ConversationDispatchRequest : ConversationRunRequest
{
    /// <summary>Gets the channel for the events, at least 24 characters. Default: the server makes one.</summary>
    public string? ChannelId { get; init; }
}

/// <summary>A request to start a run in the background in a stored conversation; its events go to a channel.</summary>
public sealed record ConversationDispatchMessageRequest : ConversationMessageRunRequest
{
    /// <summary>Gets the channel for the events, at least 24 characters. Default: the server makes one.</summary>
    public string? ChannelId { get; init; }
}

/// <summary>The run that was started.</summary>
public sealed record ConversationDispatchResponse : ApiObject
{
    /// <summary>Gets the channel to subscribe to.</summary>
    public required string ChannelId { get; init; }
}
