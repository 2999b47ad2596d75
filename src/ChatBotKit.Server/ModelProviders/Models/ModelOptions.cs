namespace ChatBotKit.Server.ModelProviders.Models;

/// <summary>The provider of a model that no provider lists.</summary>
internal enum ModelFallback
{
    /// <summary>None. The request is refused.</summary>
    None,

    /// <summary>The OpenAI-compatible endpoint, which gets the name unchanged.</summary>
    OpenAi,

    /// <summary>The built-in extractive model.</summary>
    Extractive,
}

internal sealed record ModelOptions
{
    /// <summary>
    /// The model string for requests without a model. When null, it is the first model of the first added provider, or the built-in
    /// one when there is no provider.
    /// </summary>
    public string? DefaultModel { get; init; }

    public ModelFallback Fallback { get; init; }
}
