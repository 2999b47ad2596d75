namespace ChatBotKit;

/// <summary>Specifies which conversations to list or export.</summary>
public sealed record ConversationListRequest : ListRequest
{
    /// <summary>Gets the bots, as ids with commas between.</summary>
    public string? BotId { get; init; }

    /// <summary>Gets the contacts, as ids with commas between.</summary>
    public string? ContactId { get; init; }

    /// <summary>Gets the tasks, as ids with commas between.</summary>
    public string? TaskId { get; init; }
}
