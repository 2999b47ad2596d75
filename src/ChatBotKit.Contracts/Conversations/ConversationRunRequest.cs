namespace ChatBotKit;

/// <summary>Specifies what every run without a stored conversation takes.</summary>
public abstract record ConversationRunRequest : BotSettings
{
    /// <summary>Gets the conversation so far, at least one message. Without times of creation the order is kept.</summary>
    public required IReadOnlyList<ConversationMessage> Messages { get; init; }

    /// <summary>Gets files that the model may look at.</summary>
    public IReadOnlyList<AttachmentReference>? Attachments { get; init; }

    /// <summary>Gets who the conversation is with.</summary>
    public ContactReference? ContactId { get; init; }

    /// <summary>Gets functions that the model may call.</summary>
    public IReadOnlyList<FunctionDefinition>? Functions { get; init; }

    /// <summary>Gets what this run adds to the settings of its bot.</summary>
    public RunExtensions? Extensions { get; init; }

    /// <summary>Gets the limits of the run.</summary>
    public RunLimits? Limits { get; init; }

    /// <summary>Gets the namespace in which files of the run are stored; attachments need one.</summary>
    public string? Namespace { get; init; }

    /// <summary>Gets whether the run reports details for debugging. Their form is not fixed.</summary>
    public bool? Debug { get; init; }
}

/// <summary>Specifies what every run in a stored conversation takes.</summary>
public abstract record ConversationMessageRunRequest
{
    /// <summary>Gets the user's message; null lets the model go on from what is stored. At most 65,535 bytes.</summary>
    public string? Text { get; init; }

    /// <summary>Gets the personal data in the text.</summary>
    public IReadOnlyList<Entity>? Entities { get; init; }

    /// <summary>Gets functions that the model may call.</summary>
    public IReadOnlyList<FunctionDefinition>? Functions { get; init; }

    /// <summary>Gets what this run adds to the settings of its bot.</summary>
    public RunExtensions? Extensions { get; init; }

    /// <summary>Gets the limits of the run.</summary>
    public RunLimits? Limits { get; init; }

    /// <summary>Gets whether the run reports details for debugging. Their form is not fixed.</summary>
    public bool? Debug { get; init; }
}

/// <summary>A file that a run may look at.</summary>
public sealed record AttachmentReference
{
    /// <summary>Gets the address of the file: http or https; our own server also takes data URLs.</summary>
    public string? Url { get; init; }
}
