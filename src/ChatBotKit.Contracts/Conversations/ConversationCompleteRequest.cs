namespace ChatBotKit;

/// <summary>Runs the model on the messages of the request. Nothing is stored.</summary>
public sealed record ConversationCompleteRequest : ConversationRunRequest;

/// <summary>The model's answer to the messages of the request.</summary>
public sealed record ConversationCompleteResponse : ApiObject
{
    /// <summary>Gets the text of the last message of the run, of any type.</summary>
    public required string Text { get; init; }

    /// <summary>Gets the usage of the run.</summary>
    public required RunUsage Usage { get; init; }

    /// <summary>Gets the end of the run: the reason and the last message.</summary>
    public required RunEnd End { get; init; }
}
