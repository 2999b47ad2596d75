using System.Text.Json;
using ChatBotKit.Server.ModelProviders;
using ChatBotKit.Server.ModelProviders.OpenAi;
using ChatBotKit.TestModels;

namespace ChatBotKit.Server.Tests.ModelProviders;

/// <summary>The rows of the vocabulary: ends, failures, calls and texts, by field and kind of body.</summary>
public sealed class OpenAiShapeTests : IAsyncLifetime
{
    private const string Hello = """data: {"choices":[{"index":0,"delta":{"content":"Hello"}}]}""" + "\n\n";
    private const string Stop = """data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""" + "\n\ndata: [DONE]\n\n";

    // Reached only by a failing test.
    private const int TestTimeout = 30_000;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly HttpClient _http = OpenAiConnection.Create();
    private ScriptedModelServer _upstream = null!;

    public async ValueTask InitializeAsync() =>
        _upstream = await ScriptedModelServer.StartAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _upstream.DisposeAsync();
    }

    /// <summary>Finish reasons after which the answer is complete, even if the connection breaks.</summary>
    public static TheoryData<string, string> Ends => new()
    {
        { "stop", nameof(ModelEndReason.Stop) },
        { "STOP", nameof(ModelEndReason.Stop) },
        { "end_turn", nameof(ModelEndReason.Stop) },
        { "eos", nameof(ModelEndReason.Stop) },
        { "eos_token", nameof(ModelEndReason.Stop) },
        { "stop_sequence", nameof(ModelEndReason.Stop) },
        { "complete", nameof(ModelEndReason.Stop) },
        { "completed", nameof(ModelEndReason.Stop) },
        { "tool_calls", nameof(ModelEndReason.Stop) },
        { "tool_call", nameof(ModelEndReason.Stop) },
        { "tool_use", nameof(ModelEndReason.Stop) },
        { "function_call", nameof(ModelEndReason.Stop) },
        { "length", nameof(ModelEndReason.Length) },
        { "MAX_TOKENS", nameof(ModelEndReason.Length) },
        { "max_output_tokens", nameof(ModelEndReason.Length) },
        { "model_length", nameof(ModelEndReason.Length) },
        { "model_context_window_exceeded", nameof(ModelEndReason.Length) },
        { "content_filter", nameof(ModelEndReason.Filtered) },
        { "SAFETY", nameof(ModelEndReason.Filtered) },
        { "recitation", nameof(ModelEndReason.Filtered) },
        { "blocklist", nameof(ModelEndReason.Filtered) },
        { "prohibited_content", nameof(ModelEndReason.Filtered) },
        { "sensitive", nameof(ModelEndReason.Filtered) },
        { "refusal", nameof(ModelEndReason.Filtered) },
    };

    [Theory]
    [MemberData(nameof(Ends))]
    [InlineData("a_new_word", nameof(ModelEndReason.Stop))]
    public async Task FinishReason_OfAnyProvider_IsAnEnd(string word, string end)
    {
        var answer = await ReadAsync(Hello + Ended(word));

        Assert.Equal(("Hello", end), (answer.Text, answer.EndReason.ToString()));
    }

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task FinishReason_BeforeACut_IsAnEnd(string word, string end)
    {
        var gate = new TaskCompletionSource();
        _upstream.Answer(script => script.Raw(Ended(word, "Hello")).WaitFor(gate.Task).Abort());
        var events = new List<ModelEvent>();

        await foreach (var modelEvent in Provider().StreamAsync(ModelRequests.Hello(), TestContext.Current.CancellationToken))
        {
            gate.TrySetResult();
            events.Add(modelEvent);
        }

        Assert.Equal(end, new ModelAnswer(events).EndReason.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("null")]
    [InlineData("NULL")]
    [InlineData("none")]
    public async Task FinishReason_ThatSaysNothing_IsNoEnd(string word)
    {
        var (events, failure) = await FailAsync(Hello + Ended(word));

        Assert.Equal("Hello", Assert.Single(events).Text);
        Assert.Equal(ModelFailure.Broken, failure.Failure);
    }

    [Theory(Timeout = TestTimeout)]
    [InlineData("")]
    [InlineData("a_new_word")]
    public async Task FinishReason_ThatIsNoCertainEnd_LeavesTimeForTheRest(string word)
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        var gate = new TaskCompletionSource();
        _upstream.Answer(script => script.Raw(Ended(word, "Hello")).WaitFor(gate.Task).Raw(Hello + Stop).EndHere());
        var token = TestContext.Current.CancellationToken;
        await using var events = Provider(clock).StreamAsync(ModelRequests.Hello(), token).GetAsyncEnumerator(token);
        Assert.True(await events.MoveNextAsync());
        var next = events.MoveNextAsync().AsTask();

        clock.Advance(TimeSpan.FromSeconds(60));
        Assert.False(next.IsCompleted);
        gate.SetResult();

        Assert.True(await next);
        Assert.Equal("Hello", events.Current.Text);
    }

    [Fact]
    public async Task FinishReason_UnknownBeforeACut_IsNoEnd()
    {
        var gate = new TaskCompletionSource();
        _upstream.Answer(script => script.Raw(Ended("a_new_word", "Hello")).WaitFor(gate.Task).Abort());

        var failure = await Assert.ThrowsAsync<ModelProviderException>(async () =>
        {
            await foreach (var _ in Provider().StreamAsync(ModelRequests.Hello(), TestContext.Current.CancellationToken))
                gate.TrySetResult();
        });

        Assert.Equal(ModelFailure.Broken, failure.Failure);
    }

    [Theory]
    [InlineData("""data: {"error":{"message":"out of memory","code":500}}""")]
    [InlineData("""data: {"error":"out of memory"}""")]
    [InlineData("""data: {"errors":[{"message":"out of memory"}]}""")]
    [InlineData("""data: {"object":"error","message":"out of memory","type":"InternalServerError","code":500}""")]
    [InlineData("""data: {"object":"error","type":"out_of_memory","message":"out of memory"}""")]
    [InlineData("""data: {"detail":"out of memory"}""")]
    [InlineData("""data: {"details":"out of memory"}""")]
    [InlineData("""data: {"message":"out of memory"}""")]
    [InlineData("""data: {"code":"500","msg":"out of memory"}""")]
    [InlineData("""data: {"type":"about:blank","status":503,"detail":"out of memory"}""")]
    [InlineData("""data: {"type":"error","error":{"type":"overloaded_error","message":"out of memory"}}""")]
    [InlineData("""data: {"choices":[],"error":{"message":"out of memory"}}""")]
    [InlineData("""data: {"choices":[{"index":0,"delta":{"content":""},"finish_reason":"error"}],"error":{"code":502,"message":"out of memory"}}""")]
    [InlineData("""data: {"choices":[{"index":0,"error":{"code":502,"message":"out of memory"},"delta":{}}]}""")]
    [InlineData("""data: [{"error":{"message":"out of memory"}}]""")]
    [InlineData("""data: {"choices":null,"base_resp":{"status_code":1008,"status_msg":"out of memory"}}""")]
    [InlineData("""data: {"choices":null,"base_resp":{"status_code":-1008,"status_msg":"out of memory"}}""")]
    [InlineData("""data: {"code":-1,"message":"out of memory"}""")]
    [InlineData("""{"error_code":18,"error_msg":"out of memory"}""")]
    [InlineData("event: error\ndata: {\"code\":400,\"details\":\"out of memory\"}")]
    [InlineData("event:error\ndata: out of memory")]
    [InlineData("event: error\ndata: {\ndata: \"message\": \"out of memory\"\ndata: }")]
    [InlineData("error: {\"code\":400,\"message\":\"out of memory\",\"type\":\"invalid_request_error\"}")]
    [InlineData("error: out of memory")]
    [InlineData("""{"error":{"message":"out of memory"}}""")]
    [InlineData("{\n  \"object\": \"error\",\n  \"message\": \"out of memory\"\n}")]
    public async Task Failure_InAnyShape_IsToldInTheProvidersWordsAfterTheText(string failure)
    {
        var (events, exception) = await FailAsync($"{Hello}{failure}\n\ndata: [DONE]\n\n");

        Assert.Equal("Hello", Assert.Single(events).Text);
        Assert.Contains("out of memory", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("error")]
    [InlineData("abort")]
    [InlineData("network_error")]
    [InlineData("insufficient_system_resource")]
    public async Task FinishReason_OfAFailure_IsOne(string word)
    {
        var (events, exception) = await FailAsync(Hello + Ended(word));

        Assert.Equal("Hello", Assert.Single(events).Text);
        Assert.Equal(ModelFailure.Unavailable, exception.Failure);
    }

    [Theory]
    [InlineData("""data: {"type":"ping"}""")]
    [InlineData("""data: {"type":"status","message":"queued"}""")]
    [InlineData("""data: {"code":0,"message":"success"}""")]
    [InlineData("""data: {"error_code":0,"error_msg":"success"}""")]
    [InlineData("""data: {"error":null,"choices":[]}""")]
    [InlineData("""data: {"base_resp":{"status_code":0,"status_msg":"success"},"choices":[]}""")]
    [InlineData("""data: {"error":"","choices":[]}""")]
    [InlineData("""data: {"error":{},"detail":null,"message":""}""")]
    [InlineData("""data: {"choices":null,"usage":null}""")]
    [InlineData("""data: {"choices":[{"delta":null,"finish_reason":null}]}""")]
    [InlineData("""data: {"choices":[{"delta":{"content":null,"tool_calls":null,"function_call":null}}]}""")]
    [InlineData("""data: {"choices":[{"delta":{"tool_calls":[{"index":0,"id":"","function":{"name":"","arguments":""}}]}}]}""")]
    [InlineData("event: ping\ndata: {}")]
    [InlineData(": a comment")]
    [InlineData("id: 1\nretry: 5")]
    [InlineData("data:")]
    public async Task Event_ThatOnlyReports_ChangesNothing(string report)
    {
        var answer = await ReadAsync($"{report}\n\n{Hello}{report}\n\n{Stop}");

        Assert.Equal(("Hello", ModelEndReason.Stop), (answer.Text, answer.EndReason));
        Assert.Empty(answer.ToolCalls);
    }

    [Theory]
    [InlineData("data:{0}\n\ndata:[DONE]\n\n")]
    [InlineData("data: {0}\ndata: [DONE]\n")]
    [InlineData("data: {0}\ndata:  [DONE] ")]
    [InlineData("data: {0}\n\ndata: [DONE]\n\ndata: [DONE]\n\n")]
    [InlineData("\uFEFFdata: {0}\n\n")]
    [InlineData("data: {0}")]
    [InlineData("data: data: {0}\n\n")]
    [InlineData("event: message\ndata: {0}\nid: 7\n\n")]
    [InlineData("  data: {0}  \n\n")]
    [InlineData("{0}\n")]
    [InlineData("{0}")]
    public async Task Framing_OfAnyKind_IsRead(string framing) => Assert.Equal("Hello", (await ReadAsync(framing.Replace(
        "{0}", """{"choices":[{"index":0,"delta":{"content":"Hello"},"finish_reason":"stop"}]}""", StringComparison.Ordinal))).Text);

    [Fact]
    public async Task Framing_OneEventOverManyDataLines_IsRead() => Assert.Equal("Hello", (await ReadAsync(
        "data: {\"choices\":[\ndata:   {\"delta\":{\"content\":\"Hello\"}}\ndata: ]}\n\n" + Stop)).Text);

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/event-stream")]
    [InlineData("text/plain")]
    public async Task Body_ThatIsOneJsonObject_IsReadUnderEveryName(string contentType)
    {
        foreach (var format in (JsonSerializerOptions[])[JsonSerializerOptions.Default, Indented])
        {
            var json = JsonSerializer.Serialize(
                JsonElement.Parse("""{"object":"chat.completion","choices":[{"index":0,"message":{"role":"assistant","content":"Hello"}}],"usage":{"prompt_tokens":1,"completion_tokens":2}}"""),
                format);
            _upstream.Answer(script => script.Whole(200, json, contentType));

            var answer = await ModelAnswer.ReadAsync(Provider(), ModelRequests.Hello());

            Assert.Equal(("Hello", new ModelUsage(1, 2)), (answer.Text, answer.Usage));
        }
    }

    [Fact]
    public async Task Body_OfEventsUnderTheNameOfJson_IsRead()
    {
        _upstream.Answer(script => script.Whole(200, Hello + Stop, "application/json"));

        Assert.Equal("Hello", (await ModelAnswer.ReadAsync(Provider(), ModelRequests.Hello())).Text);
    }

    [Fact]
    public async Task Body_CutInMidLine_IsBrokenAfterTheText()
    {
        var (events, failure) = await FailAsync(Hello + """data: {"choices":[{"index":0,"del""");

        Assert.Equal("Hello", Assert.Single(events).Text);
        Assert.Equal(ModelFailure.Broken, failure.Failure);
    }

    [Theory]
    [InlineData("""{"message":{"content":"Roses"},"delta":{"content":"Roses"}}""", """{"message":{"content":"Roses last"},"delta":{"content":" last"}}""", """{"message":{"content":"Roses last"},"delta":{},"finish_reason":"stop"}""")]
    [InlineData("""{"delta":{"content":"Roses"}}""", """{"delta":{"content":" last"}}""", """{"message":{"content":"Roses last"},"finish_reason":"stop"}""")]
    [InlineData("""{"message":{"content":"Roses"}}""", """{"message":{"content":"Roses last"}}""", """{"message":{"content":"Roses last"},"finish_reason":"stop"}""")]
    [InlineData("""{"message":{"content":"Roses"}}""", """{"message":{"content":" last"}}""", """{"message":{"content":""},"finish_reason":"stop"}""")]
    [InlineData("""{"delta":{"role":"assistant"}}""", """{"delta":{}}""", """{"message":{"content":"Roses last"},"finish_reason":"stop"}""")]
    [InlineData("""{"delta":{"content":"Roses "}}""", """{"delta":{"refusal":"last"}}""", """{"delta":{},"finish_reason":"stop"}""")]
    [InlineData("""{"delta":{"content":["Roses",{"type":"text","text":" "}]}}""", """{"delta":{"content":{"type":"text","text":"last"}}}""", """{"finish_reason":"stop"}""")]
    public async Task Text_InMessagesAndDeltas_IsSaidOnce(params string[] choices)
    {
        var answer = await ReadAsync(string.Concat(choices.Select(Choice)) + "data: [DONE]\n\n");

        Assert.Equal("Roses last", answer.Text);
    }

    [Fact]
    public async Task Calls_InTheLastMessageAlone_AreTaken()
    {
        var answer = await ReadAsync(Hello + Choice(
            """{"message":{"content":"Hello","tool_calls":[{"id":"a","function":{"name":"look","arguments":"{}"}}]},"finish_reason":"tool_calls"}"""));

        Assert.Equal(("Hello", "look"), (answer.Text, Assert.Single(answer.ToolCalls).Name));
    }

    [Theory]
    [InlineData("""{"content":"Hi \ud83d"}""", """{"content":"\ude00!"}""", "Hi 😀!", "")]
    [InlineData("""{"reasoning":"Hi \ud83d"}""", """{"reasoning":"\ude00!"}""", "", "Hi 😀!")]
    [InlineData("""{"content":"Hi \ud83d"}""", """{"content":"!"}""", "Hi \uFFFD!", "")]
    [InlineData("""{"content":"Hi "}""", """{"content":"\ude00!"}""", "Hi \uFFFD!", "")]
    [InlineData("""{"content":"Hi "}""", """{"content":"\ud83d"}""", "Hi \uFFFD", "")]
    [InlineData("""{"reasoning":"Hi \ud83d","content":"A"}""", """{"content":"B"}""", "AB", "Hi \uFFFD")]
    [InlineData("""{"content":"Hi \ud83d"}""", """{"reasoning":"Hm","content":"\ude00!"}""", "Hi 😀!", "Hm")]
    public async Task Text_CutInsideACharacter_IsJoined(string first, string second, string text, string reasoning)
    {
        var answer = await ReadAsync(Choice($$"""{"delta":{{first}}}""") + Choice($$"""{"delta":{{second}}}""") + Stop);

        Assert.Equal((text, reasoning), (answer.Text, answer.Reasoning));
        Assert.All(answer.Events, one => Assert.True(one.Text is null || !one.Text.Any(char.IsSurrogate) || one.Text.Contains("😀", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Choice_ThatWasNotAskedFor_IsLeftOut()
    {
        var answer = await ReadAsync(
            Hello + Choice("""{"index":1,"delta":{"content":"Other"},"finish_reason":"length"}""") + Choice("""{"delta":{"content":"!"}}""") + Stop);

        Assert.Equal(("Hello!", ModelEndReason.Stop), (answer.Text, answer.EndReason));
    }

    [Fact]
    public async Task Text_CutInsideTheBytesOfACharacter_IsJoined()
    {
        var body = (Choice("""{"delta":{"content":"Hi 1"}}""") + Choice("""{"delta":{"content":"2!"}}""") + Stop).Split('1', '2');
        _upstream.Answer(script => script
            .Raw(body[0]).RawBytes([0xF0, 0x9F]).Raw(body[1]).RawBytes([0x98, 0x80]).Raw(body[2]).EndHere());

        Assert.Equal("Hi 😀!", (await ModelAnswer.ReadAsync(Provider(), ModelRequests.Hello())).Text);
    }

    private static string Choice(string choice) => $$"""data: {"choices":[{{choice}}]}""" + "\n\n";

    private static string Ended(string word, string text = "") =>
        Choice($$"""{"index":0,"delta":{"content":"{{text}}"},"finish_reason":"{{word}}"}""");

    private OpenAiProvider Provider(TimeProvider? clock = null) =>
        new(new OpenAiOptions { BaseUrl = _upstream.BaseUrl }, _http, clock ?? TimeProvider.System);

    private Task<ModelAnswer> ReadAsync(string body)
    {
        _upstream.Answer(script => script.Raw(body).EndHere());
        return ModelAnswer.ReadAsync(Provider(), ModelRequests.Hello());
    }

    private async Task<(List<ModelEvent> Events, ModelProviderException Exception)> FailAsync(string body)
    {
        _upstream.Answer(script => script.Raw(body).EndHere());
        var events = new List<ModelEvent>();
        var exception = await Assert.ThrowsAsync<ModelProviderException>(async () =>
        {
            await foreach (var modelEvent in Provider().StreamAsync(ModelRequests.Hello(), TestContext.Current.CancellationToken))
                events.Add(modelEvent);
        });
        return (events, exception);
    }
}
