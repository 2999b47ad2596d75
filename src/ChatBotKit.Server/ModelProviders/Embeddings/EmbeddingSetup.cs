using System.Globalization;
using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.Knowledge;
using ChatBotKit.Server.ModelProviders.OpenAi;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ChatBotKit.Server.ModelProviders.Embeddings;

/// <summary>Registers what searches of datasets use beside their words.</summary>
internal static class EmbeddingSetup
{
    private const string MemorySetting = "CHATBOTKIT_VECTOR_MEMORY_BYTES";
    private const string Connection = "embeddings";

    /// <summary>
    /// Registers the embedding model and the reranker that are configured. A model that the host program has registered comes before the
    /// configured one.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">The settings.</param>
    /// <param name="provider">The endpoint of the model provider; null when there is none.</param>
    /// <exception cref="StartupException">A setting is invalid.</exception>
    public static void AddEmbeddings(this IServiceCollection services, IConfiguration configuration, OpenAiOptions? provider)
    {
        services.AddSingleton(new VectorMemory(ReadMemory(configuration[MemorySetting])));
        services.AddKeyedSingleton(Connection, (_, _) => OpenAiConnection.Create(TelemetryOptions.IsExported(configuration)));
        if (EmbeddingOptions.Read(configuration, provider) is { } options)
        {
            services.TryAddSingleton<IEmbeddingModel>(all => new EmbeddingEndpoint(
                options, all.GetRequiredKeyedService<HttpClient>(Connection), all.GetRequiredService<TimeProvider>()));
        }

        if (EndpointSettings.Read(configuration, "CHATBOTKIT_RERANK_URL", "CHATBOTKIT_RERANK_KEY") is { } reranker)
        {
            services.TryAddSingleton<IReranker>(all => new RerankEndpoint(
                reranker, all.GetRequiredKeyedService<HttpClient>(Connection), all.GetRequiredService<TimeProvider>()));
        }
    }

    private static long ReadMemory(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return VectorMemory.DefaultLimit;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) && bytes > 0
            ? bytes
            : throw new StartupException($"{MemorySetting} must be a number of bytes above 0.");
    }
}
