using ChatBotKit.Server.ModelProviders;
using ChatBotKit.Server.ModelProviders.OpenAi;
using ChatBotKit.TestModels;

namespace ChatBotKit.Server.Tests.ModelProviders;

/// <summary>Responses in the forms of many providers are interpreted correctly.</summary>
public sealed class OpenAiRecordingTests : IAsyncLifetime
{
    private readonly HttpClient _http = OpenAiConnection.Create();
    private ScriptedModelServer _upstream = null!;

    public async ValueTask InitializeAsync() =>
        _upstream = await ScriptedModelServer.StartAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _upstream.DisposeAsync();
    }

    [Theory]
    [InlineData(Recordings.OpenAi, "Hello there", "", "", nameof(ModelEndReason.Stop), 9, 2)]
    [InlineData(Recordings.OpenAiCalls, "", "", """look{"q":1} note{}""", nameof(ModelEndReason.ToolCalls), null, null)]
    [InlineData(Recordings.Azure, "Hello there", "", "", nameof(ModelEndReason.Stop), null, null)]
    [InlineData(Recordings.OllamaCompatible, "", "Hm.", """look{"q":1} look{"q":2}""", nameof(ModelEndReason.ToolCalls), null, null)]
    [InlineData(Recordings.OllamaNative, "haha", "Hm.", """look{"q":1}""", nameof(ModelEndReason.ToolCalls), 26, 282)]
    [InlineData(Recordings.LlamaCpp, "Hello there", "Hm.", "", nameof(ModelEndReason.Stop), 9, 2)]
    [InlineData(Recordings.Vllm, "", "Hm.", """look{"q": 1}""", nameof(ModelEndReason.ToolCalls), 9, 2)]
    [InlineData(Recordings.LmStudio, "", "", """look{"q":1}""", nameof(ModelEndReason.ToolCalls), null, null)]
    [InlineData(Recordings.LiteLlm, "", "Hm.", """look{"q":1}""", nameof(ModelEndReason.ToolCalls), null, null)]
    [InlineData(Recordings.OpenRouter, "", "Hm.", """look{"q": 1}""", nameof(ModelEndReason.ToolCalls), 9, 2)]
    [InlineData(Recordings.Gemini, "", "", """look{"q":1} look{"q":2}""", nameof(ModelEndReason.ToolCalls), 9, 2)]
    [InlineData(Recordings.Mistral, "Hello there", "Hm.", "", nameof(ModelEndReason.Length), 9, 2)]
    [InlineData(Recordings.DeepSeek, "Hello there", "Hm.", "", nameof(ModelEndReason.Stop), 9, 2)]
    [InlineData(Recordings.Groq, "Hello there", "Hm.", "", nameof(ModelEndReason.Stop), 9, 2)]
    public async Task Answer_OfAProvider_IsRead(
        string body, string text, string reasoning, string calls, string end, int? input, int? output)
    {
        var answer = await ReadAsync(body);

        Assert.Equal((text, reasoning), (answer.Text, answer.Reasoning));
        Assert.Equal(calls, string.Join(' ', answer.ToolCalls.Select(call => call.Name + call.Arguments)));
        Assert.Equal(answer.ToolCalls.Count, answer.ToolCalls.Select(call => call.Id).Distinct().Count());
        Assert.Equal(end, answer.EndReason.ToString());
        Assert.Equal(input is null ? null : new ModelUsage(input.Value, output!.Value), answer.Usage);
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public async Task Answer_WithOtherLineEnds_IsTheSame(string lineEnd)
    {
        var answer = await ReadAsync(Recordings.OpenAi.ReplaceLineEndings(lineEnd));

        Assert.Equal("Hello there", answer.Text);
        Assert.NotNull(answer.Usage);
    }

    [Theory]
    [InlineData(Recordings.Gemini, null, """{"extra_content":{"google":{"thought_signature":"c2lnbmF0dXJl"}}}""")]
    [InlineData(
        Recordings.OpenRouter,
        """{"reasoning_details":[{"type":"reasoning.text","text":"Hm.","format":"anthropic-claude-v1","index":0,"signature":"c2ln"}]}""", null)]
    [InlineData(
        Recordings.LiteLlm,
        """{"thinking_blocks":[{"type":"thinking","thinking":"Hm.","signature":null}],"provider_specific_fields":{"thinking_blocks":[{"type":"thinking","thinking":"Hm."}]}}""", null)]
    public async Task UnknownFields_BesideACall_ComeWithIt(string body, string? message, string? call)
    {
        var answer = await ReadAsync(body);

        Assert.Equal(message, answer.Events.Single(one => one.Kind == ModelEventKind.Fields).Fields!.Json);
        Assert.Equal(call, answer.ToolCalls[0].Fields);
    }

    [Theory]
    [InlineData(Recordings.DeepSeek)]
    [InlineData(Recordings.Groq)]
    public async Task UnknownFields_WithoutACall_AreNotKept(string body) =>
        Assert.DoesNotContain((await ReadAsync(body)).Events, one => one.Kind == ModelEventKind.Fields);

    private Task<ModelAnswer> ReadAsync(string body)
    {
        _upstream.Answer(script => script.Raw(body).EndHere());
        var provider = new OpenAiProvider(new OpenAiOptions { BaseUrl = _upstream.BaseUrl }, _http, TimeProvider.System);
        return ModelAnswer.ReadAsync(provider, ModelRequests.Hello());
    }
}
