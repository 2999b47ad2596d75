using System.Text.Json;
using ChatBotKit.Server.Tests.ConversationEngine;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>Whole completions of the OpenAI protocol.</summary>
public sealed class ChatCompletionTests : IAsyncLifetime
{
    private const string Completions = "/v1/openai/chat/completions";

    private EngineServer _server = null!;

    private JsonElement Sent => _server.Model.Requests[^1].Body;

    public async ValueTask InitializeAsync() => _server = await EngineServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Completion_OfAModel_HasTheFormOfTheProtocol()
    {
        _server.Model.Answer(script => script.Text("Grüß \"Gott\"\n", "👋").Usage(12, 5));

        var answer = await CompleteAsync(new { model = "model/name=scripted", messages = Ask("Hello") });

        Assert.StartsWith("chatcmpl-", answer.Text("id"), StringComparison.Ordinal);
        Assert.Equal("chat.completion|model/name=scripted", $"{answer.Text("object")}|{answer.Text("model")}");
        var choice = answer.GetProperty("choices")[0];
        Assert.Equal("Grüß \"Gott\"\n👋", choice.GetProperty("message").Text("content"));
        Assert.Equal("assistant", choice.GetProperty("message").Text("role"));
        Assert.Equal("stop", choice.Text("finish_reason"));
        Assert.Equal("""{"prompt_tokens":12,"completion_tokens":5,"total_tokens":17}""", answer.GetProperty("usage").GetRawText());
        Assert.Equal("scripted", Sent.Text("model"));
    }

    [Theory]
    [InlineData("scripted")]
    [InlineData("scripted/temperature=0.7")]
    [InlineData("model/id=scripted")]
    public async Task Model_MayHaveAnyOfItsForms(string model)
    {
        await CompleteAsync(new { model, messages = Ask("Hello") });

        Assert.Equal("scripted", Sent.Text("model"));
    }

