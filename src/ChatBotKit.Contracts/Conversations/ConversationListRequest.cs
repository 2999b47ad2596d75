namespace ChatBotKit;

/// <summary>Specifies which conversations to list or export.</summary>
public sealed record ConversationListRequest : ListRequest
{
    /// <summary>Gets the ids of the bots to filter by, separated by commas.</summary>
    public string? BotId { get; init; }

    /// <summary>Gets the ids of the contacts to filter by, separated by commas.</summary>
    public string? ContactId { get; init; }

    /// <summary>Gets the ids of the tasks to filter by, separated by commas.</summary>
    public string? TaskId { get; init; }
}
