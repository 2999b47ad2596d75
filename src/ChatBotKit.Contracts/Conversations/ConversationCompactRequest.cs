namespace ChatBotKit;

/// <summary>A request to summarize messages of which nothing is stored.</summary>
public sealed record ConversationCompactRequest : BotSettings
{
    /// <summary>Gets the messages, at least one.</summary>
    public required IReadOnlyList<ConversationMessage> Messages { get; init; }

    /// <summary>Gets what this run adds to the settings of its bot.</summary>
    public RunExtensions? Extensions { get; init; }
}

/// <summary>A summary of messages of which nothing is stored.</summary>
public sealed record ConversationCompactResponse : ApiObject
{
    /// <summary>Gets the summary.</summary>
    public required string Text { get; init; }

    /// <summary>Gets the usage of the summary.</summary>
    public required RunUsage Usage { get; init; }
}

/// <summary>A summary that was stored as a checkpoint of its conversation.</summary>
public sealed record ConversationCompactMessageResponse : ApiObject
{
    /// <summary>Gets the id of the checkpoint, or of the conversation when there was nothing to summarize.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the summary.</summary>
    public required string Text { get; init; }

    /// <summary>Gets the usage of the summary.</summary>
    public required RunUsage Usage { get; init; }
}
