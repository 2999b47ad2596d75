namespace ChatBotKit;

/// <summary>A request to subscribe to a channel.</summary>
public sealed record ChannelSubscribeRequest
{
    /// <summary>Gets how many earlier messages are returned first, 0 to 10000. Default: none.</summary>
    public int? HistoryLength { get; init; }
}
