namespace ChatBotKit;

/// <summary>A request to store the user's message in a conversation and has the model answer it.</summary>
public sealed record ConversationCompleteMessageRequest : ConversationMessageRunRequest;

/// <summary>The model's answer in a conversation.</summary>
public sealed record ConversationCompleteMessageResponse : ApiObject
{
    /// <summary>Gets the id of the run's last message.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the text of the run's last message, whatever its type.</summary>
    public required string Text { get; init; }

    /// <summary>Gets what the run has used.</summary>
    public required RunUsage Usage { get; init; }

    /// <summary>Gets how the run ended.</summary>
    public required RunEnd End { get; init; }
}
