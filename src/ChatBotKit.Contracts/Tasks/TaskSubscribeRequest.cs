namespace ChatBotKit;

/// <summary>A request to subscribe to the events of a task.</summary>
public sealed record TaskSubscribeRequest
{
    /// <summary>Gets how many earlier events are returned first, 0 to 1000. Default: none.</summary>
    public int? HistoryLength { get; init; }
}
