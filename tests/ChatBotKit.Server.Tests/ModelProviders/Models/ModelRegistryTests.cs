using System.Runtime.CompilerServices;
using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.Knowledge;
using ChatBotKit.Server.ModelProviders;
using ChatBotKit.Server.ModelProviders.Models;
using ChatBotKit.Server.ModelProviders.OpenAi;

namespace ChatBotKit.Server.Tests.ModelProviders;

public sealed class ModelRegistryTests : IDisposable
{
    private readonly HttpClient _http = OpenAiConnection.Create();
    private readonly ExtractiveProvider _builtIn = new(new PassageSearch());

    [Fact]
    public void Resolve_ListedName_GoesToItsProviderWithItsSettings()
    {
        var openAi = OpenAi("gpt-4o", "gpt-4o-mini");
        var registry = new ModelRegistry([openAi, _builtIn], new ModelOptions());

        var resolved = registry.Resolve("gpt-4o-mini/temperature=0.3");

        Assert.Same(openAi, resolved.Provider);
        Assert.Equal(new ModelReference { Name = "gpt-4o-mini", Temperature = 0.3 }, resolved.Model);
    }

    [Fact]
    public void Resolve_NameOfTwoProviders_GoesToTheFirst()
    {
        var first = new NamedProvider("first", "shared", "own");
        var second = new NamedProvider("second", "shared", "other");
        var registry = new ModelRegistry([_builtIn, first, second], new ModelOptions());

        Assert.Same(first, registry.Resolve("shared").Provider);
        Assert.Same(second, registry.Resolve("other").Provider);
        Assert.Equal(["shared", "own", "other", "extractive"], registry.List().Select(listed => listed.Model.Id));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Resolve_NoName_GoesToTheFirstModelOfTheFirstProvider(string? modelString)
    {
        var registry = new ModelRegistry([_builtIn, OpenAi("gpt-4o", "gpt-4o-mini")], new ModelOptions());

        Assert.Equal("gpt-4o", registry.Resolve(modelString).Model.Name);
        Assert.Equal(("openai", true), Listed(registry, "gpt-4o"));
        Assert.Equal(("openai", false), Listed(registry, "gpt-4o-mini"));
        Assert.Equal(("builtin", false), Listed(registry, "extractive"));
    }

    [Fact]
    public void Resolve_NoNameAndNoProvider_GoesToTheBuiltInModel()
    {
        var registry = new ModelRegistry([_builtIn], new ModelOptions());

        Assert.Same(_builtIn, registry.Resolve(null).Provider);
        Assert.Equal(("builtin", true), Listed(registry, "extractive"));
    }

    [Fact]
    public void Resolve_NoNameAndConfiguredDefault_KeepsItsSettings()
    {
        var registry = new ModelRegistry(
            [OpenAi("gpt-4o", "gpt-4o-mini"), _builtIn], new ModelOptions { DefaultModel = "gpt-4o-mini/temperature=0" });

        Assert.Equal(new ModelReference { Name = "gpt-4o-mini", Temperature = 0 }, registry.Resolve(" ").Model);
        Assert.Equal(("openai", true), Listed(registry, "gpt-4o-mini"));
    }

    [Fact]
    public void Resolve_UnknownName_NamesWhatIsServed()
    {
        var registry = new ModelRegistry([OpenAi("gpt-4o"), _builtIn], new ModelOptions());

        var exception = Assert.Throws<UnknownModelException>(() => registry.Resolve("gpt-9/temperature=1"));

        Assert.Equal("The model \"gpt-9\" is not served here. Served are: gpt-4o, extractive.", exception.Message);
    }

    [Fact]
    public void Resolve_UnknownNameWithFallbackOpenAi_GoesThereUnderThatName()
    {
        var openAi = OpenAi("gpt-4o");
        var registry = new ModelRegistry([openAi, _builtIn], new ModelOptions { Fallback = ModelFallback.OpenAi });

        Assert.Same(openAi, registry.Resolve("qwen3:8b").Provider);
        Assert.Equal("qwen3:8b", registry.Resolve("qwen3:8b").Model.Name);
        Assert.Same(_builtIn, registry.Resolve("extractive").Provider);
    }

    [Fact]
    public void Resolve_UnknownNameWithFallbackExtractive_GoesToTheBuiltInModel()
    {
        var registry = new ModelRegistry([OpenAi("gpt-4o"), _builtIn], new ModelOptions { Fallback = ModelFallback.Extractive });

        Assert.Same(_builtIn, registry.Resolve("claude-4").Provider);
        Assert.IsType<OpenAiProvider>(registry.Resolve("gpt-4o").Provider);
    }

    [Fact]
    public void Construct_FallbackOpenAiWithoutProvider_IsRefused() => Assert.Contains(
        "OPENAI_API_KEY",
        Assert.Throws<StartupException>(
            () => new ModelRegistry([_builtIn], new ModelOptions { Fallback = ModelFallback.OpenAi })).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Construct_DefaultThatNobodyServes_IsRefused() => Assert.StartsWith(
        "CHATBOTKIT_DEFAULT_MODEL",
        Assert.Throws<StartupException>(() => new ModelRegistry([_builtIn], new ModelOptions { DefaultModel = "gpt-4o" })).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("qwen/qwen3:free", "qwen/qwen3:free", null)]
    [InlineData(" qwen/qwen3:free/temperature=0.5", "qwen/qwen3:free", 0.5)]
    [InlineData("qwen%2Fqwen3:free/temperature=0.5", "qwen/qwen3:free", 0.5)]
    [InlineData("qwen/qwen3:free/thinking=on", "qwen/qwen3:free/thinking=on", null)]
    [InlineData("qwen/qwen3:free/thinking=on/temperature=1", "qwen/qwen3:free/thinking=on", 1.0)]
    [InlineData("meta-llama/llama-3.1-8b-instruct", "meta-llama/llama-3.1-8b-instruct", null)]
    public void Resolve_ServedNameWithSlashes_IsTakenAsItStands(string asked, string name, double? temperature)
    {
        var registry = new ModelRegistry(
            [OpenAi("meta-llama/llama-3.1-8b-instruct", "qwen/qwen3:free", "qwen/qwen3:free/thinking=on"), _builtIn],
            new ModelOptions { DefaultModel = "qwen/qwen3:free" });

        Assert.Equal("qwen/qwen3:free", registry.Resolve(null).Model.Name);
        Assert.Equal(new ModelReference { Name = name, Temperature = temperature }, registry.Resolve(asked).Model);
    }

    [Fact]
    public void Resolve_SettingOfAServedNameThatIsNone_IsStillTold() => Assert.Contains(
        "key=value",
        Assert.Throws<ModelReferenceException>(() => new ModelRegistry([OpenAi("gpt-4o")], new ModelOptions()).Resolve("gpt-4o/oops")).Message,
        StringComparison.Ordinal);

    public void Dispose() => _http.Dispose();

    private static (string Provider, bool IsDefault) Listed(ModelRegistry registry, string id)
    {
        var listed = Assert.Single(registry.List(), listed => listed.Model.Id == id);
        return (listed.Provider, listed.IsDefault);
    }

    private OpenAiProvider OpenAi(params string[] models) =>
        new(new OpenAiOptions { Models = models }, _http, TimeProvider.System);

    private sealed class NamedProvider(string name, params string[] models) : IModelProvider
    {
        public string Name => name;

        public IReadOnlyList<ModelDescription> Models { get; } =
            [.. models.Select(model => new ModelDescription(model, model, "", 2, 1, 1))];

        public async IAsyncEnumerable<ModelEvent> StreamAsync(
            ModelRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.CompletedTask;
            yield return ModelEvent.OfEnd(ModelEndReason.Stop);
        }
    }
}
