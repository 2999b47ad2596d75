using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Server.Tests.ConversationEngine;

public sealed class FunctionTests
{
    private const string ChannelA = "a-channel-of-the-caller";
    private const string ChannelB = "another-channel-of-the-caller";

    [Theory]
    [InlineData("false")]
    [InlineData("null")]
    [InlineData("0")]
    [InlineData("\"\"")]
    [InlineData("{\"t\":21}")]
    public async Task ResultData_AnyValue_IsTheAnswer(string data)
    {
        await using var server = await EngineServer.StartAsync();
        server.Model.Answer(script => script.ToolCall("c1", "weather", "{}")).Answer(script => script.Text("Done."));

        var run = await server.AskAsync(functions: Functions.WithData("weather", JsonNode.Parse(data)));

        Assert.Equal("stop", run.EndReason);
        Assert.Equal(data, run.Activities("response").Single().GetProperty("result").GetString());
        var told = server.Model.Requests[1].Messages[^1];
        Assert.Equal(("tool", "c1", data), (
            told.GetProperty("role").GetString(), told.GetProperty("tool_call_id").GetString(), told.GetProperty("content").GetString()));
    }

    [Fact]
    public async Task ResultChannel_Answered_GoesOnWithTheResult()
    {
        await using var server = await EngineServer.StartAsync();
        server.Model.Answer(script => script.ToolCall("c1", "f0", "{\"q\":1}")).Answer(script => script.Text("Done."));
        using var response = await server.Http.OpenAsync(HttpMethod.Post, "/v1/conversation/complete", Request(ChannelA));
        using var lines = await RunLines.OpenAsync(response);

        var before = await lines.UntilAsync("waitForChannelMessageBegin");
        var wait = before[^1].GetProperty("data");
        Assert.Equal(ChannelA, wait.GetProperty("channel").GetString());
        Assert.Equal(1, wait.GetProperty("function").GetProperty("args").GetProperty("q").GetInt32());
        await server.PublishAsync(ChannelA, new { result = new { ok = true } });
        var after = new RunTranscript(null, await lines.RestAsync());

        Assert.Equal(["waitForChannelMessageEnd", "operationEnd", "message", "completeBegin"], after.Types.Take(4));
        Assert.True(after.Data("waitForChannelMessageEnd").Single().GetProperty("message").GetProperty("result").GetProperty("ok").GetBoolean());
        Assert.Equal("""{"ok":true}""", after.Activities("response").Single().GetProperty("result").GetString());
        Assert.Equal("Done.", after.Text);
    }

    [Fact]
    public async Task ResultChannel_TwoCallsOnTwoChannels_WaitSideBySide()
    {
        await using var server = await EngineServer.StartAsync();
        server.Model
            .Answer(script => script.ToolCall("c1", "f0", "{}").ToolCall("c2", "f1", "{}"))
            .Answer(script => script.Text("Done."));
        using var response = await server.Http.OpenAsync(HttpMethod.Post, "/v1/conversation/complete", Request(ChannelA, ChannelB));
        using var lines = await RunLines.OpenAsync(response);

        await lines.UntilAsync("waitForChannelMessageBegin");
        await lines.UntilAsync("waitForChannelMessageBegin");
        await server.PublishAsync(ChannelB, new { result = "b" });
        await server.PublishAsync(ChannelA, new { result = "a" });
        var rest = new RunTranscript(null, await lines.RestAsync());

        Assert.Equal(
            [("f0", "\"a\""), ("f1", "\"b\"")],
            rest.Activities("response").Select(f => (f.GetProperty("name").GetString()!, f.GetProperty("result").GetString()!)));
        Assert.Equal(["c1", "c2"], server.Model.Requests[1].Messages
            .Where(message => message.GetProperty("role").GetString() == "tool")
            .Select(message => message.GetProperty("tool_call_id").GetString()));
    }

    [Fact]
    public async Task ResultChannel_TwoCallsOnOneChannel_TakeTurns()
    {
        await using var server = await EngineServer.StartAsync();
        server.Model
            .Answer(script => script.ToolCall("c1", "f0", "{\"n\":1}").ToolCall("c2", "f0", "{\"n\":2}"))
            .Answer(script => script.Text("Done."));
        using var response = await server.Http.OpenAsync(HttpMethod.Post, "/v1/conversation/complete", Request(ChannelA));
        using var lines = await RunLines.OpenAsync(response);

        for (var i = 0; i < 2; i++)
        {
            var wait = (await lines.UntilAsync("waitForChannelMessageBegin"))[^1].GetProperty("data");
            await server.PublishAsync(ChannelA, new { result = wait.GetProperty("function").GetProperty("args").GetProperty("n").GetInt32() });
        }
        var rest = new RunTranscript(null, await lines.RestAsync());

        Assert.All(rest.Activities("response"), f => Assert.Equal(
            f.GetProperty("arguments").GetProperty("n").GetRawText(), f.GetProperty("result").GetString()));
        Assert.Equal(2, rest.Activities("response").Count);
    }

