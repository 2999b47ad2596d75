namespace ChatBotKit;

/// <summary>A request to store the user's message in a conversation and run the model to answer it.</summary>
public sealed record ConversationCompleteMessageRequest : ConversationMessageRunRequest;

/// <summary>The model's answer in a conversation.</summary>
public sealed record ConversationCompleteMessageResponse : ApiObject
{
    /// <summary>Gets the id of the run's last message.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the text of the last message of the run, of any type.</summary>
    public required string Text { get; init; }

    /// <summary>Gets the usage of the run.</summary>
    public required RunUsage Usage { get; init; }

    /// <summary>Gets the end of the run: the reason and the last message.</summary>
    public required RunEnd End { get; init; }
}
