using ChatBotKit.Server.Knowledge;
using ChatBotKit.Server.ModelProviders;
using ChatBotKit.Server.ModelProviders.ChatClients;
using ChatBotKit.Server.ModelProviders.Embeddings;
using Microsoft.Extensions.AI;

namespace ChatBotKit.Server.Hosting;

/// <summary>Adds models to a server that another program hosts.</summary>
public static class ChatModelServiceCollectionExtensions
{
    /// <summary>Adds an <see cref="IChatClient"/> as a provider of models.</summary>
    /// <param name="services">The services of the server; in <see cref="ChatBotKitServer.StartAsync"/> those of the builder.</param>
    /// <param name="name">The provider's name, which error messages and the list of models show.</param>
    /// <param name="client">Creates the client. It is called once.</param>
    /// <param name="models">
    /// The models of the provider. When several providers have a model of the same name, the provider that was added first serves it.
    /// </param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddModelProvider(
        this IServiceCollection services, string name, Func<IServiceProvider, IChatClient> client, params ChatModel[] models)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(models);
        ArgumentOutOfRangeException.ThrowIfZero(models.Length, nameof(models));
        IReadOnlyList<ModelDescription> descriptions = [.. models.Select(Describe)];
        return services.AddSingleton<IModelProvider>(provider =>
            new ChatClientProvider(name, client(provider), descriptions, provider.GetRequiredService<TimeProvider>()));
    }

    /// <summary>
    /// Adds an <see cref="IEmbeddingGenerator{TInput, TEmbedding}"/>, whose vectors the server uses to search datasets beside their words.
    /// It replaces the model that is named by <c>CHATBOTKIT_EMBEDDING_MODEL</c>.
    /// </summary>
    /// <param name="services">The services of the server; in <see cref="ChatBotKitServer.StartAsync"/> those of the builder.</param>
    /// <param name="name">
    /// The name of the model and everything else that its vectors depend on. Vectors that were stored under another name are computed again.
    /// </param>
    /// <param name="generator">Creates the generator. It is called once.</param>
    /// <param name="isEnglishOnly">Whether the model gets English texts only. Others are found by their words.</param>
    /// <param name="questionPrefix">Written before each question, with the space at the end. Some models were trained with such words.</param>
    /// <param name="passagePrefix">Written before each passage. Another prefix makes the stored vectors void.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddEmbeddingModel(
        this IServiceCollection services,
        string name,
        Func<IServiceProvider, IEmbeddingGenerator<string, Embedding<float>>> generator,
        bool isEnglishOnly = false,
        string questionPrefix = "",
        string passagePrefix = "")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentNullException.ThrowIfNull(questionPrefix);
        ArgumentNullException.ThrowIfNull(passagePrefix);
        return services.AddSingleton<IEmbeddingModel>(provider => new GeneratedEmbeddings(name, generator(provider))
        {
            Texts = isEnglishOnly ? EmbeddedTexts.English : EmbeddedTexts.All,
            QuestionPrefix = questionPrefix,
            PassagePrefix = passagePrefix,
        });
    }

    private static ModelDescription Describe(ChatModel model) => new(
        model.Id, model.Id, model.Description, model.ContextTokens, model.ContextTokens - model.OutputTokens, model.OutputTokens)
    {
        TakesPictures = model.TakesPictures,
    };
}

/// <summary>A model that an <see cref="IChatClient"/> serves.</summary>
/// <param name="Id">The name in requests to the server, which is also the name in requests to the client.</param>
public sealed record ChatModel(string Id)
{
    /// <summary>Gets the description in the list of models.</summary>
    public string Description { get; init; } = "";

    /// <summary>Gets the maximum number of tokens of prompt and answer together, for the list of models.</summary>
    public int ContextTokens { get; init; } = 128_000;

    /// <summary>Gets the maximum number of tokens of the answer, for the list of models.</summary>
    public int OutputTokens { get; init; } = 16_384;

    /// <summary>
    /// Gets whether attached pictures are sent to the model. The default is true; after the model has refused a picture, no more are sent.
    /// </summary>
    public bool TakesPictures { get; init; } = true;
}
