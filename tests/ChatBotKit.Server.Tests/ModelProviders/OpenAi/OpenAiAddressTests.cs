using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.ModelProviders.OpenAi;
using ChatBotKit.Server.Tests.Features;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ChatBotKit.Server.Tests.ModelProviders;

public sealed class OpenAiAddressTests
{
    [Theory]
    [InlineData("https://api.openai.com/v1", "https://api.openai.com/v1/chat/completions")]
    [InlineData("https://API.OpenAI.com/v1/", "https://api.openai.com/v1/chat/completions")]
    [InlineData("http://127.0.0.1:11434/v1//", "http://127.0.0.1:11434/v1/chat/completions")]
    [InlineData("http://127.0.0.1:8000/v1/chat/completions", "http://127.0.0.1:8000/v1/chat/completions")]
    [InlineData("http://127.0.0.1:8000/v1/chat/completions/", "http://127.0.0.1:8000/v1/chat/completions")]
    [InlineData("http://127.0.0.1:8000", "http://127.0.0.1:8000/chat/completions")]
    [InlineData("http://127.0.0.1:8000/v1?key=a#part", "http://127.0.0.1:8000/v1/chat/completions?key=a")]
    [InlineData("http://127.0.0.1:8000/v1/chat/completions?key=a", "http://127.0.0.1:8000/v1/chat/completions?key=a")]
    [InlineData(
        "https://r.openai.azure.com/openai/deployments/d1?api-version=2024-10-21",
        "https://r.openai.azure.com/openai/deployments/d1/chat/completions?api-version=2024-10-21")]
    [InlineData("https://generativelanguage.googleapis.com/v1beta/openai/", "https://generativelanguage.googleapis.com/v1beta/openai/chat/completions")]
    public void Address_AsPeopleWriteIt_LeadsToTheRoute(string configured, string asked) =>
        Assert.Equal(asked, new OpenAiOptions { BaseUrl = OpenAiAddress.Read(configured) }.CompletionsUrl.AbsoluteUri);

    [Theory]
    [InlineData("http://user:word@127.0.0.1/v1", "user name")]
    [InlineData("https://api.openai.com/v1/responses", "/responses")]
    [InlineData("https://r.openai.azure.com/openai/deployments/d1", "api-version")]
    [InlineData("localhost:11434", "must be an address")]
    public void Address_ThatCannotWork_IsRefusedWithWhatToDo(string configured, string says)
    {
        var refusal = Assert.Throws<StartupException>(() => OpenAiAddress.Read(configured));

        Assert.StartsWith("OPENAI_BASE_URL", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(says, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://api.openai.com/v1", true)]
    [InlineData("https://eu.api.openai.com/v1", true)]
    [InlineData("https://R.OpenAI.Azure.com/openai/v1", true)]
    [InlineData("http://r.cognitiveservices.azure.com/openai/v1", true)]
    [InlineData("http://r.services.ai.azure.com/openai/v1", true)]
    [InlineData("http://r.services.ai.azure.com/models", false)]
    [InlineData("http://127.0.0.1:11434/v1", false)]
    [InlineData("https://api.openai.com.example/v1", false)]
    public void Address_OfOpenAi_GetsTheNewerNameOfTheTokenLimit(string configured, bool isNewer) =>
        Assert.Equal(isNewer, new OpenAiOptions { BaseUrl = new Uri(configured) }.UsesMaxCompletionTokens);

    [Theory]
    [InlineData("/openai/deployments/d1?api-version=2024-10-21", "/openai/deployments/d1/chat/completions?api-version=2024-10-21", "a-secret-key-1")]
    [InlineData("/v1/", "/v1/chat/completions", null)]
    public async Task Deployment_GetsTheKeyInItsOwnHeaderToo(string path, string asked, string? apiKey)
    {
        HttpRequest? seen = null;
        (string Target, string Bearer, string? ApiKey) request = default;
        await using var endpoint = await LocalWebServer.StartAsync(app => app.Run(context =>
        {
            seen = context.Request;
            request = (seen.Path + seen.QueryString, seen.Headers.Authorization.ToString(), seen.Headers.TryGetValue("api-key", out var key) ? key.ToString() : null);
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync("""{"choices":[{"message":{"content":"Hi"},"finish_reason":"stop"}]}""");
        }));
        using var http = OpenAiConnection.Create();
        var options = new OpenAiOptions { ApiKey = "a-secret-key-1", BaseUrl = OpenAiAddress.Read(endpoint.Url + path) };

        var answer = await ModelAnswer.ReadAsync(new OpenAiProvider(options, http, TimeProvider.System), ModelRequests.Hello());

        Assert.Equal("Hi", answer.Text);
        Assert.Equal((asked, "Bearer a-secret-key-1", apiKey), request);
    }
}
