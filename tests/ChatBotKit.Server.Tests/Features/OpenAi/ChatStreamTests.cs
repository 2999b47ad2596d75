using System.Text.Json;
using ChatBotKit.Server.Tests.ConversationEngine;
using ChatBotKit.TestModels;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>Streamed completions of the OpenAI protocol.</summary>
public sealed class ChatStreamTests : IAsyncLifetime
{
    private EngineServer _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await EngineServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Stream_BeginsWithTheRole_AndEndsWithReasonUsageAndDone()
    {
        _server.Model.Answer(script => script.Text("Grüß ", "\"Gott\" \\", "👋").Usage(3, 4));

        var (chunks, end) = await StreamAsync(usage: true);

        Assert.Equal("data: [DONE]", end);
        Assert.Equal("assistant", Delta(chunks[0]).Text("role"));
        Assert.Equal("Grüß \"Gott\" \\👋", TextOf(chunks));
        Assert.Equal("stop", chunks[^2].GetProperty("choices")[0].Text("finish_reason"));
        Assert.Equal(7, chunks[^1].GetProperty("usage").GetProperty("total_tokens").GetInt32());
        Assert.Equal(0, chunks[^1].GetProperty("choices").GetArrayLength());
        Assert.All(chunks.SkipLast(1), chunk => Assert.Equal(JsonValueKind.Null, chunk.GetProperty("usage").ValueKind));
        Assert.Single(chunks.Select(chunk => $"{chunk.Text("id")} {chunk.Text("object")} {chunk.Text("model")}").Distinct());
    }

    [Fact]
    public async Task Stream_WithoutTheOption_HasNoUsage()
    {
        var (chunks, _) = await StreamAsync();

        Assert.Equal(ScriptedModelServer.DefaultText, TextOf(chunks));
        Assert.DoesNotContain(chunks, chunk => chunk.TryGetProperty("usage", out _));
    }

    [Fact]
    public async Task Token_IsSentBeforeTheAnswerIsComplete()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _server.Model.Answer(script => script.Text("first").WaitFor(gate.Task).Text("second"));
        using var answer = await OpenAsync();
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(Token));

        string? line;
        do
            line = await reader.ReadLineAsync(Token);
        while (line?.Contains("first", StringComparison.Ordinal) == false);
        gate.SetResult();

        Assert.Contains("second", await reader.ReadToEndAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_OfATool_IsOneDelta()
    {
        _server.Model.Answer(script => script.Text("I look.").ToolCall("call_a", "look", "{\"a\"", ":1}"));
        var tools = new[] { new { type = "function", function = new { name = "look" } } };

        var (chunks, _) = await StreamAsync(tools: tools);

        Assert.Equal("I look.", TextOf(chunks));
        Assert.Equal(
            """[{"index":0,"id":"call_a","type":"function","function":{"name":"look","arguments":"{\"a\":1}"}}]""",
            Delta(chunks[^2]).GetProperty("tool_calls").GetRawText());
        Assert.Equal("tool_calls", chunks[^1].GetProperty("choices")[0].Text("finish_reason"));
    }

    [Fact]
    public async Task Call_OfAFunctionOfTheOlderForm_IsInThatForm()
    {
        _server.Model.Answer(script => script.ToolCall("call_a", "look", """{"a":1}"""));

        var (chunks, _) = await StreamAsync(functions: new[] { new { name = "look" } });

        Assert.Equal("""{"function_call":{"name":"look","arguments":"{\"a\":1}"}}""", Delta(chunks[^2]).GetRawText());
        Assert.Equal("function_call", chunks[^1].GetProperty("choices")[0].Text("finish_reason"));
    }

    [Fact]
    public async Task Failure_BeforeTheFirstToken_IsAnErrorResponse()
    {
        _server.Model.Otherwise(_ => new ModelScript().Fail(400, "no such thing"));

        using var answer = await OpenAsync();

        Assert.Equal("application/json", answer.Content.Headers.ContentType!.MediaType);
        await answer.AssertRefusedAsync("424 PROVIDER_REFUSED");
        Assert.Equal("invalid_request_error", (await answer.JsonAsync()).GetProperty("error").Text("type"));
    }

    [Fact]
    public async Task Failure_AfterTheFirstToken_EndsTheStreamWithAnError()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _server.Model.Answer(script => script.Text("first").WaitFor(gate.Task).Abort());
        using var answer = await OpenAsync();
        gate.SetResult();

        var lines = await LinesAsync(answer);

        Assert.Contains(lines, line => line.Contains("first", StringComparison.Ordinal));
        var end = JsonElement.Parse(lines[^1]["data: ".Length..]);
        Assert.Equal(("server_error", JsonValueKind.Null), (end.GetProperty("error").Text("type"), end.GetProperty("choices").ValueKind));
    }

    [Fact]
    public async Task Client_ThatLeaves_EndsTheRun()
    {
        _server.Model.Answer(script => script.Text("first").Silence());
        var answer = await OpenAsync();
        var request = await _server.Model.NextRequestAsync(Token);

        answer.Dispose();

        await request.WaitForDisconnectAsync(Token);
    }

    private Task<HttpResponseMessage> OpenAsync(bool usage = false, object? tools = null, object? functions = null) => _server.Http.OpenAsync(
        HttpMethod.Post, "/v1/openai/chat/completions",
        new
        {
            model = "scripted",
            stream = true,
            stream_options = usage ? new { include_usage = true } : null,
            messages = new[] { new { role = "user", content = "Hello" } },
            tools,
            functions,
        });

    private async Task<(List<JsonElement> Chunks, string End)> StreamAsync(bool usage = false, object? tools = null, object? functions = null)
    {
        using var answer = await OpenAsync(usage, tools, functions);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        var lines = await LinesAsync(answer);
        return ([.. lines.SkipLast(1).Select(line => JsonElement.Parse(line["data: ".Length..]))], lines[^1]);
    }

    private static async Task<string[]> LinesAsync(HttpResponseMessage answer) =>
        (await answer.ReadTextAsync()).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);

    private static JsonElement Delta(JsonElement chunk) => chunk.GetProperty("choices")[0].GetProperty("delta");

    private static string TextOf(IEnumerable<JsonElement> chunks) => string.Concat(
        from chunk in chunks
        where chunk.GetProperty("choices").GetArrayLength() > 0 && Delta(chunk).TryGetProperty("content", out _)
        select Delta(chunk).Text("content"));
}