    [Fact]
    public async Task Bot_AnswersWithItsModelBackstoryAndAbilities()
    {
        var skillset = ApiJson.Id(await _server.Http.ReadAsync(HttpMethod.Post, "skillset/create", "{}"));
        await _server.Http.ReadAsync(
            HttpMethod.Post, $"skillset/{skillset}/ability/create",
            new { name = "Say hello!", description = "Greets somebody.", instruction = "```echo\nHello $[name! |who]\n```" });
        await _server.Http.ReadAsync(
            HttpMethod.Post, "bot/create", new { alias = "greeter", model = "bots-own", backstory = "You greet.", skillsetId = skillset });
        _server.Model.Answer(script => script.Text("Wait.").ToolCall("call_1", "say_hello", """{"name":"Ada"}"""))
            .Answer(script => script.Text("Done."));

        var answer = await CompleteAsync(new { model = "bot/id=@greeter", messages = Ask("Hello", system: "Be short.") });

        Assert.Equal("Done.", Message(answer).Text("content"));
        Assert.False(Message(answer).TryGetProperty("tool_calls", out _));
        Assert.Equal("bots-own", Sent.Text("model"));
        Assert.Equal("You greet.\n\nBe short.", Sent.GetProperty("messages")[0].Text("content"));
        Assert.Contains("Hello Ada", Sent.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_AreThoseOfTheRequest()
    {
        await CompleteAsync(new
        {
            model = "scripted/temperature=0.7",
            messages = Ask("Hello"),
            temperature = 0.2,
            top_p = 0.5,
            max_completion_tokens = 30,
            frequency_penalty = 0.1,
            presence_penalty = -0.1,
            seed = -7,
            reasoning_effort = "minimal",
            stop = new[] { "END", "\n" },
            response_format = new { type = "json_schema", json_schema = new { name = "a", strict = true, schema = new { type = "object" } } },
            user = "u",
            metadata = new { a = "b" },
            n = 1,
        });

        Assert.Equal(
            "0.2 0.5 30 0.1 -0.1 -7 minimal",
            string.Join(' ', new[] { "temperature", "top_p", "max_completion_tokens", "frequency_penalty", "presence_penalty", "seed", "reasoning_effort" }
                .Select(name => Sent.TryGetProperty(name, out var value) ? value.ToString() : Sent.GetProperty("max_tokens").ToString())));
        Assert.Equal("""["END","\n"]""", Sent.GetProperty("stop").GetRawText());
        Assert.Equal(
            """{"type":"json_schema","json_schema":{"name":"a","strict":true,"schema":{"type":"object"}}}""",
            Sent.GetProperty("response_format").GetRawText());
    }

    [Fact]
    public async Task Call_OfATool_ReturnsToTheCaller()
    {
        _server.Model.Answer(script => script.ToolCall("call_a", "get-weather", """{"city":"Sofia"}""").ToolCall("call_b", "get-weather", """{"city":"Rome"}""").Usage(1, 2))
            .Answer(script => script.Text("Sunny in both."));
        var tools = new[] { new { type = "function", function = new { name = "get-weather", strict = true, parameters = new { type = "object", properties = new { city = new { type = "string" } } } } } };

        var first = await CompleteAsync(new { model = "scripted", messages = Ask("Weather?"), tools, tool_choice = "required", parallel_tool_calls = true });

        Assert.Equal("required", Sent.Text("tool_choice"));
        Assert.True(Sent.GetProperty("parallel_tool_calls").GetBoolean());
        Assert.True(Sent.GetProperty("tools")[0].GetProperty("function").GetProperty("strict").GetBoolean());
        Assert.Equal("tool_calls", first.GetProperty("choices")[0].Text("finish_reason"));
        Assert.Equal(JsonValueKind.Null, Message(first).GetProperty("content").ValueKind);
        var calls = Message(first).GetProperty("tool_calls");
        Assert.Equal(
            """[{"id":"call_a","type":"function","function":{"name":"get-weather","arguments":"{\"city\":\"Sofia\"}"}},{"id":"call_b","type":"function","function":{"name":"get-weather","arguments":"{\"city\":\"Rome\"}"}}]""",
            calls.GetRawText());

        var second = await CompleteAsync(new
        {
            model = "scripted",
            messages = new object[]
            {
                new { role = "user", content = "Weather?" },
                new { role = "assistant", content = (string?)null, tool_calls = calls },
                new { role = "tool", tool_call_id = "call_b", content = "sun" },
                new { role = "tool", tool_call_id = "call_a", content = new[] { new { type = "text", text = "also sun" } } },
            },
            tools,
        });

        Assert.Equal("Sunny in both.", Message(second).Text("content"));
        Assert.Equal(
            "user: , assistant: call_a call_b, tool: call_a also sun, tool: call_b sun",
            string.Join(", ", Sent.GetProperty("messages").EnumerateArray().Select(Describe)));
    }

    /// <summary>Clients that send <c>functions</c> read no <c>tool_calls</c>.</summary>
    [Fact]
    public async Task Call_OfAFunctionOfTheOlderForm_ReturnsInThatForm()
    {
        _server.Model.Answer(script => script.ToolCall("call_a", "add", """{"a":1}""").ToolCall("call_b", "add", """{"a":2}"""));
        var functions = new[] { new { name = "add", parameters = new { type = "object" } } };

        var answer = await CompleteAsync(new { model = "scripted", messages = Ask("Add"), functions, function_call = "auto" });

        Assert.Equal("function_call", answer.GetProperty("choices")[0].Text("finish_reason"));
        Assert.Equal("""{"name":"add","arguments":"{\"a\":1}"}""", Message(answer).GetProperty("function_call").GetRawText());
        Assert.False(Message(answer).TryGetProperty("tool_calls", out _));
    }

    [Fact]
    public async Task Limit_OfTokens_EndsTheAnswer()
    {
        _server.Model.Answer(script => script.Text("Once upon").Finish("length"));

        var answer = await CompleteAsync(new { model = "scripted", messages = Ask("A story"), max_tokens = 2 });

        Assert.Equal("length", answer.GetProperty("choices")[0].Text("finish_reason"));
        Assert.Equal("Once upon", Message(answer).Text("content"));
        Assert.Single(_server.Model.Requests);
    }

    [Fact]
    public async Task Picture_OfAMessage_IsSentToTheModel()
    {
        const string Pixel = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

        await CompleteAsync(new
        {
            model = "scripted",
            messages = new[]
            {
                new { role = "user", content = new object[] { new { type = "text", text = "What is this?" }, new { type = "image_url", image_url = new { url = Pixel, detail = "low" } } } },
            },
        });

        var parts = Sent.GetProperty("messages")[0].GetProperty("content");
        Assert.Equal("What is this?", parts[0].Text("text"));
        Assert.Equal(Pixel, parts[2].GetProperty("image_url").Text("url"));
    }

    [Fact]
    public async Task Instructions_InTheMiddle_StayThere()
    {
        await CompleteAsync(new
        {
            model = "scripted",
            messages = new[]
            {
                new { role = "developer", content = "One." }, new { role = "system", content = "Two." }, new { role = "user", content = "Hello" },
                new { role = "system", content = "Three." }, new { role = "user", content = "Again" },
            },
        });

        Assert.Equal(
            "system One.\n\nTwo.|user Hello|system Three.|user Again",
            string.Join('|', Sent.GetProperty("messages").EnumerateArray().Select(message => $"{message.Text("role")} {message.Text("content")}")));
    }

    [Fact]
    public async Task Conversation_LongerThanTheDefaultWindow_IsSentWhole()
    {
        var messages = Enumerable.Range(0, 301).Select(i => new { role = i % 2 == 0 ? "user" : "assistant", content = $"message {i}" });

        await CompleteAsync(new { model = "scripted", messages });

        Assert.Equal(301, Sent.GetProperty("messages").GetArrayLength());
    }

    private Task<JsonElement> CompleteAsync(object body) => _server.Http.ReadAsync(HttpMethod.Post, Completions, body);

    private static object[] Ask(string text, string? system = null) =>
        [.. system is null ? Array.Empty<object>() : [new { role = "system", content = system }], new { role = "user", content = text }];

    private static JsonElement Message(JsonElement answer) => answer.GetProperty("choices")[0].GetProperty("message");

    private static string Describe(JsonElement message) => message.Text("role") switch
    {
        "assistant" => "assistant: " + string.Join(' ', message.GetProperty("tool_calls").EnumerateArray().Select(call => call.Text("id"))),
        "tool" => $"tool: {message.Text("tool_call_id")} {message.Text("content")}",
        var role => $"{role}: ",
    };
}
