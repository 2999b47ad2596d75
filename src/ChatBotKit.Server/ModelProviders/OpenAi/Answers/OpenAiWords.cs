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
    Text,
    End,
    Error,
    Usage,
}

/// <summary>What a field of a delta or a message means.</summary>
internal enum DeltaField
{
    /// <summary>Goes back to the provider with the calls that it came with.</summary>
    Unknown,

    /// <summary>What is said: a text, a list of parts, or a number or a truth value, which is its own text.</summary>
    Text,

    /// <summary>Takes the place of the text; anything but a text says that there is none.</summary>
    Refusal,
    Reasoning,
    Calls,

    /// <summary>The one call of the format before there were several.</summary>
    Call,

    /// <summary>Written by us in a request, or not written at all.</summary>
    Ours,
}

/// <summary>What a field of a part of the content means.</summary>
internal enum PartField
{
    Unknown,
    Type,
    Text,
    Refusal,
    Thought,
}

/// <summary>What a part of the content is.</summary>
internal enum PartKind
{
    Said,
    Thought,
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
