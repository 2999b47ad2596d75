using ChatBotKit.Server.ModelProviders;
using ChatBotKit.Server.ModelProviders.OpenAi;
using ChatBotKit.TestModels;

namespace ChatBotKit.Server.Tests.ModelProviders;

public sealed class OpenAiProviderTests : IAsyncLifetime
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

    [Fact]
    public async Task Stream_TextInPieces_KeepsThePiecesAndEndsWithUsage()
    {
        var answer = await AskAsync(script => script.Text("", "Hel", "lo").Usage(3, 2));

        Assert.Equal(["Hel", "lo"], answer.Events.Where(e => e.Kind == ModelEventKind.Text).Select(e => e.Text));
        Assert.Equal(new ModelUsage(3, 2), answer.Usage);
        Assert.Equal(ModelEndReason.Stop, answer.EndReason);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public async Task Stream_BytesSplitAnywhere_GivesTheSameText(int pieceLength)
    {
        var answer = await AskAsync(script => script.SplitEvery(pieceLength).Comment().Text("Grüße ", "🦊", " 東京").Usage(1, 1));

        Assert.Equal("Grüße 🦊 東京", answer.Text);
        Assert.NotNull(answer.Usage);
    }

    [Fact]
    public async Task Stream_Reasoning_IsToldApartFromText()
    {
        var answer = await AskAsync(script => script
            .Reasoning("Let me ", "think.")
            .Raw("""data: {"choices":[{"delta":{"reasoning":" More.","content":null}}]}""" + "\n\n")
            .Text("Done."));

        Assert.Equal("Let me think. More.", answer.Reasoning);
        Assert.Equal("Done.", answer.Text);
    }

    [Fact]
    public async Task Stream_ToolCallsInMixedFragments_ComeWholeAndInOrder()
    {
        var answer = await AskAsync(script => script
            .ToolCallFragment(1, id: "b")
            .ToolCallFragment(0, arguments: """{"city":""")
            .ToolCallFragment(0, id: "a", name: "getWeather")
            .ToolCallFragment(1, name: "getTime")
            .ToolCallFragment(0, arguments: "\"Rome\"}"));

        Assert.Equal(
            [new ModelToolCall("a", "getWeather", """{"city":"Rome"}"""), new ModelToolCall("b", "getTime", "{}")],
            answer.ToolCalls);
        Assert.Equal(ModelEndReason.ToolCalls, answer.EndReason);
    }

    [Fact]
    public async Task Stream_ToolCallsWithoutIndex_StartAtEachId()
    {
        var answer = await AskAsync(script => script
            .ToolCallFragment(null, id: "a", name: "one", arguments: "{")
            .ToolCallFragment(null, arguments: "}")
            .ToolCallFragment(null, id: "b", name: "two"));

        Assert.Equal([new ModelToolCall("a", "one", "{}"), new ModelToolCall("b", "two", "{}")], answer.ToolCalls);
    }

    [Fact]
    public async Task Stream_ToolCallWithoutId_GetsOne()
    {
        var answer = await AskAsync(script => script.ToolCallFragment(0, name: "one"));

        Assert.NotEmpty(Assert.Single(answer.ToolCalls).Id);
    }

    [Fact]
    public async Task Stream_ToolCallsUnderFinishReasonStop_StillCountAsToolCalls()
    {
        var answer = await AskAsync(script => script.ToolCall("a", "one", "{}").Finish("stop"));

        Assert.Equal(ModelEndReason.ToolCalls, answer.EndReason);
    }

    [Fact]
    public async Task Stream_CutAtTheTokenLimit_DropsTheCallThatMayBeCut()
    {
        var answer = await AskAsync(script => script.ToolCall("a", "one", """{"city":"Ro""").Finish("length"));

        Assert.Empty(answer.ToolCalls);
        Assert.Equal(ModelEndReason.Length, answer.EndReason);
    }

    [Fact]
    public async Task Stream_FinishReasonWithoutDone_IsComplete()
    {
        var answer = await AskAsync(script => script.Text("Hi").Finish("stop").EndHere());

        Assert.Equal(("Hi", ModelEndReason.Stop), (answer.Text, answer.EndReason));
    }

    [Fact]
    public async Task Stream_ConnectionCutAfterTheFinishReason_IsComplete()
    {
        var gate = new TaskCompletionSource();
        _upstream.Answer(script => script.Finish("stop").Text("Hi").WaitFor(gate.Task).Abort());
        var events = new List<ModelEvent>();
        await foreach (var modelEvent in Provider().StreamAsync(ModelRequests.Hello(), TestContext.Current.CancellationToken))
        {
            events.Add(modelEvent);
            gate.TrySetResult();
        }

        Assert.Equal(["Hi", ""], events.Select(e => e.Text));
        Assert.Equal(ModelEndReason.Stop, events[^1].EndReason);
    }

    [Fact]
    public async Task Stream_ContentInParts_IsJoined()
    {
        var answer = await AskAsync(script => script.Raw(
            """data: {"choices":[{"delta":{"content":[{"type":"text","text":"Hel"},7,{"type":"text","text":"lo"}]}}]}""" + "\n\n"));

        Assert.Equal("Hello", answer.Text);
    }

    [Fact]
    public async Task Stream_SecondChoice_IsNotMixedIn()
    {
        var answer = await AskAsync(script => script.Raw(
            """data: {"choices":[{"delta":{"content":"One"}},{"delta":{"content":"Two"}}]}""" + "\n\n"));

        Assert.Equal("One", answer.Text);
    }

    [Fact]
    public async Task Stream_ServerThatAnswersWithOneObject_IsRead()
    {
        var answer = await AskAsync(script => script.Whole(200,
            """
            {"choices":[{"index":0,"finish_reason":"tool_calls","message":{"role":"assistant","content":"Wait.",
              "tool_calls":[{"id":"a","type":"function","function":{"name":"one","arguments":{"x": 1}}},
                            {"id":"b","type":"function","function":{"name":"two"}}]}}],
             "usage":{"prompt_tokens":9,"completion_tokens":4}}
            """));

        Assert.Equal("Wait.", answer.Text);
        Assert.Equal([new ModelToolCall("a", "one", """{"x": 1}"""), new ModelToolCall("b", "two", "{}")], answer.ToolCalls);
        Assert.Equal(new ModelUsage(9, 4), answer.Usage);
        Assert.Equal(ModelEndReason.ToolCalls, answer.EndReason);
    }

    [Fact]
    public async Task Stream_InputThatHasArrived_IsReadWithoutWaiting()
    {
        var lines = string.Concat(Enumerable.Repeat("""data: {"choices":[{"delta":{"content":"x"}}]}""" + "\n\n", 20));
        var gate = new TaskCompletionSource();
        _upstream.Answer(script => script.Raw(lines).WaitFor(gate.Task));
        var events = Provider().StreamAsync(ModelRequests.Hello(), TestContext.Current.CancellationToken)
            .GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await events.MoveNextAsync());

        var atOnce = 1;
        var next = events.MoveNextAsync().AsTask();
        for (; next.IsCompletedSuccessfully && await next; next = events.MoveNextAsync().AsTask())
            atOnce++;
        gate.SetResult();
        await next;
        await events.DisposeAsync();

        Assert.Equal(20, atOnce);
    }

    [Fact]
    public async Task Request_WithEverything_IsWrittenInTheProvidersWords()
    {
        await ModelAnswer.ReadAsync(Provider(), ModelRequests.AfterToolCall(
            "gpt-4o/temperature=0.5/maxTokens=20/frequencyPenalty=1/presencePenalty=-1/seed=7/reasoningEffort=low"));

        var request = Assert.Single(_upstream.Requests);
        Assert.Equal("Bearer sk-test", request.Authorization);
        Assert.Equal(
            """
            {"model":"gpt-4o","messages":[{"role":"system","content":"Be short."},{"role":"user","content":"Weather in Zürich?"},{"role":"assistant","content":null,"tool_calls":[{"id":"call_1","type":"function","function":{"name":"getWeather","arguments":"{\"city\":\"Zürich\"}"}}]},{"role":"tool","content":"{\"sky\":\"clear\"}","tool_call_id":"call_1"}],"tools":[{"type":"function","function":{"name":"getWeather","description":"Tells the weather.","parameters":{"type":"object","properties":{"city":{"type":"string"}}}}}],"tool_choice":{"type":"function","function":{"name":"getWeather"}},"max_tokens":20,"temperature":0.5,"frequency_penalty":1,"presence_penalty":-1,"seed":7,"reasoning_effort":"low","stream":true,"stream_options":{"include_usage":true}}
            """,
            request.Body.GetRawText());
    }

    [Fact]
    public async Task Request_WithoutSettings_SaysNothingAboutThem()
    {
        await ModelAnswer.ReadAsync(Provider(), ModelRequests.Hello("gpt-4o/reasoningEffort=auto"));

        Assert.Equal(
            ["model", "messages", "stream", "stream_options"],
            Assert.Single(_upstream.Requests).Body.EnumerateObject().Select(field => field.Name));
    }

    [Fact]
    public async Task Request_WithNamesThatNoProviderTakes_CarriesOthersAndGivesTheOwnOnesBack()
    {
        _upstream.Answer(script => script.ToolCall("c2", "_x", "{}"));
        var request = ModelRequests.AfterToolCall() with
        {
            Tools = [ModelRequests.Weather with { Name = "$x" }],
            ForcedTool = "$x",
            Messages = [new ModelMessage(ModelRole.Assistant, "") { ToolCalls = [new ModelToolCall("c1", "old.one", "{}")] }],
        };

        var answer = await ModelAnswer.ReadAsync(Provider(), request);

        Assert.Equal("$x", Assert.Single(answer.ToolCalls).Name);
        var body = _upstream.Requests[0].Body;
        Assert.Equal("_x", body.GetProperty("tools")[0].GetProperty("function").GetProperty("name").GetString());
        Assert.Equal("_x", body.GetProperty("tool_choice").GetProperty("function").GetProperty("name").GetString());
        Assert.Contains("\"name\":\"old_one\"", body.GetProperty("messages").GetRawText(), StringComparison.Ordinal);
    }

    private OpenAiProvider Provider() => new(
        new OpenAiOptions { ApiKey = "sk-test", BaseUrl = _upstream.BaseUrl }, _http, TimeProvider.System);

    private Task<ModelAnswer> AskAsync(Action<ModelScript> write)
    {
        _upstream.Answer(write);
        return ModelAnswer.ReadAsync(Provider(), ModelRequests.Hello());
    }
}
