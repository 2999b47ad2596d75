namespace ChatBotKit.Server.ModelProviders;

/// <summary>
/// A model string such as <c>gpt-5.4-mini/temperature=0.3/maxTokens=2000</c>, taken apart.
/// A null setting was not given.
/// </summary>
internal sealed record ModelReference
{
    public required string Name { get; init; }

    public int? MaxTokens { get; init; }

    /// <summary>How many of the last messages the model sees.</summary>
    public int InteractionMaxMessages { get; init; } = 100;

    public double? Temperature { get; init; }

    public double? FrequencyPenalty { get; init; }

    public double? PresencePenalty { get; init; }

    public string? ReasoningEffort { get; init; }

    public long? Seed { get; init; }

    /// <summary>A function's name, or <c>@first</c>.</summary>
    public string? ForceFunction { get; init; }
}
