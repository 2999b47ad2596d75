using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.ModelProviders.Embeddings;
using ChatBotKit.Server.ModelProviders.OpenAi;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Actions.Images;

/// <summary>The endpoint that generates pictures.</summary>
internal sealed record ImageOptions
{
    private const string UrlName = "CHATBOTKIT_IMAGE_URL";
    private const string ModelName = "CHATBOTKIT_IMAGE_MODEL";

    /// <summary>The endpoint; null when none is configured.</summary>
    public OpenAiOptions? Endpoint { get; init; }

    /// <summary>The model; null for the default of the endpoint.</summary>
    public string? Model { get; init; }

    /// <exception cref="StartupException">A setting is invalid; the message names it.</exception>
    public static ImageOptions From(IConfiguration configuration) => new()
    {
        Endpoint = EndpointSettings.Read(configuration, UrlName, "CHATBOTKIT_IMAGE_KEY"),
        Model = configuration[ModelName]?.Trim() is { Length: > 0 } model ? model : null,
    };
}
