namespace ChatBotKit.Server.ModelProviders.OpenAi.Answers;

/// <summary>What a field of an event means.</summary>
internal enum RootField
{
    Unknown,
    Choices,
    Usage,
    UsageHolder,
    Error,
    Object,
    Type,
    Code,
    Words,
    Report,
    Message,
    Done,
    End,
    InputTokens,
    OutputTokens,
}

/// <summary>What a field of a choice means.</summary>
internal enum ChoiceField
{
    Unknown,
    Index,
    Delta,
    Message,
    End,
    Error,
    Usage,
}

/// <summary>What a field of a delta or a message means.</summary>
internal enum DeltaField
{
    /// <summary>Goes back to the provider with the calls that it came with.</summary>
    Unknown,
    Text,
    Reasoning,
    Calls,

    /// <summary>The one call of the format before there were several.</summary>
    Call,

    /// <summary>Written by us in a request, or not written at all.</summary>
    Ours,
}

/// <summary>What a field of a tool call means.</summary>
internal enum CallField
{
    /// <summary>Goes back to the provider with the call.</summary>
    Unknown,
    Arguments,
    Index,
    Id,
    Function,
    Name,
    Ours,
}

/// <summary>What a finish reason says.</summary>
internal enum OpenAiEnd
{
    /// <summary>The answer goes on.</summary>
    None,
    Stop,
    Length,
    ToolCalls,
    Filtered,

    /// <summary>The answer failed.</summary>
    Failed,

    /// <summary>A word that nobody has told us: an end if the provider then ends the answer in good order.</summary>
    Unknown,
}
