namespace ChatBotKit;

/// <summary>A request to store the user's message. The model is not called.</summary>
public sealed record ConversationSendMessageRequest
{
    /// <summary>Gets the user's message, which must not be empty. At most 65,535 bytes.</summary>
    public required string Text { get; init; }

    /// <summary>Gets the personal data that was found in the text.</summary>
    public IReadOnlyList<Entity>? Entities { get; init; }

    /// <summary>Gets the functions that are called before the model.</summary>
    public IReadOnlyList<FunctionDefinition>? Functions { get; init; }

    /// <summary>Gets what this run adds to the settings of its bot.</summary>
    public RunExtensions? Extensions { get; init; }

    /// <summary>Gets whether the run reports details for debugging. Their form is not fixed.</summary>
    public bool? Debug { get; init; }
}

/// <summary>The message that was stored.</summary>
public sealed record ConversationSendMessageResponse : ApiObject
{
    /// <summary>Gets the id of the message.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the text as it was stored; null when the server does not send it.</summary>
    public string? Text { get; init; }

    /// <summary>Gets the personal data that was found in the text.</summary>
    public required IReadOnlyList<Entity> Entities { get; init; }

    /// <summary>Gets the usage of receiving the message; null when the server does not send it.</summary>
    public RunUsage? Usage { get; init; }
}
