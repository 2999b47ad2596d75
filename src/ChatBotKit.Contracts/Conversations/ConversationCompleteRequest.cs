namespace ChatBotKit;

/// <summary>Runs the model on the messages of the request. Nothing is stored.</summary>
public sealed record ConversationCompleteRequest : ConversationRunRequest;

/// <summary>The model's answer to messages of which nothing is stored.</summary>
public sealed record ConversationCompleteResponse : ApiObject
{
    /// <summary>Gets the text of the run's last message, whatever its type.</summary>
    public required string Text { get; init; }

    /// <summary>Gets what the run has used.</summary>
    public required RunUsage Usage { get; init; }

    /// <summary>Gets how the run ended.</summary>
    public required RunEnd End { get; init; }
}
