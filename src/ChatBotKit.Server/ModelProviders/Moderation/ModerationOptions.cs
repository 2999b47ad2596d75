using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.ModelProviders.Embeddings;
using ChatBotKit.Server.ModelProviders.OpenAi;

namespace ChatBotKit.Server.ModelProviders.Moderation;

/// <summary>The configured moderation model.</summary>
/// <param name="Model">Its name for the endpoint.</param>
/// <param name="Endpoint">The address and key of the endpoint.</param>
internal sealed record ModerationOptions(string Model, OpenAiOptions Endpoint)
{
    public const string ModelSetting = "CHATBOTKIT_MODERATION_MODEL";
    private const string UrlSetting = "CHATBOTKIT_MODERATION_URL";
    private const string KeySetting = "CHATBOTKIT_MODERATION_KEY";
    private const string Connection = "moderation";

    /// <summary>Registers the moderation model, if one is configured.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">The settings.</param>
    /// <param name="provider">The endpoint of the model provider, whose address and key are the default; null when there is none.</param>
    /// <exception cref="StartupException">A setting is invalid.</exception>
    public static void Add(IServiceCollection services, IConfiguration configuration, OpenAiOptions? provider)
    {
        if (Read(configuration, provider) is not { } options)
            return;
        services.AddKeyedSingleton(Connection, (_, _) => OpenAiConnection.Create(TelemetryOptions.IsExported(configuration)));
        services.AddSingleton(all => new ModerationEndpoint(
            options, all.GetRequiredKeyedService<HttpClient>(Connection), all.GetRequiredService<TimeProvider>()));
    }

    private static ModerationOptions? Read(IConfiguration configuration, OpenAiOptions? provider)
    {
        // Read first, so that an invalid value is reported even if no model is configured.
        var own = EndpointSettings.Read(configuration, UrlSetting, KeySetting);
        if (configuration[ModelSetting]?.Trim() is not { Length: > 0 } model)
        {
            return configuration[UrlSetting] is { Length: > 0 } || configuration[KeySetting] is { Length: > 0 }
                ? throw new StartupException($"{UrlSetting} or {KeySetting} is set, but {ModelSetting} is not. Name the moderation model, or remove the setting.")
                : null;
        }

        var endpoint = own ?? provider
            ?? throw new StartupException($"{ModelSetting} is set, but no endpoint: set {UrlSetting}, or OPENAI_BASE_URL or OPENAI_API_KEY.");
        return new ModerationOptions(
            model, endpoint with { ApiKey = EndpointSettings.ReadKey(configuration, KeySetting) ?? EndpointSettings.KeyFor(endpoint, provider) });
    }
}
