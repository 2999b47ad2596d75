using System.Text.Json;
using ChatBotKit.Server.Tests.ConversationEngine;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>What is refused in the OpenAI protocol, in the form of its errors, and the list of models.</summary>
public sealed class ChatRefusalTests : IAsyncLifetime
{
    private const string Completions = "/v1/openai/chat/completions";
    private const string Hello = """ "messages":[{"role":"user","content":"Hello"}] """;

    private EngineServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await EngineServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("""{"messages":[]}""", "model")]
    [InlineData("""{"model":"scripted"}""", "messages")]
    [InlineData("""{"model":"scripted","messages":[]}""", "messages")]
    [InlineData("""{"model":"scripted","messages":[{"role":"robot","content":"a"}]}""", "messages[0].role")]
    [InlineData("""{"model":"scripted","messages":[{"role":"user"}]}""", "messages[0].content")]
    [InlineData("""{"model":"scripted","messages":[{"role":"user","content":[{"type":"input_audio"}]}]}""", "messages[0].content[0].type")]
    [InlineData("""{"model":"scripted","messages":[{"role":"user","content":[{"type":"image_url"}]}]}""", "messages[0].content[0].image_url")]
    [InlineData("""{"model":"scripted","messages":[{"role":"user","content":[]}]}""", "messages[0].content")]
    [InlineData("""{"model":"scripted","messages":[{"role":"user","content":""},{"role":"assistant","content":""}]}""", "messages")]
    [InlineData("""{"model":"scripted","messages":[{"role":"tool","tool_call_id":"a","content":"b"}]}""", "messages[0]")]
    [InlineData("""{"model":"scripted","messages":[{"role":"assistant","tool_calls":[{"id":"a","function":{"name":"f"}}]},{"role":"user","content":"b"}]}""", "messages[1]")]
    [InlineData("""{"model":"scripted",$,"n":2}""", "n")]
    [InlineData("""{"model":"scripted",$,"temperature":3}""", "temperature")]
    [InlineData("""{"model":"scripted",$,"stop":["a","b","c","d","e"]}""", "stop")]
    [InlineData("""{"model":"scripted",$,"stream_options":{"include_usage":true}}""", "stream_options")]
    [InlineData("""{"model":"scripted",$,"max_tokens":1,"max_completion_tokens":1}""", "max_tokens")]
    [InlineData("""{"model":"scripted",$,"logprobs":true}""", "logprobs")]
    [InlineData("""{"model":"scripted",$,"modalities":["audio"]}""", "modalities")]
    [InlineData("""{"model":"scripted",$,"top_k":3}""", "top_k")]
    [InlineData("""{"model":"scripted",$,"response_format":{"type":"xml"}}""", "response_format.type")]
    [InlineData("""{"model":"scripted",$,"tools":[{"type":"custom"}]}""", "tools[0].type")]
    [InlineData("""{"model":"scripted",$,"tools":[{"type":"function","function":{"name":"a b"}}]}""", "tools[0].function.name")]
    [InlineData("""{"model":"scripted",$,"tool_choice":{"type":"function","function":{"name":"a"}}}""", "tool_choice.function.name")]
    [InlineData("""{"model":"extractive",$,"response_format":{"type":"json_object"}}""", "response_format")]
    [InlineData("""{"model":"scripted/colour=red",$}""", "model")]
    [InlineData("[]", "body")]
    public async Task Request_ThatCanNotBeHandled_NamesTheField(string body, string param)
    {
        using var answer = await _server.Http.SendAsync(HttpMethod.Post, Completions, body.Replace("$", Hello, StringComparison.Ordinal));

        await answer.AssertRefusedAsync("400 BAD_REQUEST");
        var error = (await answer.JsonAsync()).GetProperty("error");
        Assert.Equal($"invalid_request_error {param}", $"{error.Text("type")} {error.Text("param")}");
        Assert.False(string.IsNullOrEmpty(error.Text("message")));
        Assert.Empty(_server.Model.Requests);
    }

    [Theory]
    [InlineData("bot/id=nobody")]
    [InlineData("model/name=gpt-nothing")]
    public async Task Model_ThatDoesNotExist_IsNotFound(string model)
    {
        await using var server = await ServerFactory.StartAsync();
        using var owner = server.Client();

        using var answer = await owner.SendAsync(HttpMethod.Post, Completions, $$"""{"model":"{{model}}",{{Hello}}}""");

        await answer.AssertRefusedAsync("404 NOT_FOUND");
        Assert.Equal("model_not_found", (await answer.JsonAsync()).GetProperty("error").Text("code"));
    }

    [Fact]
    public async Task Bot_OfAnotherAccount_IsNotFound()
    {
        var bot = ApiJson.Id(await _server.Http.ReadAsync(HttpMethod.Post, "bot/create", "{}"));
        using var stranger = _server.Server.Client(await _server.Server.CreateApiTokenAsync((await _server.Server.AddAccountAsync()).Id));

        await stranger.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Post, Completions, $$"""{"model":"bot/id={{bot}}",{{Hello}}}""");
        await stranger.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Get, $"/v1/openai/models/bot%2Fid%3D{bot}");
    }

    [Fact]
    public async Task Caller_WithoutAKey_GetsAnErrorOfTheProtocol()
    {
        using var nobody = _server.Server.Client(credential: null);

        using var answer = await nobody.SendAsync(HttpMethod.Post, Completions, "{}");

        await answer.AssertRefusedAsync("401 NOT_AUTHENTICATED");
        var error = (await answer.JsonAsync()).GetProperty("error");
        Assert.Equal("authentication_error invalid_api_key", $"{error.Text("type")} {error.Text("code")}");
    }

    [Fact]
    public async Task Models_AreThoseOfTheServerAndTheBotsOfTheCaller()
    {
        var bot = ApiJson.Id(await _server.Http.ReadAsync(HttpMethod.Post, "bot/create", "{}"));

        var list = await _server.Http.ReadAsync(HttpMethod.Get, "/v1/openai/models");
        var one = await _server.Http.ReadAsync(HttpMethod.Get, $"/v1/openai/models/bot%2Fid%3D{bot}");

        Assert.Equal("list", list.Text("object"));
        var ids = list.GetProperty("data").EnumerateArray().Select(model => model.Text("id")).ToList();
        Assert.Contains("extractive", ids);
        Assert.Contains($"bot/id={bot}", ids);
        Assert.Equal($"model bot/id={bot}", $"{one.Text("object")} {one.Text("id")}");
        Assert.Equal(JsonValueKind.Number, one.GetProperty("created").ValueKind);
    }
}
