using ChatBotKit.Server.ModelProviders;
using ChatBotKit.Server.ModelProviders.OpenAi;
using ChatBotKit.TestModels;

namespace ChatBotKit.Server.Tests.ModelProviders;

/// <summary>The properties by which fragments of calls are joined.</summary>
public sealed class OpenAiCallTests : IAsyncLifetime
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
    // All calls have the index 0.
    [InlineData("""look{"q":1} note{"q":2}""", """[{"index":0,"id":"c1","function":{"name":"look","arguments":"{\"q\":1}"}}]""", """[{"index":0,"id":"c2","function":{"name":"note","arguments":"{\"q\":2}"}}]""")]
    [InlineData("""look{"q":1} look{"q":2}""", """[{"index":0,"id":"c1","function":{"name":"look","arguments":"{\"q\":1}"}}]""", """[{"index":0,"id":"c2","function":{"name":"look","arguments":"{\"q\":2}"}}]""")]
    [InlineData("""look{"q":1} look{"q":2}""", """[{"index":0,"id":"c1","function":{"name":"look","arguments":"{\"q\":1}"}},{"index":0,"id":"c2","function":{"name":"look","arguments":"{\"q\":2}"}}]""")]
    [InlineData("""look{"q":1} look{"q":2}""", """[{"index":0,"function":{"name":"look","arguments":"{\"q\":1}"}}]""", """[{"index":0,"function":{"name":"look","arguments":"{\"q\":2}"}}]""")]
    [InlineData("look{} note{}", """[{"index":0,"function":{"name":"look"}}]""", """[{"index":0,"function":{"name":"note"}}]""")]
    [InlineData("""look{"q":1} look{"q":2}""", """[{"index":0,"id":"c1","function":{"name":"look","arguments":"{\"q\""}}]""", """[{"index":0,"id":"c2","function":{"name":"look","arguments":"{\"q\""}}]""", """[{"index":0,"id":"c1","function":{"arguments":":1}"}}]""", """[{"index":0,"id":"c2","function":{"arguments":":2}"}}]""")]
    // A single call with repeated properties.
    [InlineData("""look{"q":1}""", """[{"index":0,"id":"c1","function":{"name":"look","arguments":"{\"q\""}}]""", """[{"index":0,"id":"c1","function":{"name":"look","arguments":":1}"}}]""")]
    [InlineData("""look{"q":1}""", """[{"index":0,"id":"c1","function":{"name":"look","arguments":"{\"q\""}}]""", """[{"index":0,"id":"c2","function":{"arguments":":1}"}}]""")]
    [InlineData("""look{"q":1}""", """[{"index":0,"id":"c1","function":{"name":"look","arguments":"{\"q\""}}]""", """[{"index":0,"id":"","function":{"name":"","arguments":":1}"}}]""")]
    [InlineData("""look{"q":1}""", """[{"index":0,"id":"c1","function":{"name":"look","arguments":"{\"q\""}}]""", """[{"index":0,"id":"c2","function":{"name":"look","arguments":":1}"}}]""")]
    [InlineData("""look{"q":1}""", """[{"index":0,"id":"c1","function":{"name":"look","arguments":"{\"q\""}}]""", """[{"index":1,"id":"c1","function":{"arguments":":1}"}}]""")]
    [InlineData("""look{"q":1}""", """[{"index":0,"id":"c1","function":{"name":"look","arguments":"{\"q\":1}"}}]""", """[{"index":0,"id":"c1","function":{"name":"look","arguments":"{\"q\":1}"}}]""")]
    [InlineData("""look{"q":1}""", """[{"index":0,"id":"c1","function":{"name":"look","arguments":"{\"q\""}}]""", """[{"index":0,"id":"c1","function":{"name":"look","arguments":"{\"q\":1}"}}]""")]
    [InlineData("""look{"q":1}""", """[{"index":0,"id":"c1","function":{"name":"look","arguments":"{\"q\":1}"}}]""", """[{"index":0,"id":"c1","function":{"name":"look","arguments":""}}]""")]
    [InlineData("""look{"q":{"a":1}}""", """[{"index":0,"id":"c1","function":{"name":"look","arguments":"{\"q\":"}}]""", """[{"index":0,"function":{"name":"look","arguments":"{\"a\":1}}"}}]""")]
    // Without indexes.
    [InlineData("""look{"q":1}""", """[{"id":"c1","function":{"name":"look","arguments":"{\"q\""}}]""", """[{"id":"c1","function":{"arguments":":1}"}}]""")]
    [InlineData("""look{"q":1} look{"q":2}""", """[{"function":{"name":"look","arguments":{"q":1}}},{"function":{"name":"look","arguments":{"q":2}}}]""")]
    [InlineData("look{} look{}", """[{"function":{"name":"look"}},{"function":{"name":"look"}}]""")]
    [InlineData("""look{"q":1}""", """[{"id":"c1","function":{"name":"look","arguments":"{\"q\""}}]""", """[{"function":{"arguments":":1}"}}]""")]
    // In other places and with other types.
    [InlineData("""look{"q":1} note{}""", """[{"index":"1","id":"b","function":{"name":"note"}}]""", """[{"index":"0","id":"a","function":{"name":"look","arguments":"{\"q\":1}"}}]""")]
    [InlineData("""look{"q":1}""", """[{"id":"a","name":"look","arguments":"{\"q\":1}"}]""")]
    [InlineData("""look{"q":1} note{"q":2}""", """[{"index":0,"id":"same","function":{"name":"look","arguments":"{\"q\":1}"}}]""", """[{"index":1,"id":"same","function":{"name":"note","arguments":"{\"q\":2}"}}]""")]
    // Split inside a character, in the JSON of the event and in that of the arguments.
    [InlineData("look{\"q\":\"🌦\"}", """[{"index":0,"id":"c1","function":{"name":"look","arguments":"{\"q\":\"\ud83c"}}]""", """[{"index":0,"function":{"arguments":"\udf26\"}"}}]""")]
    [InlineData("""look{"q":"\ud83c\udf26"}""", """[{"index":0,"id":"c1","function":{"name":"look","arguments":"{\"q\":\"\\ud83c"}}]""", """[{"index":0,"function":{"arguments":"\\udf26\"}"}}]""")]
    [InlineData("look{\"q\":\"\uFFFD\"}", """[{"index":0,"id":"c1","function":{"name":"look","arguments":"{\"q\":\"\ud83c"}}]""", """[{"index":0,"function":{"arguments":"\"}"}}]""")]
    [InlineData("""look{"q":"\ufffd\\ud83c"}""", """[{"index":0,"id":"c1","function":{"name":"look","arguments":"{\"q\":\"\\ud83c\\\\ud83c\"}"}}]""")]
    // The name in pieces.
    [InlineData("""get_weather{"q":1}""", """[{"index":0,"id":"c1","function":{"name":"get_","arguments":""}}]""", """[{"index":0,"function":{"name":"wea"}}]""", """[{"index":0,"function":{"name":"ther","arguments":""}}]""", """[{"index":0,"function":{"arguments":"{\"q\":1}"}}]""")]
    [InlineData("""get_weather{"q":1}""", """[{"index":0,"id":"c1","function":{"name":"get_"}}]""", """[{"index":0,"id":"c1","function":{"name":"weather","arguments":"{\"q\""}}]""", """[{"index":0,"id":"c1","function":{"name":"get_weather","arguments":":1}"}}]""")]
    [InlineData("get_weather{}", """[{"index":0,"id":"c1","function":{"name":"get_"}}]""", """[{"index":0,"id":"c1","function":{"name":"get_weather"}}]""")]
    [InlineData("get_weather{} note{}", """[{"id":"c1","function":{"name":"get_"}}]""", """[{"function":{"name":"weather"}}]""", """[{"id":"c2","function":{"name":"note"}}]""")]
    // Arguments that are encoded as a JSON string, once and twice.
    [InlineData("""look{"q":1}""", """[{"index":0,"id":"c1","function":{"name":"look","arguments":"\"{\\\"q\\\":1}\""}}]""")]
    [InlineData("""look{"q":1}""", """[{"index":0,"id":"c1","function":{"name":"look","arguments":"\"{\\\"q"}}]""", """[{"index":0,"function":{"arguments":"\\\":1}"}}]""", """[{"index":0,"function":{"arguments":"\""}}]""")]
    [InlineData("""look{"q":1}""", """[{"index":0,"id":"c1","function":{"name":"look","arguments":"\"\\\"{\\\\\\\"q\\\\\\\":1}\\\"\""}}]""")]
    [InlineData("""look{"q":1} note{"q":2}""", """[{"index":0,"function":{"name":"look","arguments":"\"{\\\"q\\\":1}\""}}]""", """[{"index":0,"function":{"name":"note","arguments":"\"{\\\"q\\\":2}\""}}]""")]
    [InlineData("""look{"q":1} look{"q":2}""", """[{"index":0,"function":{"name":"look","arguments":"\"{\\\"q\\\":1}\""}}]""", """[{"index":0,"function":{"name":"look","arguments":"\"{\\\"q\\\":2}\""}}]""")]
    [InlineData("look{}", """[{"index":0,"id":"c1","function":{"name":"look","arguments":"\"\""}}]""")]
    [InlineData("look{}", """[{"index":0,"id":"c1","function":{"name":"look","arguments":"null"}}]""")]
    [InlineData("look\"words\"", """[{"index":0,"id":"c1","function":{"name":"look","arguments":"\"words\""}}]""")]
    public async Task Fragments_BecomeTheCallsThatWereMeant(string expected, params string[] fragments)
    {
        var answer = await ReadAsync(fragments.Select(fragment => $$"""{"tool_calls":{{fragment}}}"""));

        Assert.Equal(expected, string.Join(' ', answer.ToolCalls.Select(call => call.Name + call.Arguments)));
        Assert.Equal(answer.ToolCalls.Count, answer.ToolCalls.Select(call => call.Id).Distinct().Count());
    }

    /// <summary>Without ids, the names of the request's tools distinguish fragments from new calls.</summary>
    [Theory]
    [InlineData("get_weather{}", """[{"index":0,"function":{"name":"get_"}}]""", """[{"index":0,"function":{"name":"weather"}}]""")]
    [InlineData("get_weather{}", """[{"index":0,"function":{"name":"get"}}]""", """[{"index":0,"function":{"name":"_weather"}}]""")]
    [InlineData("get_weather{}", """[{"index":0,"id":"c1","function":{"name":"get_"}}]""", """[{"index":0,"id":"c2","function":{"name":"weather"}}]""")]
    [InlineData("get{} weather{}", """[{"index":0,"function":{"name":"get"}}]""", """[{"index":0,"function":{"name":"weather"}}]""")]
    [InlineData("get{} weather{}", """[{"index":0,"id":"c1","function":{"name":"get"}}]""", """[{"index":0,"function":{"name":"weather"}}]""")]
    [InlineData("get{}", """[{"index":0,"id":"c1","function":{"name":"get"}}]""", """[{"index":0,"id":"c1","function":{"name":"get"}}]""")]
    [InlineData("calendar.read{}", """[{"index":0,"function":{"name":"calen"}}]""", """[{"index":0,"function":{"name":"dar_read"}}]""")]
    public async Task Name_InPieces_IsJoinedToTheNameOfATool(string expected, params string[] fragments)
    {
        var request = ModelRequests.Hello() with
        {
            Tools = [.. ((string[])["get", "weather", "get_weather", "calendar.read"]).Select(name => ModelRequests.Weather with { Name = name })],
        };

        var answer = await ReadAsync(fragments.Select(fragment => $$"""{"tool_calls":{{fragment}}}"""), request);

        Assert.Equal(expected, string.Join(' ', answer.ToolCalls.Select(call => call.Name + call.Arguments)));
    }

    [Fact]
    public async Task Name_InPiecesOfTheOlderFormat_IsJoined()
    {
        var request = ModelRequests.Hello() with { Tools = [ModelRequests.Weather] };

        var answer = await ReadAsync(["""{"function_call":{"name":"get"}}""", """{"function_call":{"name":"Weather","arguments":"{}"}}"""], request);

        Assert.Equal("getWeather{}", string.Concat(answer.ToolCalls.Select(call => call.Name + call.Arguments)));
    }

    [Fact]
    public async Task Name_WithoutAnEnd_IsJoinedToALengthOnly()
    {
        var piece = new string('a', 40);

        var answer = await ReadAsync(Enumerable.Range(0, 200).Select(number =>
            $$$"""{"tool_calls":[{"index":0,"id":"c1","function":{"name":"{{{piece}}}{{{number}}}"}}]}"""));

        Assert.All(answer.ToolCalls, call => Assert.InRange(call.Name.Length, 1, 300));
    }

    [Fact]
    public async Task FunctionCall_OfTheOlderFormat_IsACall()
    {
        var answer = await ReadAsync(["""{"tool_calls":[],"function_call":{"name":"look","arguments":"{\"q\""}}""", """{"function_call":{"arguments":":1}"}}"""]);

        Assert.Equal("""look{"q":1}""", string.Concat(answer.ToolCalls.Select(call => call.Name + call.Arguments)));
    }

    [Fact]
    public async Task UnknownFields_OfACall_AreKeptAsTheyCame()
    {
        var answer = await ReadAsync(
        [
            """{"tool_calls":[{"index":0,"id":"a","x":null,"extra":{"a":[1,{"b":"\u00e9"}]},"function":{"name":"look","strict":true}}]}""",
            """{"tool_calls":[{"index":0,"extra":{"c":2},"deep":{"a":1,"a":2},"function":{"arguments":"{}","more":1}}]}""",
        ]);

        Assert.Equal("""{"extra":{"a":[1,{"b":"é"}],"c":2},"function":{"strict":true,"more":1}}""", Assert.Single(answer.ToolCalls).Fields);
    }

    [Theory]
    [InlineData("role")]
    [InlineData("name")]
    [InlineData("tool_call_id")]
    [InlineData("annotations")]
    [InlineData("audio")]
    [InlineData("images")]
    [InlineData("logprobs")]
    [InlineData("token_ids")]
    [InlineData("finish_reason")]
    [InlineData("stop_reason")]
    public async Task Field_ThatNoProviderTakesBack_IsNotKept(string field)
    {
        var answer = await ReadAsync([$$$"""{"{{{field}}}":"x","tool_calls":[{"index":0,"id":"a","function":{"name":"look"}}]}"""]);

        Assert.Null(answer.Events.Single(one => one.Kind == ModelEventKind.Fields).Fields!.Json);
    }

    [Theory]
    [InlineData("""{"reasoning_content":"Hm"}""", "reasoning_content")]
    [InlineData("""{"reasoning":"Hm"}""", "reasoning")]
    [InlineData("""{"reasoning":"Hm","reasoning_content":"Hm"}""", "reasoning,reasoning_content")]
    [InlineData("""{"reasoning":"","reasoning_content":"Hm"}""", "reasoning_content")]
    [InlineData("""{"reasoning":null}""", "")]
    public async Task Reasoning_BeforeACall_KeepsTheNameThatItCameUnder(string delta, string names)
    {
        var answer = await ReadAsync([delta, """{"tool_calls":[{"index":0,"id":"a","function":{"name":"look"}}]}"""]);

        Assert.Equal(names, string.Join(',', answer.Events.Single(one => one.Kind == ModelEventKind.Fields).Fields!.ReasoningNames));
        Assert.Equal(names.Length == 0 ? "" : "Hm", answer.Reasoning);
    }

    private Task<ModelAnswer> ReadAsync(IEnumerable<string> deltas, ModelRequest? request = null)
    {
        var body = string.Concat(deltas.Select(delta => $$"""data: {"choices":[{"index":0,"delta":{{delta}}}]}""" + "\n\n"));
        _upstream.Answer(script => script.Raw(body).Finish("tool_calls"));
        var provider = new OpenAiProvider(new OpenAiOptions { BaseUrl = _upstream.BaseUrl }, _http, TimeProvider.System);
        return ModelAnswer.ReadAsync(provider, request ?? ModelRequests.Hello());
    }
}
