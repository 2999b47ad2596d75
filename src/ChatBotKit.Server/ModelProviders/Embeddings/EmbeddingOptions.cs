using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.Knowledge;
using ChatBotKit.Server.ModelProviders.OpenAi;

namespace ChatBotKit.Server.ModelProviders.Embeddings;

/// <summary>The configured embedding model.</summary>
/// <param name="Model">Its name for the endpoint.</param>
/// <param name="Endpoint">The address and key of the endpoint.</param>
internal sealed record EmbeddingOptions(string Model, OpenAiOptions Endpoint)
{
    private const string ModelSetting = "CHATBOTKIT_EMBEDDING_MODEL";
    private const string UrlSetting = "CHATBOTKIT_EMBEDDING_URL";
    private const string KeySetting = "CHATBOTKIT_EMBEDDING_KEY";
    private const string LanguagesSetting = "CHATBOTKIT_EMBEDDING_LANGUAGES";
    private const string QuestionSetting = "CHATBOTKIT_EMBEDDING_QUESTION_PREFIX";
    private const string PassageSetting = "CHATBOTKIT_EMBEDDING_PASSAGE_PREFIX";

    /// <summary>The texts that the model gets.</summary>
    public EmbeddedTexts Texts { get; init; } = EmbeddedTexts.All;

    /// <summary>Written before each question. Some models were trained with such words.</summary>
    public string QuestionPrefix { get; init; } = "";

    /// <summary>Written before each passage.</summary>
    public string PassagePrefix { get; init; } = "";

    /// <summary>Reads the settings; returns null when no model is configured.</summary>
    /// <param name="configuration">The settings.</param>
    /// <param name="provider">The endpoint of the model provider, whose address and key are the default; null when there is none.</param>
    /// <exception cref="StartupException">A setting is invalid.</exception>
    public static EmbeddingOptions? Read(IConfiguration configuration, OpenAiOptions? provider)
    {
        // Read first, so that an invalid value is reported even if no model is configured.
        var texts = ReadTexts(configuration[LanguagesSetting]);
        var own = EndpointSettings.Read(configuration, UrlSetting, KeySetting);
        if (configuration[ModelSetting]?.Trim() is not { Length: > 0 } model)
        {
            foreach (var setting in (ReadOnlySpan<string>)[UrlSetting, KeySetting, LanguagesSetting, QuestionSetting, PassageSetting])
            {
                if (configuration[setting] is { Length: > 0 })
                    throw new StartupException($"{setting} is set, but {ModelSetting} is not. Name the embedding model, or remove the setting.");
            }

            return null;
        }

        var endpoint = own ?? provider
            ?? throw new StartupException($"{ModelSetting} is set, but no endpoint: set {UrlSetting}, or OPENAI_BASE_URL or OPENAI_API_KEY.");
        return new EmbeddingOptions(model, endpoint with { ApiKey = EndpointSettings.ReadKey(configuration, KeySetting) ?? EndpointSettings.KeyFor(endpoint, provider) })
        {
            Texts = texts,
            QuestionPrefix = configuration[QuestionSetting] ?? "",
            PassagePrefix = configuration[PassageSetting] ?? "",
        };
    }

    private static EmbeddedTexts ReadTexts(string? languages) => languages?.Trim().ToLowerInvariant() switch
    {
        null or "" or "any" => EmbeddedTexts.All,
        "en" => EmbeddedTexts.English,
        _ => throw new StartupException(
            $"{LanguagesSetting} is \"{languages}\", but must be any or en: the server tells English from other languages only."),
    };
}
