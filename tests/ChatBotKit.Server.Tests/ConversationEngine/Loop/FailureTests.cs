namespace ChatBotKit.Server.Tests.ConversationEngine;

public sealed class FailureTests
{
    [Theory]
    [InlineData(400, "No.", "PROVIDER_REFUSED")]
    [InlineData(401, "OPENAI_API_KEY", "PROVIDER_REFUSED")]
    [InlineData(429, "limits", "BAD_GATEWAY")]
    [InlineData(500, "try again later", "BAD_GATEWAY")]
    public async Task Provider_Refuses_EndsWithAnErrorThatNamesItAndKeepsTheUserMessage(int status, string hint, string code)
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync();
        server.Model.Answer(script => script.Fail(status, "No.", retryAfter: "7"));

        var run = await server.CompleteAsync(id, new { text = "Hello" });

        Assert.Equal(["sendResult", "completeBegin", "error", "usage", "receiveResult", "result"], run.Types);
        var error = run.Data("error").Single();
        Assert.Equal((code, "openai"), (error.GetProperty("code").GetString(), error.GetProperty("provider").GetString()));
        Assert.Contains(hint, error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("error", run.EndReason);
        Assert.Equal("Hello", (await server.MessagesAsync(id)).Single().Text);

        // The conversation still works.
        Assert.Equal("stop", (await server.CompleteAsync(id, new { })).EndReason);
    }

