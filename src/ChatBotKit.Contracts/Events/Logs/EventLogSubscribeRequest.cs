namespace ChatBotKit;

/// <summary>A request to subscribe to the events of the account.</summary>
public sealed record EventLogSubscribeRequest
{
    /// <summary>Gets how many earlier events are returned first, 0 to 10000. Default: none.</summary>
    public int? HistoryLength { get; init; }
}