    [Fact]
    public async Task ResultChannel_Abort_EndsTheRunAndTheOtherWaits()
    {
        await using var server = await EngineServer.StartAsync();
        server.Model.Answer(script => script.ToolCall("c1", "f0", "{}").ToolCall("c2", "f1", "{}"));
        using var response = await server.Http.OpenAsync(HttpMethod.Post, "/v1/conversation/complete", Request(ChannelA, ChannelB));
        using var lines = await RunLines.OpenAsync(response);
        await lines.UntilAsync("waitForChannelMessageBegin");
        await lines.UntilAsync("waitForChannelMessageBegin");

        await server.PublishAsync(ChannelB, new { abort = true });
        var rest = new RunTranscript(null, await lines.RestAsync());

        Assert.Equal("channel", rest.Data("abort").Single().GetProperty("reason").GetString());
        Assert.Equal("abort", rest.EndReason);
    }

    [Fact]
    public async Task ResultChannel_Error_TellsTheModel()
    {
        await using var server = await EngineServer.StartAsync();
        server.Model.Answer(script => script.ToolCall("c1", "f0", "{}")).Answer(script => script.Text("Sorry."));
        using var response = await server.Http.OpenAsync(HttpMethod.Post, "/v1/conversation/complete", Request(ChannelA));
        using var lines = await RunLines.OpenAsync(response);
        await lines.UntilAsync("waitForChannelMessageBegin");
        await server.PublishAsync(ChannelA, new { error = "No such city" });
        await lines.RestAsync();

        Assert.Equal("""{"error":"No such city"}""", server.Model.Requests[1].LastText("tool"));
    }

