namespace ChatBotKit.Server.ModelProviders.Models;

/// <summary>
/// A parsed model string, such as <c>gpt-5.4-mini/temperature=0.3/maxTokens=2000</c>. A setting that was not given is null.
/// </summary>
internal sealed record ModelReference
{
    public required string Name { get; init; }

    public int? MaxTokens { get; init; }

    /// <summary>The maximum number of most recent messages that the model gets.</summary>
    public int InteractionMaxMessages { get; init; } = 100;

    public double? Temperature { get; init; }

    public double? FrequencyPenalty { get; init; }

    public double? PresencePenalty { get; init; }

    public string? ReasoningEffort { get; init; }

    public long? Seed { get; init; }

    /// <summary>The name of a function, or <c>@first</c>.</summary>
    public string? ForceFunction { get; init; }
}
