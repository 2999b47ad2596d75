using System.Text.Json;
using System.Text.Json.Nodes;
using ChatBotKit.Server.Tests.Features;
using ChatBotKit.Server.Tests.Security;

namespace ChatBotKit.Server.Tests.ConversationEngine;

/// <summary>Who may answer a function call with a message, and how often.</summary>
public sealed class FunctionAnswerTests
{
    private const string Channel = "a-channel-that-nobody-guesses";

    [Fact]
    public async Task Answer_ToACallOfTheOwner_IsRefusedToASessionAndTakenFromTheOwner()
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync();
        var call = await CallAsync(server, id, server.Http);
        using var holder = await HolderAsync(server, id);

        Assert.Equal("403 NOT_AUTHORIZED", await AnswerAsync(holder, id, call, "forged"));
        Assert.Equal("200", await AnswerAsync(server.Http, id, call, "right"));
        Assert.Equal("409 CONFLICT", await AnswerAsync(server.Http, id, call, "late"));
        Assert.Equal("403 NOT_AUTHORIZED", await AnswerAsync(holder, id, call, "forged"));

        Assert.Equal("right", await ToldAsync(server, id));
    }

    [Fact]
    public async Task Answer_ToACallOfASession_IsTakenFromThatSessionOnly()
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync();
        using var holder = await HolderAsync(server, id);
        using var other = await HolderAsync(server, id);
        var call = await CallAsync(server, id, holder);

        Assert.Equal("403 NOT_AUTHORIZED", await AnswerAsync(other, id, call, "forged"));
        Assert.Equal("200", await AnswerAsync(holder, id, call, "right"));
        Assert.Equal("409 CONFLICT", await AnswerAsync(holder, id, call, "late"));
        Assert.Equal("409 CONFLICT", await AnswerAsync(server.Http, id, call, "late"));

        Assert.Equal("right", await ToldAsync(server, id));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Answers_ThatComeTogether_AreOne(bool isNamed)
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync();
        using var holder = await HolderAsync(server, id);
        var call = await CallAsync(server, id, holder);
        // Official callers send no id of the call.
        if (!isNamed)
            call = call with { Id = null };

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(number => AnswerAsync(holder, id, call, $"{number}")));

        Assert.Single(answers, "200");
        Assert.Equal(39, answers.Count(answer => answer == "409 CONFLICT"));
        Assert.Single(await server.MessagesAsync(id), message => message.Meta?.Contains("\"response\"", StringComparison.Ordinal) is true);
    }

    [Fact]
    public async Task Calls_WithTheSameArguments_TakeOneAnswerEach()
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync();
        using var holder = await HolderAsync(server, id);
        server.Model.Answer(script => script.ToolCall("c1", "lookup", "{}").ToolCall("c2", "lookup", "{}"));
        await server.RunAsync($"/v1/conversation/{id}/complete", new { text = "Find", functions = Functions.AnsweredByCaller("lookup") }, http: holder);

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(number => AnswerAsync(holder, id, new Call(null, "{}"), $"{number}")));

        Assert.Equal((2, 8), (answers.Count(answer => answer == "200"), answers.Count(answer => answer == "409 CONFLICT")));
    }

    [Fact]
    public async Task Call_IsKnownAfterARestart()
    {
        await using var model = await TestModels.ScriptedModelServer.StartAsync(TestContext.Current.CancellationToken);
        var directory = Directory.CreateTempSubdirectory("chatbotkit-test-").FullName;
        try
        {
            string id, token, foreign;
            await using (var app = await ServerFactory.StartInAsync(directory, settings: EngineServer.Settings(model)))
            {
                using var owner = ServerFactory.ClientOf(app);
                id = ApiJson.Id(await owner.ReadAsync(HttpMethod.Post, "conversation/create", "{}"));
                token = (await owner.ReadAsync(HttpMethod.Post, $"conversation/{id}/session/create", "{}")).Text("token")!;
                foreign = (await owner.ReadAsync(HttpMethod.Post, $"conversation/{id}/session/create", "{}")).Text("token")!;
                using var holder = ServerFactory.ClientOf(app, token);
                model.Answer(script => script.ToolCall("c1", "lookup", """{"n":1}"""));
                await holder.ReadAsync(HttpMethod.Post, $"conversation/{id}/complete", new JsonObject
                {
                    ["text"] = "Find",
                    ["functions"] = Functions.AnsweredByCaller("lookup"),
                }.ToJsonString());
            }

            await using (var app = await ServerFactory.StartInAsync(directory, settings: EngineServer.Settings(model)))
            {
                using var holder = ServerFactory.ClientOf(app, token);
                using var stranger = ServerFactory.ClientOf(app, foreign);
                var call = new Call("c1", """{"n":1}""");
                Assert.Equal("403 NOT_AUTHORIZED", await AnswerAsync(stranger, id, call, "forged"));
                Assert.Equal("200", await AnswerAsync(holder, id, call, "right"));
                Assert.Equal("409 CONFLICT", await AnswerAsync(holder, id, call, "late"));
            }
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public async Task Call_ThatWaitsOnAChannel_IsNotAnsweredByAMessageOrAForeignChannel()
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync();
        using var holder = await HolderAsync(server, id);
        server.Model.Answer(script => script.ToolCall("c1", "f0", "{}")).Answer(script => script.Text("Done."));
        using var response = await server.Http.OpenAsync(HttpMethod.Post, $"/v1/conversation/{id}/complete", new { text = "Go", functions = Functions.OnChannels(Channel) });
        using var lines = await RunLines.OpenAsync(response);
        await lines.UntilAsync("waitForChannelMessageBegin");
        var call = new Call("c1", "{}", "f0");

        Assert.Equal("403 NOT_AUTHORIZED", await AnswerAsync(holder, id, call, "forged"));
        Assert.Equal("409 CONFLICT", await AnswerAsync(server.Http, id, call, "twice"));
        await server.PublishAsync(Channel, new { result = "forged" }, holder);
        await server.PublishAsync(Channel, new { result = "right" });
        await lines.RestAsync();

        Assert.Equal("\"right\"", server.Model.Requests[^1].LastText("tool"));
    }

    [Fact]
    public async Task CallThatTheOwnerStored_IsTheOwnersToAnswer()
    {
        await using var server = await FeatureServer.StartAsync();
        const string Meta = """{"activity":{"type":"request","callId":"c1","function":{"name":"lookup","arguments":{"n":1}}}}""";
        var id = await server.CreateConversationAsync($$"""{"messages":[{"type":"user","text":"a"},{"type":"activity","text":"","meta":{{Meta}}}]}""");
        using var holder = await server.SessionAsync(id);
        var call = new Call("c1", """{"n":1}""");

        Assert.Equal("403 NOT_AUTHORIZED", await AnswerAsync(holder, id, call, "forged"));
        Assert.Equal("200", await AnswerAsync(server.Owner, id, call, "right"));
        Assert.Equal("409 CONFLICT", await AnswerAsync(server.Owner, id, call, "late"));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"activity":{}}""")]
    [InlineData("""{"activity":7}""")]
    [InlineData("""{"activity":{"type":"request"}}""")]
    [InlineData("null")]
    public async Task ActivityThatSaysNothing_IsTakenFromTheOwnerAndLeftOutOfThePrompt(string meta)
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync();
        using var holder = await HolderAsync(server, id);
        var body = $$"""{"type":"activity","text":"never tell","meta":{{meta}}}""";

        await holder.AssertRefusedAsync("403 NOT_AUTHORIZED", HttpMethod.Post, $"conversation/{id}/message/create", body);
        await server.Http.ReadAsync(HttpMethod.Post, $"conversation/{id}/message/create", body);
        await server.CompleteAsync(id, new { text = "Hello" });

        Assert.Equal(["user"], server.Model.Requests[^1].Messages.Select(message => message.GetProperty("role").GetString()));
    }

    private static async Task<HttpClient> HolderAsync(EngineServer server, string conversationId) =>
        (await server.Server.MintAsync(conversationId)).Holder;

    /// <summary>Lets the model make a call that the caller answers.</summary>
    private static async Task<Call> CallAsync(EngineServer server, string id, HttpClient caller)
    {
        const string Arguments = """{"n":1}""";
        server.Model.Answer(script => script.ToolCall("c1", "lookup", Arguments));
        var run = await server.RunAsync(
            $"/v1/conversation/{id}/complete", new { text = "Find", functions = Functions.AnsweredByCaller("lookup") }, http: caller);
        Assert.Equal("activity", run.EndReason);
        return new Call("c1", Arguments);
    }

    private static Task<string> AnswerAsync(HttpClient client, string id, Call call, string result)
    {
        var activity = new JsonObject
        {
            ["type"] = "response",
            ["function"] = new JsonObject { ["name"] = call.Name, ["arguments"] = JsonNode.Parse(call.Arguments), ["result"] = result },
        };
        if (call.Id is not null)
            activity["callId"] = call.Id;
        return client.CodeAsync(HttpMethod.Post, $"conversation/{id}/message/create", JsonSerializer.Serialize(new
        {
            type = "activity",
            text = "",
            meta = new { activity },
        }));
    }

    /// <summary>Returns the result of the call that the model gets.</summary>
    private static async Task<string?> ToldAsync(EngineServer server, string id)
    {
        server.Model.Answer(script => script.Text("Thanks."));
        await server.CompleteAsync(id, new { functions = Functions.AnsweredByCaller("lookup") });
        return server.Model.Requests[^1].LastText("tool");
    }

    private sealed record Call(string? Id, string Arguments, string Name = "lookup");
}
