namespace ChatBotKit.Server.ModelProviders;

/// <summary>Where a model name goes that no provider lists.</summary>
internal enum ModelFallback
{
    /// <summary>Nowhere: the request is refused.</summary>
    None,

    /// <summary>To the OpenAI-compatible endpoint, under that name.</summary>
    OpenAi,

    /// <summary>To the built-in model that quotes.</summary>
    Extractive,
}

internal sealed record ModelOptions
{
    /// <summary>
    /// The model string for requests that name no model; null for the first one of the first provider that was added,
    /// else the built-in one.
    /// </summary>
    public string? DefaultModel { get; init; }

    public ModelFallback Fallback { get; init; }
}
