namespace ChatBotKit.Server.ModelProviders.OpenAi.Answers;

/// <summary>The meaning of a field of an event.</summary>
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

/// <summary>The meaning of a field of a choice.</summary>
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

/// <summary>The meaning of a field of a delta or a message.</summary>
internal enum DeltaField
{
    /// <summary>An unknown field, sent back to the provider with the calls of the message.</summary>
    Unknown,

    /// <summary>The text of the answer: a string, a list of parts, or a number or boolean, which is converted to text.</summary>
    Text,

    /// <summary>A refusal, which replaces the text. Values other than strings are ignored.</summary>
    Refusal,
    Reasoning,
    Calls,

    /// <summary>The single call of the older format.</summary>
    Call,

    /// <summary>A field that the server writes itself in a request, or never sends.</summary>
    Ours,
}

/// <summary>The meaning of a field of a content part.</summary>
internal enum PartField
{
    Unknown,
    Type,
    Text,
    Refusal,
    Thought,
}

/// <summary>The kind of a content part.</summary>
internal enum PartKind
{
    Said,
    Thought,
}

/// <summary>The meaning of a field of a tool call.</summary>
internal enum CallField
{
    /// <summary>An unknown field, sent back to the provider with the call.</summary>
    Unknown,
    Arguments,
    Index,
    Id,
    Function,
    Name,
    Ours,
}

/// <summary>The meaning of a finish reason.</summary>
internal enum OpenAiEnd
{
    /// <summary>The answer is not finished.</summary>
    None,
    Stop,
    Length,
    ToolCalls,
    Filtered,

    /// <summary>The answer failed.</summary>
    Failed,

    /// <summary>An unknown word. It ends the answer if the provider then ends the stream without an error.</summary>
    Unknown,
}
