using System.Globalization;
using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.Knowledge;
using ChatBotKit.Server.ModelProviders.Answers;
using ChatBotKit.Server.ModelProviders.Embeddings;
using ChatBotKit.Server.ModelProviders.Models;
using ChatBotKit.Server.ModelProviders.Moderation;
using ChatBotKit.Server.ModelProviders.OpenAi;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ChatBotKit.Server.ModelProviders;

/// <summary>Registers the model providers.</summary>
internal static class ModelProviderSetup
{
    /// <summary>
    /// Registers the built-in model, the OpenAI-compatible endpoint if one is configured, and a <see cref="ModelRegistry"/> of
    /// these and of all providers that the host program has registered; also the models for searches of datasets and for moderation.
    /// </summary>
    /// <exception cref="StartupException">A setting has an invalid value.</exception>
    public static IServiceCollection AddModelProviders(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IPassageSearch, PassageSearch>();
        var maxAnswerCharacters = AnswerLimit.Read(configuration);
        var openAi = ReadOpenAi(configuration, maxAnswerCharacters);
        if (openAi is not null)
            AddOpenAi(services, openAi, isTraced: TelemetryOptions.IsExported(configuration));
        services.AddEmbeddings(configuration, openAi);
        ModerationOptions.Add(services, configuration, openAi);
        services.AddSingleton<IModelProvider, ExtractiveProvider>();
        services.AddSingleton(ReadOptions(configuration));
        services.AddSingleton<ModelRegistry>();
        services.AddHostedService<ModelAnnouncement>();
        return services;
    }

    private static void AddOpenAi(IServiceCollection services, OpenAiOptions options, bool isTraced)
    {
        services.AddSingleton(options);
        services.AddKeyedSingleton(OpenAiProvider.ProviderName, (_, _) => OpenAiConnection.Create(isTraced));
        services.AddSingleton<IModelProvider>(provider => new OpenAiProvider(
            options,
            provider.GetRequiredKeyedService<HttpClient>(OpenAiProvider.ProviderName),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetService<ILogger<OpenAiProvider>>()));
    }

    private static ModelOptions ReadOptions(IConfiguration configuration) => new()
    {
        DefaultModel = configuration["CHATBOTKIT_DEFAULT_MODEL"],
        Fallback = configuration["CHATBOTKIT_MODEL_FALLBACK"] switch
        {
            null or "" => ModelFallback.None,
            "openai" => ModelFallback.OpenAi,
            "extractive" => ModelFallback.Extractive,
            var other => throw new StartupException(
                $"CHATBOTKIT_MODEL_FALLBACK is \"{other}\", but must be openai, extractive or unset."),
        },
    };

    private static OpenAiOptions? ReadOpenAi(IConfiguration configuration, int maxAnswerCharacters)
    {
        var key = configuration["OPENAI_API_KEY"]?.Trim();
        var url = configuration["OPENAI_BASE_URL"]?.Trim();
        var defaults = new OpenAiOptions();
        // Read first, so that an invalid value is reported even if no endpoint is configured.
        var firstByteTimeout = ReadSeconds(configuration, "OPENAI_FIRST_BYTE_SECONDS", defaults.FirstByteTimeout);
        var silenceTimeout = ReadSeconds(configuration, "OPENAI_SILENCE_SECONDS", defaults.SilenceTimeout);
        if (string.IsNullOrEmpty(key) && string.IsNullOrEmpty(url))
            return null;
        // Checked here, because the framework's own exception for an invalid header would contain the key.
        if (key?.AsSpan().ContainsAnyExceptInRange('!', '~') == true)
            throw new StartupException("OPENAI_API_KEY holds a character that a key can't hold, such as a space.");
        return defaults with
        {
            ApiKey = key,
            BaseUrl = string.IsNullOrEmpty(url) ? OpenAiOptions.DefaultBaseUrl : OpenAiAddress.Read(url),
            Models = Names(configuration["OPENAI_MODELS"]),
            ImageModels = configuration["OPENAI_IMAGE_MODELS"]?.Trim() switch
            {
                null or "" => null,
                "none" => [],
                var names => Names(names),
            },
            FirstByteTimeout = firstByteTimeout,
            SilenceTimeout = silenceTimeout,
            MaxAnswerCharacters = maxAnswerCharacters,
        };
    }

    private static string[] Names(string? text) =>
        (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static TimeSpan ReadSeconds(IConfiguration configuration, string name, TimeSpan fallback)
    {
        var text = configuration[name];
        if (string.IsNullOrWhiteSpace(text))
            return fallback;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
            && seconds is > 0 and <= 86_400
                ? TimeSpan.FromSeconds(seconds)
                : throw new StartupException($"{name} must be a number of seconds from above 0 to 86400.");
    }
}
