using ChatBotKit.TestModels;

namespace ChatBotKit.Server.Tests.ConversationEngine;

/// <summary>The handling of an answer without text. Its finish reason decides whether the model is asked again.</summary>
public sealed class EmptyAnswerTests
{
    [Theory]
    [InlineData("hm hm hm")]
    [InlineData("")]
    public async Task Length_BeforeTheAnswerBegan_IsOneRequestAndSaysSo(string thoughts)
    {
        await using var server = await EngineServer.StartAsync();
        server.Model.Otherwise(_ => new ModelScript().Reasoning(thoughts).Finish("length").Usage(10, 50));

        var run = await server.AskAsync();

        Assert.Single(server.Model.Requests);
        Assert.Equal("length", run.EndReason);
        Assert.Contains("limit", run.Text, StringComparison.Ordinal);
        Assert.Contains("before the answer began", run.Text, StringComparison.Ordinal);
        Assert.Equal(thoughts.Length > 0 ? ["reasoning", "bot"] : ["bot"], run.Data("message").Select(message => message.GetProperty("type").GetString()));
        Assert.True(run.Data("message")[^1].GetProperty("meta").GetProperty("outputLimitReached").GetBoolean());
    }

    [Fact]
    public async Task Length_InsideACall_IsOneRequest()
    {
        await using var server = await EngineServer.StartAsync();
        server.Model.Otherwise(_ => new ModelScript().ToolCall("c1", "look", "{\"q\":").Finish("length"));

        var run = await server.AskAsync(functions: Functions.WithData("look", 1));

        Assert.Single(server.Model.Requests);
        Assert.Equal("length", run.EndReason);
    }

    [Fact]
    public async Task Filter_WithoutAText_IsOneRequestAndSaysSo()
    {
        await using var server = await EngineServer.StartAsync();
        server.Model.Otherwise(_ => new ModelScript().Finish("content_filter"));

        var run = await server.AskAsync();

        Assert.Single(server.Model.Requests);
        Assert.Equal("stop", run.EndReason);
        Assert.Contains("held the answer back", run.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_AfterThoughtsAlone_IsAskedOnceMore()
    {
        await using var server = await EngineServer.StartAsync();
        server.Model.Otherwise(_ => new ModelScript().Reasoning("hm"));

        var run = await server.AskAsync();

        Assert.Equal(2, server.Model.Requests.Count);
        Assert.Equal(("stop", "The model gave no answer."), (run.EndReason, run.Text));
    }

    [Theory]
    [InlineData("error: {\"code\":400,\"message\":\"prompt has 9000 tokens, room is 4096\",\"type\":\"invalid_request_error\"}\n\ndata: [DONE]\n\n")]
    [InlineData("event: error\ndata: {\"code\":400,\"details\":\"prompt has 9000 tokens, room is 4096\"}\n\ndata: [DONE]\n\n")]
    public async Task Failure_InsideTheAnswer_IsOneRequestAndNoAnswer(string body)
    {
        await using var server = await EngineServer.StartAsync();
        server.Model.Otherwise(_ => new ModelScript().Raw(body).EndHere());

        var run = await server.AskAsync();

        Assert.Single(server.Model.Requests);
        Assert.Equal("error", run.EndReason);
        Assert.Contains("prompt has 9000 tokens, room is 4096", run.Data("error").Single().GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Empty(run.Data("message"));
    }

    [Fact]
    public async Task Failure_AfterText_KeepsTheText()
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync();
        server.Model.Otherwise(_ => new ModelScript().Text("Hel", "lo").Raw("data: {\"detail\":\"worker lost\"}\n\ndata: [DONE]\n\n").EndHere());

        var run = await server.CompleteAsync(id, new { text = "Hi" });

        Assert.Equal(("error", "Hello"), (run.EndReason, run.Text));
        Assert.Contains("worker lost", run.Data("error").Single().GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("Hello", (await server.MessagesAsync(id))[^1].Text);
    }
}
