using System.Text.Json;
using ChatBotKit.TestModels;

namespace ChatBotKit.Server.Tests.ConversationEngine;

/// <summary>The text and the calls of one answer become one message of the assistant, whether the answer is new or stored.</summary>
public sealed class AnswerMessageTests
{
    [Fact]
    public async Task TextAndCalls_OfOneAnswer_GoBackAsOneMessage()
    {
        await using var server = await EngineServer.StartAsync();
        server.Model
            .Answer(script => script.Reasoning("Hm.").Text("Let me look.").ToolCall("c1", "look", "{}").ToolCall("c2", "look", "{\"q\":2}"))
            .Answer(script => script.Text("Again.").ToolCall("c3", "look", "{\"q\":3}"))
            .Answer(script => script.Text("Done."));

        await server.AskAsync(functions: Functions.WithData("look", 1));

        Assert.Equal(
            ["user Hello", "assistant Let me look. c1 c2", "tool 1", "tool 1", "assistant Again. c3", "tool 1"],
            Said(server.Model.Requests[2]));
        Assert.Equal("Hm.", server.Model.Requests[2].Messages[1].GetProperty("reasoning_content").GetString());
    }

    [Fact]
    public async Task TextAndCalls_AfterARestart_GoBackAsOneMessage()
    {
        var directory = Directory.CreateTempSubdirectory("chatbotkit-test-").FullName;
        await using var model = await ScriptedModelServer.StartAsync(TestContext.Current.CancellationToken);
        model.Answer(script => script.Text("Let me ", "look.").ToolCall("c1", "look", "{}")).Answer(script => script.Text("Done."));
        var functions = Functions.AnsweredByCaller("look");
        var id = "";
        try
        {
            foreach (var turn in (int[])[1, 2])
            {
                await using var app = await ServerFactory.StartInAsync(directory, settings: EngineServer.Settings(model));
                using var http = ServerFactory.ClientOf(app);
                if (turn == 1)
                {
                    id = ApiJson.Id(await http.ReadAsync(HttpMethod.Post, "conversation/create", "{}"));
                    await http.ReadAsync(HttpMethod.Post, $"conversation/{id}/complete", new { text = "Look", functions });
                }
                else
                {
                    await http.ReadAsync(HttpMethod.Post, $"conversation/{id}/message/create", new { type = "activity", text = "", meta = Answer() });
                    await http.ReadAsync(HttpMethod.Post, $"conversation/{id}/complete", new { functions });
                }
            }
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }

        Assert.Equal(["user Look", "assistant Let me look. c1", "tool 7"], Said(model.Requests[1]));
    }

    [Fact]
    public async Task TextAndCalls_ContinuedAfterTheOutputLimit_GoBackAsOneMessage()
    {
        await using var server = await EngineServer.StartAsync();
        server.Model
            .Answer(script => script.Text("Let me ").Finish("length"))
            .Answer(script => script.Text("look.").ToolCall("c1", "look", "{}"))
            .Answer(script => script.Text("Done."));

        await server.AskAsync(functions: Functions.WithData("look", 1));

        Assert.Equal(["user Hello", "assistant Let me look. c1", "tool 1"], Said(server.Model.Requests[2]));
    }

    [Fact]
    public async Task Text_WhoseCallsNobodyAnswered_StaysAMessage()
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync();
        server.Model.Answer(script => script.Text("Let me look.").ToolCall("c1", "look", "{}"));
        await server.CompleteAsync(id, new { text = "Look", functions = Functions.AnsweredByCaller("look") });

        await server.CompleteAsync(id, new { text = "And?" });

        Assert.Equal(["user Look", "assistant Let me look.", "user And?"], Said(server.Model.Requests[1]));
    }

    [Fact]
    public async Task Calls_BehindTheWordsOfTheUser_AreAMessageOfTheirOwn()
    {
        await using var server = await EngineServer.StartAsync();
        server.Model.Answer(script => script.ToolCall("c1", "look", "{}")).Answer(script => script.Text("Done."));

        await server.RunAsync("/v1/conversation/complete", new
        {
            messages = new[] { new { type = "bot", text = "Welcome." }, new { type = "user", text = "Look" } },
            functions = Functions.WithData("look", 1),
        });

        Assert.Equal(["assistant Welcome.", "user Look", "assistant c1", "tool 1"], Said(server.Model.Requests[1]));
    }

    [Fact]
    public async Task Text_OfTheSameAnswer_IsInTheWindowWithItsCalls()
    {
        await using var server = await EngineServer.StartAsync();
        server.Model
            .Answer(script => script.Text("Let me look.").ToolCall("c1", "look", "{}").ToolCall("c2", "look", "{\"q\":2}"))
            .Answer(script => script.Text("Done."));

        await server.AskAsync(functions: Functions.WithData("look", 1), model: "scripted/interactionMaxMessages=2");

        Assert.Equal(["assistant Let me look. c1 c2", "tool 1", "tool 1"], Said(server.Model.Requests[1]));
    }

    private static object Answer() => new
    {
        activity = new { type = "response", function = new { name = "look", arguments = new { }, result = "7" } },
    };

    /// <summary>Returns the role, content and call ids of each message.</summary>
    private static List<string> Said(ScriptedRequest request) =>
        [.. request.Messages.Select(message => string.Join(' ', Parts(message).Where(part => !string.IsNullOrEmpty(part))))];

    private static IEnumerable<string?> Parts(JsonElement message) =>
    [
        message.GetProperty("role").GetString(),
        message.GetProperty("content").GetString(),
        .. message.TryGetProperty("tool_calls", out var calls) ? calls.EnumerateArray().Select(call => call.GetProperty("id").GetString()) : [],
    ];
}
