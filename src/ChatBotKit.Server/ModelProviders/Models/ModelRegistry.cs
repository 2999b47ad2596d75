using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.ModelProviders.OpenAi;

namespace ChatBotKit.Server.ModelProviders.Models;

/// <summary>Finds the provider of a model.</summary>
internal sealed class ModelRegistry
{
    private readonly List<IModelProvider> _providers;
    private readonly Dictionary<string, IModelProvider> _byModel = new(StringComparer.Ordinal);
    private readonly IModelProvider? _fallback;
    private readonly ModelReference _default;

    /// <param name="providers">The providers in the order of precedence: if several list the same name, the first one serves it.</param>
    /// <param name="options">The default model and the fallback.</param>
    /// <exception cref="StartupException">The configured default can't be used, or the provider of the fallback is missing.</exception>
    public ModelRegistry(IEnumerable<IModelProvider> providers, ModelOptions options)
    {
        // The built-in model comes last, wherever it was registered.
        _providers = [.. providers.OrderBy(provider => provider is ExtractiveProvider)];
        foreach (var provider in _providers)
        {
            foreach (var model in provider.Models)
                _byModel.TryAdd(model.Id, provider);
        }

        _fallback = FindFallback(options.Fallback);
        _default = string.IsNullOrWhiteSpace(options.DefaultModel)
            ? new ModelReference { Name = _providers.SelectMany(provider => provider.Models).First().Id }
            : ReadDefault(options.DefaultModel);
    }

    /// <param name="modelString">A name with settings; null or empty for the default model.</param>
    /// <exception cref="UnknownModelException">No provider serves the model.</exception>
    /// <exception cref="ModelReferenceException">A setting is unknown or out of its range.</exception>
    public ResolvedModel Resolve(string? modelString)
    {
        var model = string.IsNullOrWhiteSpace(modelString) ? _default : Parse(modelString);
        return new ResolvedModel(ProviderOf(model), model);
    }

    /// <summary>Lists every model once, in the order of precedence. The default model is marked.</summary>
    public IReadOnlyList<ListedModel> List() =>
    [
        .. _providers
            .SelectMany(provider => provider.Models, (provider, model) => (provider, model))
            .Where(pair => _byModel[pair.model.Id] == pair.provider)
            .DistinctBy(pair => pair.model.Id)
            .Select(pair => new ListedModel(pair.model, pair.provider.Name, pair.model.Id == _default.Name)),
    ];

    private ModelReference Parse(string modelString) => ModelString.Parse(modelString, _byModel.ContainsKey);

    private ModelReference ReadDefault(string modelString)
    {
        try
        {
            var model = Parse(modelString.Trim());
            ProviderOf(model);
            return model;
        }
        catch (ModelReferenceException e)
        {
            throw new StartupException($"CHATBOTKIT_DEFAULT_MODEL can't be used: {e.Message}", e);
        }
    }

    private IModelProvider ProviderOf(ModelReference model) =>
        _byModel.GetValueOrDefault(model.Name) ?? _fallback ?? throw new UnknownModelException(model.Name, _byModel.Keys);

    private IModelProvider? FindFallback(ModelFallback fallback) => fallback switch
    {
        ModelFallback.None => null,
        ModelFallback.OpenAi => _providers.OfType<OpenAiProvider>().FirstOrDefault()
            ?? throw new StartupException(
                "CHATBOTKIT_MODEL_FALLBACK is \"openai\", but there is no such provider: set OPENAI_API_KEY or OPENAI_BASE_URL."),
        _ => _providers.OfType<ExtractiveProvider>().First(),
    };
}

/// <param name="Provider">The provider of the model.</param>
/// <param name="Model">The name for the provider, with the settings.</param>
internal sealed record ResolvedModel(IModelProvider Provider, ModelReference Model);

internal sealed record ListedModel(ModelDescription Model, string Provider, bool IsDefault);