    [Fact]
    public async Task Provider_Refuses_JsonAnswerHasTheStatusAndTheWait()
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync();
        server.Model.Answer(script => script.Fail(429, "Slow down.", retryAfter: "7"));
        using var response = await server.Http.SendAsync(HttpMethod.Post, $"/v1/conversation/{id}/complete", new { text = "Hello" });
        await response.AssertRefusedAsync("502 BAD_GATEWAY");
        Assert.Equal(TimeSpan.FromSeconds(7), response.Headers.RetryAfter!.Delta);
    }

    [Fact]
    public async Task Provider_RefusesForGood_JsonAnswerIsOneThatNoClientRepeats()
    {
        await using var server = await EngineServer.StartAsync();
        server.Model.Otherwise(_ => new TestModels.ModelScript().Fail(400, "no such thing"));

        await server.Http.AssertRefusedAsync(
            "424 PROVIDER_REFUSED: *no such thing*", HttpMethod.Post, "conversation/complete", new { messages = new[] { new { type = "user", text = "Hello" } } });

        Assert.Single(server.Model.Requests);
    }

    [Theory]
    [InlineData("""{}""", """{"type":"object","properties":{}}""")]
    [InlineData("""{"type":["object","null"],"properties":null}""", """{"type":"object","properties":{}}""")]
    public async Task Function_WithAnUnusualSchemaAndName_ReachesTheModelInTheFormThatItTakes(string parameters, string sent)
    {
        await using var server = await EngineServer.StartAsync();
        server.Model.Answer(script => script.ToolCall("c1", "_x", "{}")).Answer(script => script.Text("Done."));
        var function = Functions.Of("$x", new System.Text.Json.Nodes.JsonObject { ["data"] = 1 });
        function["parameters"] = System.Text.Json.Nodes.JsonNode.Parse(parameters);

        var run = await server.AskAsync(functions: new[] { function });

        var told = server.Model.Requests[0].Body.GetProperty("tools")[0].GetProperty("function");
        Assert.Equal(("_x", sent), (told.GetProperty("name").GetString(), told.GetProperty("parameters").GetRawText()));
        Assert.Equal("$x", Assert.Single(run.Activities("response")).GetProperty("name").GetString());
        Assert.Contains("\"name\":\"_x\"", server.Model.Requests[1].Body.GetProperty("messages").GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Abilities_ThatDifferOnlyInWhatIsReplaced_StayTwo()
    {
        await using var server = await EngineServer.StartAsync();
        var abilities = new[] { new { name = "天気", description = "a", instruction = "a" }, new { name = "時間", description = "b", instruction = "b" } };

        await server.AskAsync(extensions: new { skillsets = new[] { new { abilities } } });

        Assert.Equal(
            ["ability", "ability_2"],
            server.Model.Requests[0].Body.GetProperty("tools").EnumerateArray().Select(tool => tool.GetProperty("function").GetProperty("name").GetString()));
    }

    [Fact]
    public async Task Provider_CutInTheMiddle_KeepsThePart()
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync();
        var seen = new TaskCompletionSource();
        server.Model.Answer(script => script.Text("Half an").WaitFor(seen.Task).Abort());
        using var response = await server.Http.OpenAsync(HttpMethod.Post, $"/v1/conversation/{id}/complete", new { text = "Hello" });
        using var lines = await RunLines.OpenAsync(response);
        await lines.UntilAsync("token");
        seen.SetResult();
        var rest = new RunTranscript(null, await lines.RestAsync());

        Assert.Equal(["message", "error", "usage", "receiveResult", "result"], rest.Types);
        Assert.Equal(("error", "Half an"), (rest.EndReason, rest.Text));
        Assert.Equal("Half an", (await server.MessagesAsync(id))[^1].Text);
    }

    [Fact]
    public async Task Provider_Silent_IsATimeoutThatSaysSo()
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        await using var server = await EngineServer.StartAsync(clock);
        server.Model.Answer(script => script.Text("Half").Silence());
        using var response = await server.Http.OpenAsync(HttpMethod.Post, "/v1/conversation/complete", new { messages = new[] { new { type = "user", text = "Hello" } } });
        using var lines = await RunLines.OpenAsync(response);
        await lines.UntilAsync("token");
        var rest = lines.UntilAsync("error");
        for (var minute = 0; minute < 10 && !rest.IsCompleted; minute++)
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            await Task.WhenAny(rest, Task.Delay(100, TestContext.Current.CancellationToken));
        }
        Assert.Equal("GATEWAY_TIMEOUT", (await rest)[^1].GetProperty("data").GetProperty("code").GetString());
        Assert.Equal("error", new RunTranscript(null, await lines.RestAsync()).EndReason);
    }

    [Theory]
    [InlineData("""{"text":""}""", "\"text\"")]
    [InlineData("""{"text":"a","limits":{"iterations":0}}""", "limits.iterations")]
    [InlineData("""{"text":"a","functions":[{"name":"_a","description":"d","parameters":{}}]}""", "functions[0].name")]
    [InlineData("""{"text":"a","functions":[{"name":"a","description":"d","parameters":{},"result":{}}]}""", "functions[0].result")]
    [InlineData("""{"text":"a","functions":[{"name":"a","description":"d","parameters":{},"result":{"channel":"short"}}]}""", "functions[0].result.channel")]
    public async Task Body_Bad_IsRefusedWithTheField(string json, string field)
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync();
        using var response = await server.Http.OpenAsync(HttpMethod.Post, $"/v1/conversation/{id}/complete", json);
        await response.AssertRefusedAsync($"400 BAD_REQUEST: *{field}*");
        Assert.Empty(await server.MessagesAsync(id));
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("text/csv")]
    public async Task Accept_NotWritable_IsRefused(string accept)
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync();
        using var response = await server.Http.OpenAsync(HttpMethod.Post, $"/v1/conversation/{id}/complete", new { text = "Hello" }, accept);
        await response.AssertRefusedAsync("400 BAD_REQUEST: *Unsupported accept header*");
    }

    [Fact]
    public async Task Conversation_Unknown_IsNotFound()
    {
        await using var server = await EngineServer.StartAsync();
        using var response = await server.Http.OpenAsync(HttpMethod.Post, "/v1/conversation/unknown/complete", new { text = "Hello" });
        await response.AssertRefusedAsync("404 NOT_FOUND");
    }
}
