using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.Knowledge;
using ChatBotKit.Server.ModelProviders;
using ChatBotKit.Server.ModelProviders.Embeddings;
using ChatBotKit.Server.ModelProviders.OpenAi;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ChatBotKit.Server.Tests.ModelProviders;

/// <summary>The settings of the embedding model and the reranker.</summary>
public sealed class EmbeddingSetupTests
{
    [Fact]
    public void NothingConfigured_IsNoModel_AndNoReranker()
    {
        using var services = Build(("OPENAI_API_KEY", "sk-test"));

        Assert.Null(services.GetService<IEmbeddingModel>());
        Assert.Null(services.GetService<IReranker>());
        Assert.Equal(VectorMemory.DefaultLimit, services.GetRequiredService<VectorMemory>().Limit);
    }

    [Fact]
    public void Model_IsAtTheProvidersEndpoint_UnlessAnotherIsNamed()
    {
        var provider = new OpenAiOptions { ApiKey = "sk-provider", BaseUrl = new Uri("https://models.example/v1") };

        var options = Read(provider, ("CHATBOTKIT_EMBEDDING_MODEL", "small"))!;
        Assert.Equal(("https://models.example/v1/embeddings", "sk-provider"), (options.Endpoint.UrlOf("embeddings").AbsoluteUri, options.Endpoint.ApiKey));
        options = Read(provider, ("CHATBOTKIT_EMBEDDING_MODEL", "small"), ("CHATBOTKIT_EMBEDDING_KEY", "sk-own"))!;
        Assert.Equal("sk-own", options.Endpoint.ApiKey);
        options = Read(provider, ("CHATBOTKIT_EMBEDDING_MODEL", "small"), ("CHATBOTKIT_EMBEDDING_URL", "https://models.example/other"))!;
        Assert.Equal("sk-provider", options.Endpoint.ApiKey);
        // A key is never sent to another host.
        options = Read(provider, ("CHATBOTKIT_EMBEDDING_MODEL", "small"), ("CHATBOTKIT_EMBEDDING_URL", "http://127.0.0.1:9/v1/embeddings"))!;
        Assert.Equal(("http://127.0.0.1:9/v1/embeddings", null), (options.Endpoint.UrlOf("embeddings").AbsoluteUri, options.Endpoint.ApiKey));
    }

    [Theory]
    [InlineData(null, EmbeddedTexts.All)]
    [InlineData("any", EmbeddedTexts.All)]
    [InlineData(" EN ", EmbeddedTexts.English)]
    public void Languages_AreAnyOrEnglish(string? value, object texts) =>
        Assert.Equal(texts, Read(new OpenAiOptions(), ("CHATBOTKIT_EMBEDDING_MODEL", "small"), ("CHATBOTKIT_EMBEDDING_LANGUAGES", value))!.Texts);

    [Theory]
    [InlineData("CHATBOTKIT_EMBEDDING_LANGUAGES", "de", "must be any or en")]
    [InlineData("CHATBOTKIT_EMBEDDING_URL", "localhost", "CHATBOTKIT_EMBEDDING_URL must be an address")]
    [InlineData("CHATBOTKIT_EMBEDDING_URL", "http://user:sk-word@localhost/", "CHATBOTKIT_EMBEDDING_KEY instead")]
    [InlineData("CHATBOTKIT_EMBEDDING_KEY", "sk-with a space", "CHATBOTKIT_EMBEDDING_KEY")]
    [InlineData("CHATBOTKIT_RERANK_URL", "ftp://localhost", "CHATBOTKIT_RERANK_URL")]
    [InlineData("CHATBOTKIT_RERANK_KEY", "sk-\u00fc", "CHATBOTKIT_RERANK_KEY")]
    [InlineData("CHATBOTKIT_VECTOR_MEMORY_BYTES", "256 MB", "CHATBOTKIT_VECTOR_MEMORY_BYTES")]
    [InlineData("CHATBOTKIT_VECTOR_MEMORY_BYTES", "0", "CHATBOTKIT_VECTOR_MEMORY_BYTES")]
    [InlineData("CHATBOTKIT_EMBEDDING_MODEL", "", "CHATBOTKIT_EMBEDDING_MODEL is not")]
    [InlineData("OPENAI_BASE_URL", "", "but no endpoint")]
    public void BadValue_IsRefusedAtStartByName(string name, string value, string says)
    {
        var settings = new Dictionary<string, string?>
        {
            ["OPENAI_BASE_URL"] = "http://127.0.0.1:9/v1",
            ["CHATBOTKIT_EMBEDDING_MODEL"] = "small",
            ["CHATBOTKIT_EMBEDDING_QUESTION_PREFIX"] = "query: ",
        };
        settings[name] = value;

        var exception = Assert.Throws<StartupException>(() => Build([.. settings.Select(setting => (setting.Key, setting.Value))]));

        Assert.Contains(says, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sk-", exception.Message, StringComparison.Ordinal);
    }

    private static EmbeddingOptions? Read(OpenAiOptions provider, params (string Name, string? Value)[] settings) =>
        EmbeddingOptions.Read(Configuration(settings), provider);

    private static IConfiguration Configuration(params (string Name, string? Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, setting.Value))).Build();

    private static ServiceProvider Build(params (string Name, string? Value)[] settings)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddModelProviders(Configuration(settings));
        return services.BuildServiceProvider();
    }
}
