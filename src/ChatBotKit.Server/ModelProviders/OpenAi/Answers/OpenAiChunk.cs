using ChatBotKit.Server.ModelProviders.OpenAi.Failures;

namespace ChatBotKit.Server.ModelProviders.OpenAi.Answers;

/// <summary>The relevant content of one event of the stream. A struct, because there is one per token.</summary>
internal struct OpenAiChunk
{
    public string? Text;

    public string? Reasoning;

    public List<ToolCallFragment>? ToolCalls;

    public ModelUsage? Usage;

    public OpenAiEnd End;

    public OpenAiError? Error;

    /// <summary>Whether the event is not a delta, so that it may be the whole answer. Its calls replace all earlier ones.</summary>
    public bool IsWhole;

    /// <summary>Whether this is the last event.</summary>
    public bool IsDone;
}

/// <summary>A fragment of a tool call.</summary>
internal readonly record struct ToolCallFragment
{
    /// <summary>The index of the call in the answer; null when the provider sends none.</summary>
    public int? Index { get; init; }

    /// <summary>The id of the call; only one fragment has it, or all.</summary>
    public string? Id { get; init; }

    /// <summary>The name of the tool; only one fragment has it, or all.</summary>
    public string? Name { get; init; }

    /// <summary>The next piece of the arguments as it is in the JSON of the event, without quotes.</summary>
    public byte[]? Arguments { get; init; }

    /// <summary>Whether the arguments contain a backslash.</summary>
    public bool IsEscaped { get; init; }

    /// <summary>Whether another call precedes this one in the same event.</summary>
    public bool IsNext { get; init; }

    /// <summary>The fields to send back with the call.</summary>
    public IReadOnlyList<(string Name, byte[] Json)>? Fields { get; init; }
}
