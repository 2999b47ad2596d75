using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.ModelProviders;
using ChatBotKit.Server.ModelProviders.Models;
using ChatBotKit.Server.ModelProviders.OpenAi;
using ChatBotKit.TestModels;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ChatBotKit.Server.Tests.ModelProviders;

public sealed class ModelProviderSetupTests
{
    [Fact]
    public void Setup_NothingConfigured_ServesTheBuiltInModelAlone()
    {
        using var services = Build();
        var registry = services.GetRequiredService<ModelRegistry>();

        Assert.Equal("extractive", Assert.Single(registry.List()).Model.Id);
        Assert.IsType<ExtractiveProvider>(registry.Resolve(null).Provider);
    }

    [Theory]
    [InlineData("OPENAI_API_KEY", "sk-test")]
    [InlineData("OPENAI_BASE_URL", "http://127.0.0.1:11434/v1/")]
    public void Setup_EitherOpenAiSetting_MakesTheProviderTheDefault(string name, string value)
    {
        using var services = Build((name, value));

        Assert.IsType<OpenAiProvider>(services.GetRequiredService<ModelRegistry>().Resolve(null).Provider);
    }

    [Fact]
    public void Setup_ConfiguredModels_ReplaceTheWellKnownOnes()
    {
        using var services = Build(("OPENAI_API_KEY", "sk-test"), ("OPENAI_MODELS", "qwen3:8b, gpt-4o ,"));
        var listed = services.GetRequiredService<ModelRegistry>().List();

        Assert.Equal(["qwen3:8b", "gpt-4o", "extractive"], listed.Select(model => model.Model.Id));
        Assert.All(listed, model => Assert.Equal(model.Model.MaxTokens, model.Model.MaxInputTokens + model.Model.MaxOutputTokens));
    }

    [Theory]
    [InlineData("CHATBOTKIT_MODEL_FALLBACK", "Ollama", "openai, extractive or unset")]
    [InlineData("OPENAI_BASE_URL", "localhost:11434", "OPENAI_BASE_URL")]
    [InlineData("OPENAI_BASE_URL", "ftp://localhost/v1", "OPENAI_BASE_URL")]
    [InlineData("OPENAI_API_KEY", "sk-with a space", "OPENAI_API_KEY")]
    [InlineData("OPENAI_SILENCE_SECONDS", "0", "OPENAI_SILENCE_SECONDS")]
    [InlineData("OPENAI_FIRST_BYTE_SECONDS", "soon", "OPENAI_FIRST_BYTE_SECONDS")]
    [InlineData("CHATBOTKIT_MAX_ANSWER_CHARACTERS", "999", "from 1000 to 5000000")]
    [InlineData("CHATBOTKIT_MAX_ANSWER_CHARACTERS", "5000001", "CHATBOTKIT_MAX_ANSWER_CHARACTERS")]
    [InlineData("CHATBOTKIT_MAX_ANSWER_CHARACTERS", "4 MB", "CHATBOTKIT_MAX_ANSWER_CHARACTERS")]
    public void Setup_BadValue_IsRefusedAtStartByName(string name, string value, string says)
    {
        var exception = Assert.Throws<StartupException>(() => Build((name, value), ("OPENAI_API_KEY", "sk-test")));

        Assert.Contains(says, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sk-", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Setup_FallbackOpenAiWithoutProvider_StopsTheStart()
    {
        using var services = Build(("CHATBOTKIT_MODEL_FALLBACK", "openai"));

        Assert.Throws<StartupException>(services.GetServices<IHostedService>);
    }

    [Fact]
    public void Setup_DefaultModelThatNobodyServes_StopsTheStart()
    {
        using var services = Build(("CHATBOTKIT_DEFAULT_MODEL", "gpt-4o"));

        Assert.Contains(
            "\"gpt-4o\" is not served here. Served are: extractive",
            Assert.Throws<StartupException>(services.GetServices<IHostedService>).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Setup_SettingsFromConfiguration_ReachTheEndpoint()
    {
        await using var upstream = await ScriptedModelServer.StartAsync(TestContext.Current.CancellationToken);
        await using var services = Build(
            ("OPENAI_API_KEY", " sk-test\n"), ("OPENAI_BASE_URL", upstream.BaseUrl + "/"), ("CHATBOTKIT_MODEL_FALLBACK", "openai"));
        var resolved = services.GetRequiredService<ModelRegistry>().Resolve("qwen3:8b");

        var answer = await ModelAnswer.ReadAsync(resolved.Provider, ModelRequests.Of(resolved.Model, "Hi"));

        Assert.Equal(ScriptedModelServer.DefaultText, answer.Text);
        var request = Assert.Single(upstream.Requests);
        Assert.Equal(("qwen3:8b", "Hi", "Bearer sk-test"), (request.Model, request.LastText("user"), request.Authorization));
    }

    private static ServiceProvider Build(params (string Name, string Value)[] settings) => new ServiceCollection()
        .AddLogging()
        .AddModelProviders(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.DistinctBy(setting => setting.Name).ToDictionary(
                setting => setting.Name, string? (setting) => setting.Value))
            .Build())
        .BuildServiceProvider();
}
