namespace ChatBotKit.Server.ModelProviders;

/// <summary>A provider of language models.</summary>
internal interface IModelProvider
{
    /// <summary>The name that errors and lists show, for example <c>openai</c>.</summary>
    string Name { get; }

    /// <summary>The models in the model list. The provider may serve others as well.</summary>
    IReadOnlyList<ModelDescription> Models { get; }

    /// <summary>Whether the models follow instructions, such as to answer in JSON or to call a tool.</summary>
    bool FollowsInstructions => true;

    /// <summary>
    /// Calls a model and streams its answer. Text and reasoning come in pieces, and each tool call comes once and complete. Then
    /// come one <see cref="ModelEventKind.Fields"/> if there are fields to send back with the calls, one
    /// <see cref="ModelEventKind.Usage"/> if the provider reported it, and <see cref="ModelEventKind.End"/> as the last event. The
    /// enumerator's <c>MoveNextAsync</c> completes synchronously as long as there is input that has already arrived.
    /// </summary>
    /// <exception cref="ModelProviderException">
    /// The provider refused the request, failed, sent nothing for too long, or broke off.
    /// </exception>
    IAsyncEnumerable<ModelEvent> StreamAsync(ModelRequest request, CancellationToken cancellationToken);
}

/// <summary>The description of a model in the model list.</summary>
internal sealed record ModelDescription(
    string Id, string Family, string Description, int MaxTokens, int MaxInputTokens, int MaxOutputTokens)
{
    /// <summary>Whether pictures may be sent to the model. If the model then refuses them, no more are sent.</summary>
    public bool TakesPictures { get; init; } = true;
}
