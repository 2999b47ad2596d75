using ChatBotKit.Server.ModelProviders;
using Microsoft.Extensions.AI;

namespace ChatBotKit.Server.Hosting;

/// <summary>Adds models to a server that runs inside another program.</summary>
public static class ChatModelServiceCollectionExtensions
{
    /// <summary>Lets an <see cref="IChatClient"/> serve models.</summary>
    /// <param name="services">The services of the server; in <see cref="ChatBotKitServer.StartAsync"/> those of the builder.</param>
    /// <param name="name">The provider's name, which failures and the list of models show.</param>
    /// <param name="client">Creates the client, once.</param>
    /// <param name="models">
    /// The models that it serves. When several providers have the same name for a model, the one that was added first serves it.
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

    private static ModelDescription Describe(ChatModel model) => new(
        model.Id, model.Id, model.Description, model.ContextTokens, model.ContextTokens - model.OutputTokens, model.OutputTokens)
    {
        TakesPictures = model.TakesPictures,
    };
}

/// <summary>A model that an <see cref="IChatClient"/> serves.</summary>
/// <param name="Id">The name under which requests ask for it; the client is asked for it under the same one.</param>
public sealed record ChatModel(string Id)
{
    /// <summary>Gets what the list of models says of it.</summary>
    public string Description { get; init; } = "";

    /// <summary>Gets how many tokens question and answer may have together, for the list of models.</summary>
    public int ContextTokens { get; init; } = 128_000;

    /// <summary>Gets how many of these the answer may have.</summary>
    public int OutputTokens { get; init; } = 16_384;

    /// <summary>Gets whether it is shown attached pictures. Default: yes, until it refuses one.</summary>
    public bool TakesPictures { get; init; } = true;
}
