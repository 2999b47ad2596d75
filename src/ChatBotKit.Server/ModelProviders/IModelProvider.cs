namespace ChatBotKit.Server.ModelProviders;

/// <summary>Somebody who serves language models.</summary>
internal interface IModelProvider
{
    /// <summary>The name that errors and lists show, for example <c>openai</c>.</summary>
    string Name { get; }

    /// <summary>The models that it lists. It may serve more than these.</summary>
    IReadOnlyList<ModelDescription> Models { get; }

    /// <summary>
    /// One call of a model, as it happens. Text and reasoning come in pieces; each tool call comes once, whole; after
    /// them one <see cref="ModelEventKind.Fields"/> when something goes back with them; one
    /// <see cref="ModelEventKind.Usage"/> when the provider told; <see cref="ModelEventKind.End"/> is the last. The enumerator's <c>MoveNextAsync</c> completes synchronously while input that has already arrived lasts.
    /// </summary>
    /// <exception cref="ModelProviderException">The provider refused, failed, fell silent or broke off.</exception>
    IAsyncEnumerable<ModelEvent> StreamAsync(ModelRequest request, CancellationToken cancellationToken);
}

/// <summary>What the model list shows of a model.</summary>
internal sealed record ModelDescription(
    string Id, string Family, string Description, int MaxTokens, int MaxInputTokens, int MaxOutputTokens)
{
    /// <summary>Whether it may be shown pictures; a model that then refuses them is shown no more.</summary>
    public bool TakesPictures { get; init; } = true;
}
