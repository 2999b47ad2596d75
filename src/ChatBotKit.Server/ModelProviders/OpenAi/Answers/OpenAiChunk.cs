namespace ChatBotKit.Server.ModelProviders.OpenAi.Answers;

/// <summary>What one event of the stream says that matters here. A struct, because there is one per token.</summary>
internal struct OpenAiChunk
{
    public string? Text;

    public string? Reasoning;

    public List<ToolCallFragment>? ToolCalls;

    public ModelUsage? Usage;

    public OpenAiEnd End;

    public OpenAiError? Error;

    /// <summary>It is no delta, so it may be the whole answer. Its calls take the place of those that came before.</summary>
    public bool IsWhole;

    /// <summary>Nothing follows.</summary>
    public bool IsDone;
}

/// <summary>A piece of a tool call.</summary>
internal readonly record struct ToolCallFragment
{
    /// <summary>Which call of the answer it belongs to; null when the provider does not number them.</summary>
    public int? Index { get; init; }

    /// <summary>The call's id, in one of the fragments, or in all.</summary>
    public string? Id { get; init; }

    /// <summary>The tool's name, in one of the fragments, or in all.</summary>
    public string? Name { get; init; }

    /// <summary>The next piece of the arguments as it stands in the JSON of the event, without quotes.</summary>
    public byte[]? Arguments { get; init; }

    /// <summary>Whether a backslash is among these.</summary>
    public bool IsEscaped { get; init; }

    /// <summary>Whether another call stands before it in the same event.</summary>
    public bool IsNext { get; init; }

    /// <summary>The fields that go back with the call.</summary>
    public IReadOnlyList<(string Name, byte[] Json)>? Fields { get; init; }
}
