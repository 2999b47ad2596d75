namespace ChatBotKit;

/// <summary>
/// A request to start a run in the background for the messages of the request. Its events are published on a channel.
/// Nothing is stored.
/// </summary>
public sealed record ConversationDispatchRequest : ConversationRunRequest
{
    /// <summary>Gets the id of the channel for the events, at least 24 characters. Default: the server generates one.</summary>
    public string? ChannelId { get; init; }
}

/// <summary>A request to start a run in the background in a stored conversation. Its events are published on a channel.</summary>
public sealed record ConversationDispatchMessageRequest : ConversationMessageRunRequest
{
    /// <summary>Gets the id of the channel for the events, at least 24 characters. Default: the server generates one.</summary>
    public string? ChannelId { get; init; }
}

/// <summary>The run that was started.</summary>
public sealed record ConversationDispatchResponse : ApiObject
{
    /// <summary>Gets the channel to subscribe to.</summary>
    public required string ChannelId { get; init; }
}
