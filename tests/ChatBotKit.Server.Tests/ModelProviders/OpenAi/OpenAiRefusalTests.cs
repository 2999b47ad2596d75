using System.Text.Json;
using ChatBotKit.Server.ModelProviders;
using ChatBotKit.Server.ModelProviders.Models;
using ChatBotKit.Server.ModelProviders.OpenAi;
using ChatBotKit.TestModels;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Server.Tests.ModelProviders;

/// <summary>Endpoints that refuse a part of the request that can be left out or changed.</summary>
public sealed class OpenAiRefusalTests : IAsyncLifetime
{
    private readonly HttpClient _http = OpenAiConnection.Create();
    private readonly FakeTimeProvider _clock = new();
    private ScriptedModelServer _upstream = null!;

    public async ValueTask InitializeAsync() => _upstream = await ScriptedModelServer.StartAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _upstream.DisposeAsync();
    }

    [Theory]
    [InlineData(422, """{"detail":[{"type":"extra_forbidden","loc":["body","stream_options"],"msg":"Extra inputs are not permitted"}]}""")]
    [InlineData(422, """{"object":"error","message":{"detail":[{"loc":["body","stream_options"],"msg":"not allowed"}]}}""")]
    [InlineData(400, """{"error":{"message":"Unrecognized request argument supplied: stream_options","type":"invalid_request_error","param":null}}""")]
    [InlineData(400, """[{"error":{"code":400,"message":"Invalid JSON payload received. Unknown name \"stream_options\": Cannot find field.","status":"INVALID_ARGUMENT"}}]""")]
    [InlineData(400, """{"error":"{\"error\":{\"message\":\"no\",\"param\":\"stream_options.include_usage\"}}"}""")]
    [InlineData(422, "stream_options is not supported")]
    [InlineData(400, """{"type":"about:blank","title":"One or more validation errors occurred.","status":400,"errors":{"stream_options":["The field is unknown."]}}""")]
    [InlineData(422, "")]
    [InlineData(400, "{}")]
    [InlineData(422, """{"detail":"Unprocessable Entity"}""")]
    public async Task Field_ThatIsRefused_IsLeftOutAtOnceAndFromThenOn(int status, string body)
    {
        Refuse("stream_options", status, body);
        var provider = Provider();

        var answer = await ModelAnswer.ReadAsync(provider, ModelRequests.Hello());
        await ModelAnswer.ReadAsync(provider, ModelRequests.Hello());
        var other = await ModelAnswer.ReadAsync(provider, ModelRequests.Hello("another"));

        Assert.Equal((ScriptedModelServer.DefaultText, ScriptedModelServer.DefaultText), (answer.Text, other.Text));
        Assert.Equal([true, false, false, true, false], _upstream.Requests.Select(request => Has(request, "stream_options")));
    }

    [Fact]
    public async Task Lesson_IsForgottenAfterADay()
    {
        Refuse("stream_options", 422, "stream_options: unknown");
        var provider = Provider();
        await ModelAnswer.ReadAsync(provider, ModelRequests.Hello());

        _clock.Advance(TimeSpan.FromHours(25));
        await ModelAnswer.ReadAsync(provider, ModelRequests.Hello());

        Assert.Equal([true, false, true, false], _upstream.Requests.Select(request => Has(request, "stream_options")));
    }

    [Theory]
    [InlineData("""{"error":{"message":"use max_completion_tokens","param":"max_tokens","code":"unsupported_parameter"}}""")]
    [InlineData("""{"error":{"message":"Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead."}}""")]
    [InlineData("""{"error":{"param":"max_tokens"}}""")]
    public async Task TokenLimit_UnderTheWrongName_IsSentUnderTheOther(string body)
    {
        Refuse("max_tokens", 400, body);
        var provider = Provider();

        await ModelAnswer.ReadAsync(provider, ModelRequests.Hello("m/maxTokens=50"));
        await ModelAnswer.ReadAsync(provider, ModelRequests.Hello("m/maxTokens=60"));

        Assert.Equal(3, _upstream.Requests.Count);
        Assert.Equal([50, 60], _upstream.Requests.Skip(1).Select(request => request.Body.GetProperty("max_completion_tokens").GetInt32()));
    }

    [Theory]
    [InlineData("temperature", "m/temperature=0.3", """{"error":{"message":"Unsupported value: 'temperature' does not support 0.3 with this model. Only the default (1) value is supported.","param":"temperature","code":"unsupported_value"}}""")]
    [InlineData("seed", "m/seed=3", """{"message":"unknown field `seed`, expected one of `model`, `temperature`, `max_tokens`"}""")]
    [InlineData("reasoning_effort", "m/reasoningEffort=low", """{"error":{"message":"Unrecognized request argument supplied: reasoning_effort"}}""")]
    [InlineData("frequency_penalty", "m/frequencyPenalty=1", """{"error":{"message":"frequency_penalty is deprecated"}}""")]
    [InlineData("presence_penalty", "m/presencePenalty=1/temperature=1", """{"detail":[{"loc":["body","presence_penalty"],"msg":"extra fields not permitted"}]}""")]
    public async Task Setting_ThatTheModelDoesNotHave_IsLeftOut(string field, string model, string body)
    {
        Refuse(field, 400, body);

        await ModelAnswer.ReadAsync(Provider(), ModelRequests.Hello(model));

        Assert.Equal([true, false], _upstream.Requests.Select(request => Has(request, field)));
    }

    [Fact]
    public async Task Fields_RefusedOneAfterTheOther_AreAllLeftOut()
    {
        _upstream.Otherwise(request => Array.Find((string[])["seed", "temperature", "stream_options"], field => Has(request, field)) is { } field
            ? new ModelScript().Fail(400, $"unknown parameter: {field}")
            : new ModelScript().Text("Hi"));

        Assert.Equal("Hi", (await ModelAnswer.ReadAsync(Provider(), ModelRequests.Hello("m/seed=1/temperature=1"))).Text);
        Assert.Equal(4, _upstream.Requests.Count);
    }

    [Theory]
    [InlineData("m/temperature=2", """{"error":{"message":"temperature must be between 0 and 1","param":"temperature"}}""", "between 0 and 1")]
    [InlineData("m/temperature=2", """{"detail":[{"loc":["body","temperature"],"msg":"Input should be less than or equal to 1"}]}""", "less than or equal")]
    [InlineData("m/maxTokens=9999", """{"error":{"message":"max_tokens is too large: 9999. This model supports at most 4096.","param":"max_tokens"}}""", "at most 4096")]
    [InlineData("m/temperature=1", """{"error":{"message":"bad message","param":"messages[0].content"}}""", "bad message")]
    [InlineData("m/temperature=1", """{"error":{"message":"Invalid schema for function 'temperature'","param":"tools[0].function.parameters"}}""", "Invalid schema")]
    [InlineData("m/temperature=1", """{"error":{"message":"unknown model","param":"model"}}""", "unknown model")]
    [InlineData("m", """{"error":{"message":"no such thing"}}""", "no such thing")]
    public async Task Refusal_OfAValueOrOfWhatWasAsked_IsNotAskedAgain(string model, string body, string says)
    {
        _upstream.Otherwise(_ => new ModelScript().Whole(400, body));

        var failure = await FailAsync(ModelRequests.Hello(model));

        Assert.Equal(ModelFailure.Rejected, failure.Failure);
        Assert.Contains(says, failure.Message, StringComparison.Ordinal);
        Assert.Single(_upstream.Requests);
    }

    [Fact]
    public async Task Refusal_ThatNothingHelps_EndsAfterTheTry()
    {
        _upstream.Otherwise(_ => new ModelScript().Fail(400, "stream_options and seed are not supported"));

        Assert.Contains("stream_options", (await FailAsync(ModelRequests.Hello())).Message, StringComparison.Ordinal);
        Assert.Equal(2, _upstream.Requests.Count);
    }

    [Theory]
    [InlineData("Tool call id was call_1 but must be a-z, A-Z, 0-9, with a length of 9.")]
    [InlineData("Invalid 'messages[2].tool_calls[0].id': string too long. Expected a string with maximum length 40")]
    public async Task CallId_OfTheWrongForm_GetsOneThatEverybodyTakes(string words)
    {
        _upstream.Otherwise(request => request.Body.GetRawText().Contains("call_1", StringComparison.Ordinal)
            ? new ModelScript().Fail(400, words)
            : new ModelScript().Text("Hi"));

        await ModelAnswer.ReadAsync(Provider(), ModelRequests.AfterToolCall());

        var messages = _upstream.Requests[1].Messages;
        var id = messages[2].GetProperty("tool_calls")[0].GetProperty("id").GetString()!;
        Assert.Equal(9, id.Length);
        Assert.All(id, character => Assert.True(char.IsAsciiLetterOrDigit(character)));
        Assert.Equal(id, messages[3].GetProperty("tool_call_id").GetString());
    }

    [Fact]
    public async Task ForcedTool_AsAnObject_IsSaidInAnotherWay()
    {
        _upstream.Otherwise(request => request.Body.GetProperty("tool_choice").ValueKind == JsonValueKind.Object
            ? new ModelScript().Fail(400, "tool_choice: only strings are supported")
            : new ModelScript().Text("Hi"));
        var asked = ModelRequests.AfterToolCall() with { Tools = [ModelRequests.Weather, ModelRequests.Weather with { Name = "other" }] };

        await ModelAnswer.ReadAsync(Provider(), asked);

        var body = _upstream.Requests[1].Body;
        Assert.Equal("required", body.GetProperty("tool_choice").GetString());
        Assert.Equal("getWeather", Assert.Single(body.GetProperty("tools").EnumerateArray()).GetProperty("function").GetProperty("name").GetString());
    }

    [Theory]
    [InlineData(400, "m is not a multimodal model", true)]
    [InlineData(500, "image input is not supported - hint: you may need to provide the mmproj", true)]
    [InlineData(404, "No endpoints found that support image input", true)]
    [InlineData(400, "messages[0].content must be a string", true)]
    [InlineData(400, "messages[0]: unknown variant `image_url`, expected `text`", true)]
    [InlineData(400, "Could not process image", false)]
    [InlineData(413, "too much", false)]
    public async Task Picture_ThatIsRefused_IsNamed(int status, string words, bool isLearned)
    {
        _upstream.Otherwise(request => IsShown(request) ? new ModelScript().Fail(status, words) : new ModelScript().Text("Hi"));
        var provider = Provider();

        await ModelAnswer.ReadAsync(provider, WithPicture());
        await ModelAnswer.ReadAsync(provider, WithPicture());

        Assert.Equal(isLearned ? [true, false, false] : (bool[])[true, false, true, false], _upstream.Requests.Select(IsShown));
        Assert.Equal("The files.\n\n[Attached picture \"a.png\".] You can't be shown it.", _upstream.Requests[1].LastText("user"));
    }

    [Fact]
    public async Task Picture_IsSentAsADataUrl()
    {
        await ModelAnswer.ReadAsync(Provider(), WithPicture());

        Assert.Equal(
            """[{"type":"text","text":"The files."},{"type":"text","text":"[Attached picture \"a.png\".]"},{"type":"image_url","image_url":{"url":"data:image/png;base64,AQID+w=="}}]""",
            _upstream.Requests[0].Messages[0].GetProperty("content").GetRawText());
    }

    [Theory]
    [InlineData("m", true)]
    [InlineData("other", false)]
    public async Task Picture_IsShownToTheModelsOfTheSettingAlone(string model, bool isShown)
    {
        await ModelAnswer.ReadAsync(Provider(options => options with { ImageModels = ["m"] }), WithPicture(model));

        Assert.Equal(isShown, IsShown(_upstream.Requests[0]));
    }

    private static bool Has(ScriptedRequest request, string field) => request.Body.TryGetProperty(field, out _);

    private static bool IsShown(ScriptedRequest request) => request.Body.GetRawText().Contains("\"image_url\"", StringComparison.Ordinal);

    private static ModelRequest WithPicture(string model = "m") => new()
    {
        Model = new ModelReference { Name = model },
        Messages =
        [
            new ModelMessage(ModelRole.User, "The files.")
            {
                Pictures = [new ModelPicture("[Attached picture \"a.png\".]", "image/png", new byte[] { 1, 2, 3, 251 })],
            },
        ],
    };

    private void Refuse(string field, int status, string body) => _upstream.Otherwise(request => Has(request, field)
        ? new ModelScript().Whole(status, body, body.StartsWith('{') || body.StartsWith('[') ? "application/json" : "text/plain")
        : new ModelScript().Text(ScriptedModelServer.DefaultText));

    private OpenAiProvider Provider(Func<OpenAiOptions, OpenAiOptions>? change = null)
    {
        var options = new OpenAiOptions { ApiKey = "sk-very-secret", BaseUrl = _upstream.BaseUrl };
        return new(change?.Invoke(options) ?? options, _http, _clock);
    }

    private Task<ModelProviderException> FailAsync(ModelRequest request) =>
        Assert.ThrowsAsync<ModelProviderException>(() => ModelAnswer.ReadAsync(Provider(), request));
}
