namespace ChatBotKit;

/// <summary>Stores the user's message; the model is not called.</summary>
public sealed record ConversationSendMessageRequest
{
    /// <summary>Gets the user's message, not empty. At most 65,535 bytes.</summary>
    public required string Text { get; init; }

    /// <summary>Gets the personal data in the text.</summary>
    public IReadOnlyList<Entity>? Entities { get; init; }

    /// <summary>Gets functions that are called before the model is.</summary>
    public IReadOnlyList<FunctionDefinition>? Functions { get; init; }

    /// <summary>Gets what this run gets on top of its bot.</summary>
    public RunExtensions? Extensions { get; init; }

    /// <summary>Gets whether more is told about the run. What is told is not fixed.</summary>
    public bool? Debug { get; init; }
}

/// <summary>The message that was stored.</summary>
public sealed record ConversationSendMessageResponse : ApiObject
{
    /// <summary>Gets the id of the message.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the text as it was stored; null when the server does not tell.</summary>
    public string? Text { get; init; }

    /// <summary>Gets the personal data in the text.</summary>
    public required IReadOnlyList<Entity> Entities { get; init; }

    /// <summary>Gets what taking the message in has used; null when the server does not tell.</summary>
    public RunUsage? Usage { get; init; }
}
