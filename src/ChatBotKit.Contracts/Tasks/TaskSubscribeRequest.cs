namespace ChatBotKit;

/// <summary>A request to subscribe to what a task does.</summary>
public sealed record TaskSubscribeRequest
{
    /// <summary>Gets how many earlier events are given first, 0 to 1000. Default: none.</summary>
    public int? HistoryLength { get; init; }
}
