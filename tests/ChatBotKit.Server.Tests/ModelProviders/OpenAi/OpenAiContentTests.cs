using ChatBotKit.Server.ModelProviders;
using ChatBotKit.Server.ModelProviders.OpenAi;
using ChatBotKit.TestModels;

namespace ChatBotKit.Server.Tests.ModelProviders;

/// <summary>The fields and types in which the text of an answer may come.</summary>
public sealed class OpenAiContentTests : IAsyncLifetime
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
    [InlineData("Roses last", """{"index":0,"text":"Roses","logprobs":null}""", """{"index":0,"text":" last","finish_reason":"stop"}""")]
    [InlineData("Roses last", """{"text":"Roses","delta":{"role":"assistant","content":"Roses"}}""", """{"delta":{"content":" last"},"text":" last","finish_reason":"stop"}""")]
    [InlineData("Roses last", """{"text":"Roses","delta":{"content":""}}""", """{"text":" last","delta":{"content":""},"finish_reason":"stop"}""")]
    [InlineData("Roses last", """{"text":"Roses"}""", """{"text":" last"}""", """{"text":"","message":{"content":"Roses last"},"finish_reason":"stop"}""")]
    [InlineData("Roses last", """{"text":"Roses last","message":{"content":"Roses last"},"finish_reason":"stop"}""")]
    [InlineData("Hi 😀!", """{"text":"Hi \ud83d"}""", """{"text":"\ude00!","finish_reason":"stop"}""")]
    [InlineData("Hi \uFFFD", """{"text":"Hi \ud83d","finish_reason":"stop"}""")]
    [InlineData("42", """{"text":42,"finish_reason":"stop"}""")]
    [InlineData("", """{"text":null,"finish_reason":"stop"}""")]
    [InlineData("Roses last", """{"delta":"Roses"}""", """{"delta":" last","finish_reason":"stop"}""")]
    [InlineData("Roses last", """{"message":"Roses last","finish_reason":"stop"}""")]
    [InlineData("Roses last", """{"content":"Roses last","finish_reason":"stop"}""")]
    public async Task Text_OfTheCompletionsForm_IsSaidOnce(string text, params string[] choices)
    {
        Assert.Equal(text, (await ReadAsync(choices)).Text);
    }

    [Theory]
    [InlineData("""{"object":"text_completion","choices":[{"index":0,"text":"Hello","finish_reason":"stop"}]}""")]
    [InlineData("""{"object":"text_completion","choices":[{"text":"Hello"}]}""")]
    [InlineData("""{"choices":[{"message":{"role":"assistant","content":"Hello"},"text":"Hello"}]}""")]
    public async Task Body_OfTheCompletionsForm_IsAnAnswer(string body)
    {
        _upstream.Answer(script => script.Whole(200, body));

        Assert.Equal("Hello", (await ModelAnswer.ReadAsync(Provider(), ModelRequests.Hello())).Text);
    }

    [Theory]
    [InlineData("42", "42")]
    [InlineData("-1.50e3", "-1.50e3")]
    [InlineData("true", "true")]
    [InlineData("false", "false")]
    [InlineData("0", "0")]
    [InlineData("null", "")]
    [InlineData("[\"The answer is \",{\"type\":\"text\",\"text\":42}]", "The answer is 42")]
    [InlineData("[{\"type\":\"text\",\"text\":42}]", "42")]
    [InlineData("{\"type\":\"text\",\"text\":true}", "true")]
    public async Task Content_ThatIsAScalar_IsItsText(string content, string text)
    {
        Assert.Equal(text, (await ReadAsync($$$"""{"delta":{"content":{{{content}}}}}""", """{"delta":{},"finish_reason":"stop"}""")).Text);
        Assert.Equal(text, (await ReadAsync($$$"""{"message":{"content":{{{content}}}},"finish_reason":"stop"}""")).Text);
    }

    [Fact]
    public async Task Refusal_ThatIsNoText_SaysNothing() => Assert.Equal("Hello", (await ReadAsync(
        """{"delta":{"content":"Hello","refusal":false}}""", """{"delta":{"refusal":0},"finish_reason":"stop"}""")).Text);

    [Theory]
    [InlineData("""{"content":[{"type":"thinking","thinking":[{"type":"text","text":"Hm, "}]}]}""", """{"content":[{"type":"thinking","thinking":[{"type":"text","text":"well."}],"closed":true},{"type":"text","text":"Roses"}]}""", """{"content":" last"}""")]
    [InlineData("""{"content":[{"thinking":[{"text":"Hm, ","type":"text"},{"type":"reference","reference_ids":[1]},{"text":"well."}],"type":"thinking"}]}""", """{"content":[{"text":"Roses","type":"text"}," last"]}""")]
    [InlineData("""{"content":[{"text":"Hm, ","type":"thinking"},{"text":"well.","type":"reasoning"},{"type":"text","text":"Roses last"}]}""")]
    [InlineData("""{"content":[{"type":"thinking","thinking":"Hm, "},{"type":"thinking","thinking":{"type":"text","text":"well."}},{"type":"text","text":"Roses last"}]}""")]
    [InlineData("""{"reasoning_content":[{"type":"text","text":"Hm, "}]}""", """{"reasoning_content":{"type":"text","text":"well."},"content":"Roses last"}""")]
    [InlineData("""{"content":[{"type":"thought","text":"Hm, "},{"type":"reasoning","reasoning":"well."},{"type":"text","text":"Roses last"}]}""")]
    public async Task Thinking_InPartsOfTheContent_IsReasoningAndNoText(params string[] deltas)
    {
        var answer = await ReadAsync([.. deltas.Select(delta => $$"""{"delta":{{delta}}}"""), """{"finish_reason":"stop"}"""]);

        Assert.Equal(("Hm, well.", "Roses last"), (answer.Reasoning, answer.Text));
    }

    [Fact]
    public async Task Refusal_InAPartOfTheContent_IsText() => Assert.Equal(
        "I can't.", (await ReadAsync("""{"delta":{"content":[{"type":"refusal","refusal":"I can't."}]}}""", """{"finish_reason":"stop"}""")).Text);

    [Fact]
    public async Task Usage_InTheChoice_IsRead() => Assert.Equal(
        new ModelUsage(9, 2),
        (await ReadAsync("""{"delta":{"content":"Roses"},"finish_reason":"stop","usage":{"prompt_tokens":9,"completion_tokens":2}}""")).Usage);

    /// <summary>The last line of Ollama's own format, as older and newer versions send it.</summary>
    [Theory]
    [InlineData("""{"done":true}""", nameof(ModelEndReason.Stop))]
    [InlineData("""{"done_reason":"length"}""", nameof(ModelEndReason.Length))]
    public async Task End_InTheFieldsOfOllama_IsRead(string last, string end)
    {
        _upstream.Answer(script => script.Raw("""{"message":{"content":"Roses"},"done":false}""" + $"\n{last}\n").EndHere());

        var answer = await ModelAnswer.ReadAsync(Provider(), ModelRequests.Hello());

        Assert.Equal(("Roses", end), (answer.Text, answer.EndReason.ToString()));
    }

    private OpenAiProvider Provider() => new(new OpenAiOptions { BaseUrl = _upstream.BaseUrl }, _http, TimeProvider.System);

    private Task<ModelAnswer> ReadAsync(params string[] choices)
    {
        _upstream.Answer(script => script.Raw(string.Concat(choices.Select(choice => $$"""data: {"choices":[{{choice}}]}""" + "\n\n")) + "data: [DONE]\n\n").EndHere());
        return ModelAnswer.ReadAsync(Provider(), ModelRequests.Hello());
    }
}