    [Fact]
    public async Task ResultChannel_NobodyAnswers_GivesUpAfterFiveMinutes()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.Parse("2026-03-01T12:00:00Z", System.Globalization.CultureInfo.InvariantCulture));
        await using var server = await EngineServer.StartAsync(clock, patientWithModels: true);
        server.Model.Answer(script => script.ToolCall("c1", "f0", "{}")).Answer(script => script.Text("Sorry."));
        using var response = await server.Http.OpenAsync(HttpMethod.Post, "/v1/conversation/complete", Request(ChannelA));
        using var lines = await RunLines.OpenAsync(response);
        await lines.UntilAsync("waitForChannelMessageBegin");

        var end = lines.UntilAsync("waitForChannelMessageEnd");
        // A minute counts only after the server has observed it, so some may have to be repeated.
        for (var minute = 0; minute < 14 && !end.IsCompleted; minute++)
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            await Task.WhenAny(end, Task.Delay(100, TestContext.Current.CancellationToken));
        }

        Assert.Contains("five minutes", (await end)[^1].GetRawText(), StringComparison.Ordinal);
        var run = new RunTranscript(null, await lines.RestAsync());
        Assert.Equal("stop", run.EndReason);
        Assert.Contains("five minutes", server.Model.Requests[1].LastText("tool"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoResult_Stateful_CallerAnswersByAMessageAndGoesOn()
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync();
        server.Model
            .Answer(script => script.ToolCall("c1", "lookup", "{\"n\":1}").ToolCall("c2", "lookup", "{\"n\":2}"))
            .Answer(script => script.Text("Both found."));

        var first = await server.CompleteAsync(id, new { text = "Find", functions = Functions.AnsweredByCaller("lookup") });
        Assert.Equal("activity", first.EndReason);
        Assert.Equal("", first.Text);
        Assert.Equal(2, first.Activities("request").Count);
        Assert.Empty(first.Activities("response"));

        foreach (var request in first.Activities("request"))
            await server.AddMessageAsync(id, "activity", "", Response(request, "\"found\""));
        var second = await server.CompleteAsync(id, new { functions = Functions.AnsweredByCaller("lookup") });

        Assert.Equal("Both found.", second.Text);
        var told = server.Model.Requests[1].Messages;
        Assert.Equal(["user", "assistant", "tool", "tool"], told.Select(message => message.GetProperty("role").GetString()));
        Assert.Equal(["c1", "c2"], told[1].GetProperty("tool_calls").EnumerateArray().Select(call => call.GetProperty("id").GetString()));
        Assert.Equal(["c1", "c2"], told.Skip(2).Select(message => message.GetProperty("tool_call_id").GetString()));
    }

    [Fact]
    public async Task NoResult_Stateless_CallerSendsEverythingAgain()
    {
        await using var server = await EngineServer.StartAsync();
        server.Model.Answer(script => script.ToolCall("c1", "lookup", "{\"n\":1}")).Answer(script => script.Text("Found."));
        var functions = Functions.AnsweredByCaller("lookup");
        var first = await server.AskAsync("Find", functions);
        var request = first.Activities("request").Single();

        var second = await server.RunAsync("/v1/conversation/complete", new
        {
            functions = Functions.AnsweredByCaller("lookup"),
            messages = new object[]
            {
                new { type = "user", text = "Find" },
                // Official callers send no id of the call.
                new { type = "activity", text = "", meta = Request(request) },
                new { type = "activity", text = "", meta = Response(request, "7") },
            },
        });

        Assert.Equal("Found.", second.Text);
        var told = server.Model.Requests[1].Messages;
        Assert.Equal(["user", "assistant", "tool"], told.Select(message => message.GetProperty("role").GetString()));
        Assert.Equal(
            told[1].GetProperty("tool_calls")[0].GetProperty("id").GetString(), told[2].GetProperty("tool_call_id").GetString());
        Assert.Equal("7", told[2].GetProperty("content").GetString());
    }

    [Fact]
    public async Task ToolCall_UnknownName_TellsTheModelWhatThereIs()
    {
        await using var server = await EngineServer.StartAsync();
        server.Model.Answer(script => script.ToolCall("c1", "nothing", "{}")).Answer(script => script.Text("Oh."));
        var run = await server.AskAsync(functions: Functions.WithData("weather", 1));
        Assert.Equal("Oh.", run.Text);
        Assert.Contains("weather", server.Model.Requests[1].LastText("tool"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{not json")]
    [InlineData("[1]")]
    public async Task ToolCall_ArgumentsNoObject_IsNotMadeAndTheModelIsTold(string arguments)
    {
        await using var server = await EngineServer.StartAsync();
        server.Model.Answer(script => script.ToolCall("c1", "weather", arguments)).Answer(script => script.Text("Oh."));
        var run = await server.AskAsync(functions: Functions.WithData("weather", 1));
        Assert.Equal("Oh.", run.Text);
        Assert.Empty(run.Data("operationBegin"));
        Assert.Contains("not a JSON object", server.Model.Requests[1].LastText("tool"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ToolCall_ArgumentsOverSeveralLines_KeepsOneEventALine()
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync();
        server.Model.Answer(script => script.ToolCall("c1", "weather", "{\n  \"city\": \"Sofia\"\r\n}")).Answer(script => script.Text("Oh."));
        var run = await server.CompleteAsync(id, new { text = "Weather?", functions = Functions.WithData("weather", 1) });
        Assert.Equal(Enumerable.Range(1, run.Events.Count).Select(i => (long)i), run.Ids);
        Assert.Equal("Sofia", run.Activities("request").Single().GetProperty("arguments").GetProperty("city").GetString());
    }

    [Fact]
    public async Task Call_AtStartAndEnd_IsMadeWithoutTheModelsAsking()
    {
        await using var server = await EngineServer.StartAsync();
        server.Model.Answer(script => script.Text("Hi."));
        var run = await server.AskAsync(functions: new JsonArray(
            Functions.Of("first", new JsonObject { ["data"] = 1 }, new JsonObject { ["start"] = true }),
            Functions.Of("last", new JsonObject { ["data"] = 2 }, new JsonObject { ["end"] = true })));

        Assert.Equal(["first", "last"], run.Activities("response").Select(f => f.GetProperty("name").GetString()));
        var asked = Assert.Single(server.Model.Requests);
        Assert.Equal("1", asked.LastText("tool"));
        Assert.Equal("stop", run.EndReason);
    }

    [Fact]
    public async Task ForceFunction_ForcesTheFirstCallOnly()
    {
        await using var server = await EngineServer.StartAsync();
        server.Model.Answer(script => script.ToolCall("c1", "weather", "{}")).Answer(script => script.Text("Hi."));
        await server.AskAsync(functions: Functions.WithData("weather", 1), model: "scripted/forceFunction=weather");
        Assert.Equal("weather", server.Model.Requests[0].Body.GetProperty("tool_choice").GetProperty("function").GetProperty("name").GetString());
        Assert.False(server.Model.Requests[1].Body.TryGetProperty("tool_choice", out _));
    }

    private static object Request(params string[] channels) => new
    {
        messages = new[] { new { type = "user", text = "Go" } },
        functions = Functions.OnChannels(channels),
    };

    private static JsonObject Request(System.Text.Json.JsonElement function) => Activity("request", function, null);

    private static JsonObject Response(System.Text.Json.JsonElement function, string result) => Activity("response", function, result);

    private static JsonObject Activity(string type, System.Text.Json.JsonElement function, string? result)
    {
        var copy = JsonNode.Parse(function.GetRawText())!.AsObject();
        if (result is not null)
            copy["result"] = result;
        return new JsonObject { ["activity"] = new JsonObject { ["type"] = type, ["function"] = copy } };
    }
}
