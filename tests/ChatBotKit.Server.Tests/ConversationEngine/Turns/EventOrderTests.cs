using System.Text.Json.Nodes;

namespace ChatBotKit.Server.Tests.ConversationEngine;

public sealed class EventOrderTests
{
    [Fact]
    public async Task Complete_Stateless_GivesTheEventsInOrder()
    {
        await using var server = await EngineServer.StartAsync();
        server.Model.Answer(script => script.Reasoning("Hm.").Text("Hi", " there").Usage(3, 5));

        var run = await server.AskAsync();

        Assert.Equal(
            ["sendResult", "completeBegin", "reasoningToken", "token", "token", "message", "message", "completeEnd", "usage", "receiveResult", "result"],
            run.Types);
        Assert.Equal("Hi there", run.Text);
        Assert.Equal("stop", run.EndReason);
        Assert.Equal(8, run.Result.GetProperty("usage").GetProperty("token").GetInt64());
        Assert.False(run.Result.TryGetProperty("id", out _));
        Assert.All(run.Events, one => Assert.False(one.TryGetProperty("id", out _)));
        Assert.All(run.Events, one => Assert.True(one.GetProperty("createdAt").GetInt64() > 0));
        Assert.Equal(["reasoning", "bot"], run.Data("message").Select(message => message.GetProperty("type").GetString()));
    }

    [Fact]
    public async Task Complete_Stateful_NumbersTheEventsFromOneAndStoresTheMessages()
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync();
        server.Model.Answer(script => script.Text("Hi", " there"));

        var run = await server.CompleteAsync(id, new { text = " Hello " });

        Assert.Equal(
            ["sendResult", "completeBegin", "token", "token", "message", "completeEnd", "usage", "receiveResult", "result"], run.Types);
        Assert.Equal(Enumerable.Range(1, 9).Select(i => (long)i), run.Ids);
        var messages = await server.MessagesAsync(id);
        Assert.Equal([("user", "Hello"), ("bot", "Hi there")], messages.Select(message => (message.Type, message.Text)));
        Assert.Equal(messages[0].Id, run.Data("sendResult").Single().GetProperty("id").GetString());
        Assert.Equal(messages[1].Id, run.Result.GetProperty("id").GetString());
        Assert.True(messages[0].CreatedAt < messages[1].CreatedAt);
    }

    [Fact]
    public async Task Complete_StatefulWithoutText_SendsNothing()
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync();
        await server.AddMessageAsync(id, "user", "Hello");

        var run = await server.CompleteAsync(id, new { });

        Assert.Equal("completeBegin", run.Types[0]);
        Assert.Equal("Hello", server.Model.Requests.Single().LastText("user"));
    }

    [Fact]
    public async Task Receive_GivesAResultWithoutEnd()
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync();
        using var sent = await server.Http.SendAsync(HttpMethod.Post, $"/v1/conversation/{id}/send", new { text = "Hello" });
        var answer = JsonNode.Parse(await sent.TextAsync())!;
        Assert.Equal("Hello", (string?)answer["text"]);
        Assert.Empty(server.Model.Requests);

        var run = await server.RunAsync($"/v1/conversation/{id}/receive", new { });

        Assert.Equal(["completeBegin", "token", "message", "completeEnd", "usage", "receiveResult", "result"], run.Types);
        Assert.False(run.Result.TryGetProperty("end", out _));
        Assert.Equal("Hello", server.Model.Requests.Single().LastText("user"));
    }

    [Fact]
    public async Task Complete_ToolCall_PutsItsEventsBetweenTheIterations()
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync();
        server.Model
            .Answer(script => script.Text("Let me see.").ToolCall("c1", "weather", "{\"city\":", "\"Sofia\"}"))
            .Answer(script => script.Text("Sunny."));

        var run = await server.CompleteAsync(id, new { text = "Weather?", functions = Functions.WithData("weather", JsonNode.Parse("""{"t":21}""")) });

        Assert.Equal(
            [
                "sendResult", "completeBegin", "token", "message", "completeEnd",
                "message", "operationBegin", "operationEnd", "message",
                "completeBegin", "token", "message", "completeEnd", "usage", "receiveResult", "result",
            ],
            run.Types);
        Assert.Equal(Enumerable.Range(1, run.Events.Count).Select(i => (long)i), run.Ids);
        Assert.Equal("Sofia", run.Activities("request").Single().GetProperty("arguments").GetProperty("city").GetString());
        Assert.Equal("""{"t":21}""", run.Activities("response").Single().GetProperty("result").GetString());
        Assert.Equal(
            ["user", "bot", "activity", "activity", "bot"], (await server.MessagesAsync(id)).Select(message => message.Type));
    }

    [Fact]
    public async Task Complete_ServerSentEvents_AreFramedAndNumbered()
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync();
        server.Model.Answer(script => script.Text("Hi"));

        using var response = await server.Http.OpenAsync(HttpMethod.Post, $"/v1/conversation/{id}/complete", new { text = "Hello" }, "text/event-stream");
        var body = await response.TextAsync();

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        var frames = body.Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("id: 3\nevent: token\ndata: {\"type\":\"bot\",\"token\":\"Hi\"}", frames[2]);
        Assert.StartsWith($"id: {frames.Length}\nevent: result\ndata: ", frames[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Complete_ServerSentEventsWithoutAConversation_CarryNoNumber()
    {
        await using var server = await EngineServer.StartAsync();
        using var response = await server.Http.OpenAsync(
            HttpMethod.Post, "/v1/conversation/complete", new { messages = new[] { new { type = "user", text = "Hello" } } }, "text/event-stream");
        var body = await response.TextAsync();

        Assert.StartsWith("event: sendResult\ndata: {", body, StringComparison.Ordinal);
        Assert.DoesNotContain("\nid: ", body, StringComparison.Ordinal);
    }
}
