namespace ChatBotKit;

/// <summary>The server begins to replace the older part of a long conversation by a summary.</summary>
public sealed record CompactionBeginEvent : RunEvent<CompactionBeginEventData>
{
    /// <inheritdoc/>
    public override string Type => "compactionBegin";
}

/// <summary>The summary is done.</summary>
public sealed record CompactionEndEvent : RunEvent<CompactionEndEventData>
{
    /// <inheritdoc/>
    public override string Type => "compactionEnd";
}

/// <summary>Describes how much is summarised.</summary>
public sealed record CompactionBeginEventData : ApiObject
{
    /// <summary>Gets how many messages the summary replaces.</summary>
    public int? MessagesToSummarize { get; init; }

    /// <summary>Gets how many messages stay as they are.</summary>
    public int? MessagesToKeep { get; init; }

    /// <summary>Gets the size of the conversation before, in tokens, roughly.</summary>
    public long? EstimatedTokens { get; init; }
}

/// <summary>Describes whether a summary was made.</summary>
public sealed record CompactionEndEventData : ApiObject
{
    /// <summary>Gets whether the summary was made and is in use.</summary>
    public required bool Success { get; init; }
}
