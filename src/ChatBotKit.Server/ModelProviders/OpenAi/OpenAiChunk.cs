namespace ChatBotKit.Server.ModelProviders.OpenAi;

/// <summary>What one event of the stream says that matters here. A struct, because there is one per token.</summary>
internal struct OpenAiChunk
{
    public string? Text;

    public string? Reasoning;

    public List<ToolCallFragment>? ToolCalls;

    public ModelUsage? Usage;

    public ModelEndReason? FinishReason;

    public OpenAiError? Error;

    /// <summary>Nothing follows.</summary>
    public bool IsDone;
}

/// <param name="Index">Which call of the answer it belongs to; null when the provider does not number them.</param>
/// <param name="Id">The call's id, in one of the fragments.</param>
/// <param name="Name">The tool's name, in one of the fragments.</param>
/// <param name="Arguments">The next piece of the arguments.</param>
internal readonly record struct ToolCallFragment(int? Index, string? Id, string? Name, string? Arguments);
