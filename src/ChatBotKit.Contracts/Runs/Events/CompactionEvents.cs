namespace ChatBotKit;

/// <summary>The server starts to summarize the older part of a long conversation.</summary>
public sealed record CompactionBeginEvent : RunEvent<CompactionBeginEventData>
{
    /// <inheritdoc/>
    public override string Type => "compactionBegin";
}

/// <summary>The server has created the summary.</summary>
public sealed record CompactionEndEvent : RunEvent<CompactionEndEventData>
{
    /// <inheritdoc/>
    public override string Type => "compactionEnd";
}

/// <summary>Describes how much is summarized.</summary>
public sealed record CompactionBeginEventData : ApiObject
{
    /// <summary>Gets how many messages the summary replaces.</summary>
    public int? MessagesToSummarize { get; init; }

    /// <summary>Gets how many messages are kept unchanged.</summary>
    public int? MessagesToKeep { get; init; }

    /// <summary>Gets the approximate size of the conversation before the summary, in tokens.</summary>
    public long? EstimatedTokens { get; init; }
}

/// <summary>Describes whether a summary was created.</summary>
public sealed record CompactionEndEventData : ApiObject
{
    /// <summary>Gets whether the summary was created and is used.</summary>
    public required bool Success { get; init; }
}
