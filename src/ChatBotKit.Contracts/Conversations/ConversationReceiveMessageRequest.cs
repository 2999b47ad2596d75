namespace ChatBotKit;

/// <summary>Runs the model on the stored messages of a conversation.</summary>
public sealed record ConversationReceiveMessageRequest
{
    /// <summary>Gets the functions that the model may call.</summary>
    public IReadOnlyList<FunctionDefinition>? Functions { get; init; }

    /// <summary>Gets what this run adds to the settings of its bot.</summary>
    public RunExtensions? Extensions { get; init; }

    /// <summary>Gets whether the run reports details for debugging. Their form is not fixed.</summary>
    public bool? Debug { get; init; }
}

/// <summary>The model's answer to the stored messages.</summary>
public sealed record ConversationReceiveMessageResponse : ApiObject
{
    /// <summary>Gets the id of the run's last message.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the text of the last message of the run, of any type.</summary>
    public required string Text { get; init; }

    /// <summary>Gets the usage of the run.</summary>
    public required RunUsage Usage { get; init; }
}
