using System.Text;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.RunLog;
using ChatBotKit.Server.Security;
using ChatBotKit.Server.Tests.ConversationEngine;
using ChatBotKit.Server.Tests.Features;
using ChatBotKit.Server.Tests.Security;

namespace ChatBotKit.Server.Tests.Http;

public sealed class EndUserViewTests
{
    private const string Secret = "a-secret-of-the-tools";

    [Fact]
    public async Task Run_OfTheOwner_ShowsAnEndUserNothingOfItsTools()
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync();
        server.Model
            .Answer(script => script.ToolCall("c1", "query", $$"""{"search":"{{Secret}}"}""").ToolCall("c2", "weather", $$"""{"city":"{{Secret}}"}"""))
            .Answer(script => script.Text("Done."));
        var run = await server.CompleteAsync(id, new
        {
            text = "Hello",
            functions = Functions.WithData("weather", Secret),
            extensions = new { datasets = new[] { new { name = "d", records = new[] { new { text = Secret } } } } },
        });

        var plain = await FollowAsync(server, id, run.RunId, permissions: null);
        var trusted = await FollowAsync(server, id, run.RunId, """["messages:read","tools:read"]""");

        Assert.Contains(Secret, Text(run), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, Text(plain), StringComparison.Ordinal);
        Assert.Equal(Text(run), Text(trusted));
        Assert.Equal(run.Types, plain.Types);
        Assert.Equal(run.Ids, plain.Ids);
        Assert.Equal(
            run.Data("operationBegin").Select(data => data.GetProperty("action").GetProperty("name").GetString()),
            plain.Data("operationBegin").Select(data => data.GetProperty("action").GetProperty("name").GetString()));
        Assert.Equal("[]", plain.Data("datasetSearchEnd").Single().GetProperty("records").GetRawText());
        Assert.All(plain.Activities("request"), function => Assert.Equal("{}", function.GetProperty("arguments").GetRawText()));
    }

    [Fact]
    public async Task Run_OfASession_ShowsItsOwnFunctionsToItAlone()
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync();
        server.Model
            .Answer(script => script.ToolCall("c1", "weather", $$"""{"city":"{{Secret}}"}"""))
            .Answer(script => script.Text("Done."));
        using var own = await server.Server.ClientAsync(await server.Server.AddSessionAsync(id));

        var run = await server.RunAsync(
            $"/v1/conversation/{id}/complete", new { text = "Hello", functions = Functions.WithData("weather", 21) }, http: own);
        using var resumed = await own.SendAsync(
            HttpMethod.Get, $"conversation/{id}/run/{run.RunId}/stream?after=2", accept: "application/jsonl");
        var again = await RunTranscript.ReadAsync(resumed);
        var other = await FollowAsync(server, id, run.RunId, permissions: null);

        Assert.Equal(Secret, run.Activities("request").Single().GetProperty("arguments").GetProperty("city").GetString());
        Assert.Equal(Secret, run.Data("operationBegin").Single().GetProperty("action").GetProperty("input").GetProperty("city").GetString());
        Assert.Equal(run.Ids.Skip(2), again.Ids);
        Assert.Equal(run.Events.Skip(2).Select(line => line.GetRawText()), again.Events.Select(line => line.GetRawText()));
        Assert.DoesNotContain(Secret, Text(other), StringComparison.Ordinal);
        Assert.Equal(run.Ids, other.Ids);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("""["messages:read","tools:read"]""", true)]
    public async Task Messages_ForAnEndUser_HoldToolsOnlyWithThePermission(string? permissions, bool shown)
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        var meta = $$$"""{"activity":{"type":"response","callId":"c1","function":{"name":"f","arguments":{"a":"{{{Secret}}}"},"result":"{{{Secret}}}"} } }""";
        var message = await server.CreateMessageAsync(id, "", "activity", meta);
        using var client = await server.Server.ClientAsync(await server.Server.AddSessionAsync(id, permissions: permissions));

        var list = await client.ReadAsync(HttpMethod.Get, $"conversation/{id}/message/list");
        var lines = await client.ReadTextAsync($"conversation/{id}/message/list", "application/jsonl");
        var fetched = await client.ReadAsync(HttpMethod.Get, $"conversation/{id}/message/{message}/fetch");

        Assert.All([list.GetRawText(), lines, fetched.GetRawText()], text => Assert.Equal(shown, text.Contains(Secret, StringComparison.Ordinal)));
        var activity = fetched.GetProperty("meta").GetProperty("activity");
        Assert.Equal(("c1", "f"), (activity.Text("callId"), activity.GetProperty("function").Text("name")));
        Assert.Contains(Secret, (await server.GetAsync($"conversation/{id}/message/list")).GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_ThatTheUserAdded_StaysVisible()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        using var client = await server.Server.ClientAsync(await server.Server.AddSessionAsync(id));
        using var file = new ByteArrayContent(new byte[10]);
        var name = (await client.UploadAsync(id, file, "image/png")).Text("name");
        await server.CreateMessageAsync(
            id, "", "activity", $$$"""{"activity":{"type":"request","function":{"name":"uploadAttachment","arguments":{"url":"{{{Secret}}}"} } } }""");

        var list = await client.ReadAsync(HttpMethod.Get, $"conversation/{id}/message/list?order=asc");
        var fetched = await client.ReadAsync(HttpMethod.Get, $"conversation/{id}/message/{list.Ids()[^1]}/fetch");

        var shown = list.Items().Where(item => item.GetRawText().Contains($"attachment://{name}", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, shown.Count);
        Assert.DoesNotContain(Secret, list.GetRawText() + fetched.GetRawText(), StringComparison.Ordinal);
        var alone = await client.ReadAsync(HttpMethod.Get, $"conversation/{id}/message/{ApiJson.Id(shown[0])}/fetch");
        Assert.Contains($"attachment://{name}", alone.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("upload", true)]
    [InlineData("skillset", false)]
    public async Task Stream_OfAnEndUser_ShowsTheFilesThatWereAddedAlone(string source, bool isShown)
    {
        await using var server = await ServerFactory.StartAsync();
        var session = await server.AddSessionAsync(await server.AddConversationAsync());
        var caller = new Caller
        {
            AccountId = session.AccountId,
            ScopeId = session.Id,
            Session = new CallerSession(Session.Of(session, new SessionLimits()), Token: null!),
        };
        var line = """{"type":"message","data":{"id":"m","type":"activity","text":"","meta":{"activity":{"type":"request","source":"SOURCE","function":{"name":"uploadAttachment","arguments":{"url":"URL"}}}}},"createdAt":1,"id":8}"""
            .Replace("SOURCE", source, StringComparison.Ordinal).Replace("URL", Secret, StringComparison.Ordinal) + "\n";

        var seen = EndUserView.Of(caller, startedBy: null)!.Of(new LogBatch(7, 8, Encoding.UTF8.GetBytes(line)));

        Assert.Equal(isShown, Encoding.UTF8.GetString(seen.Lines.Span).Contains(Secret, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("checkpoint", null, false)]
    [InlineData("context", null, false)]
    [InlineData("a-type-of-tomorrow", null, false)]
    [InlineData("checkpoint", """["messages:read","tools:read"]""", false)]
    [InlineData("reasoning", null, true)]
    [InlineData("bot", """["messages:read","tools:read"]""", true)]
    public async Task Stream_OfAnEndUser_ShowsMessagesOfKnownTypesAlone(string type, string? permissions, bool isShown)
    {
        await using var server = await ServerFactory.StartAsync();
        var session = await server.AddSessionAsync(await server.AddConversationAsync(), permissions: permissions);
        var caller = new Caller
        {
            AccountId = session.AccountId,
            ScopeId = session.Id,
            Session = new CallerSession(Session.Of(session, new SessionLimits()), Token: null!),
        };
        var line = $$$"""{"type":"message","data":{"id":"m","type":"{{{type}}}","text":"{{{Secret}}}","meta":{}},"createdAt":1,"id":8}""" + "\n";

        var seen = EndUserView.Of(caller, startedBy: session.Id)!.Of(new LogBatch(7, 8, Encoding.UTF8.GetBytes(line)));

        Assert.Equal(isShown, Encoding.UTF8.GetString(seen.Lines.Span).Contains(Secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Batch_WithoutTools_IsNotCopied()
    {
        await using var server = await ServerFactory.StartAsync();
        var session = await server.AddSessionAsync(await server.AddConversationAsync());
        var caller = new Caller
        {
            AccountId = session.AccountId,
            ScopeId = session.Id,
            Session = new CallerSession(Session.Of(session, new SessionLimits()), Token: null!),
        };
        ReadOnlyMemory<byte> lines = Encoding.UTF8.GetBytes(
            """
            {"type":"token","data":{"type":"bot","token":"a"},"createdAt":1,"id":7}
            {"type":"message","data":{"id":"m","type":"bot","text":"a","meta":{}},"createdAt":1,"id":8}

            """.ReplaceLineEndings("\n"));

        var seen = EndUserView.Of(caller, startedBy: null)!.Of(new LogBatch(7, 8, lines));

        Assert.Equal(lines, seen.Lines);
        Assert.Null(EndUserView.Of(caller with { Session = null }, startedBy: null));
    }

    private static async Task<RunTranscript> FollowAsync(EngineServer server, string id, string runId, string? permissions)
    {
        using var client = await server.Server.ClientAsync(await server.Server.AddSessionAsync(id, permissions: permissions));
        using var response = await client.SendAsync(HttpMethod.Get, $"conversation/{id}/run/{runId}/stream", accept: "application/jsonl");
        return await RunTranscript.ReadAsync(response);
    }

    private static string Text(RunTranscript run) => string.Join('\n', run.Events.Select(line => line.GetRawText()));
}
