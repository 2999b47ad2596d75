namespace ChatBotKit;

/// <summary>Specifies the fields of every run without a stored conversation.</summary>
public abstract record ConversationRunRequest : BotSettings
{
    /// <summary>Gets the messages of the conversation so far, at least one. Messages without a creation time keep their order.</summary>
    public required IReadOnlyList<ConversationMessage> Messages { get; init; }

    /// <summary>Gets the files that the model may read.</summary>
    public IReadOnlyList<AttachmentReference>? Attachments { get; init; }

    /// <summary>Gets the contact of the conversation.</summary>
    public ContactReference? ContactId { get; init; }

    /// <summary>Gets the functions that the model may call.</summary>
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

/// <summary>Specifies the fields of every run in a stored conversation.</summary>
public abstract record ConversationMessageRunRequest
{
    /// <summary>Gets the user's message; when null, the model continues from the stored messages. At most 65,535 bytes.</summary>
    public string? Text { get; init; }

    /// <summary>Gets the personal data that was found in the text.</summary>
    public IReadOnlyList<Entity>? Entities { get; init; }

    /// <summary>Gets the functions that the model may call.</summary>
    public IReadOnlyList<FunctionDefinition>? Functions { get; init; }

    /// <summary>Gets what this run adds to the settings of its bot.</summary>
    public RunExtensions? Extensions { get; init; }

    /// <summary>Gets the limits of the run.</summary>
    public RunLimits? Limits { get; init; }

    /// <summary>Gets whether the run reports details for debugging. Their form is not fixed.</summary>
    public bool? Debug { get; init; }
}

/// <summary>A file that a run may read.</summary>
public sealed record AttachmentReference
{
    /// <summary>Gets the URL of the file: http or https. The server of this project also accepts data URLs.</summary>
    public string? Url { get; init; }
}
