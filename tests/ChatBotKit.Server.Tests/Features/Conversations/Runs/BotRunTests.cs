using ChatBotKit.Server.Tests.ConversationEngine;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>The requests to the model when a conversation or a stateless request has a bot.</summary>
public sealed class BotRunTests : IAsyncLifetime
{
    private EngineServer _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private HttpClient Owner => _server.Http;

    public async ValueTask InitializeAsync() => _server = await EngineServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Conversation_WithABot_AnswersAsTheBot()
    {
        var bot = await CreateResourceAsync("bot", """{"model":"bots-own/temperature=0.5","backstory":"You are a pirate."}""");
        var id = await CreateResourceAsync("conversation", $$"""{"botId":"{{bot}}"}""");

        await _server.CompleteAsync(id, new { text = "Hello" });

        Assert.Equal("bots-own: You are a pirate.", Sent());
        Assert.Equal(0.5, _server.Model.Requests[^1].Body.GetProperty("temperature").GetDouble());
    }

    [Fact]
    public async Task Conversation_WithSettingsOfItsOwn_PrefersThem()
    {
        var bot = await CreateResourceAsync("bot", """{"model":"bots-own","backstory":"You are a pirate."}""");
        var ownModel = await CreateResourceAsync("conversation", $$"""{"botId":"{{bot}}","model":"scripted","backstory":""}""");
        var ownBackstory = await CreateResourceAsync("conversation", $$"""{"botId":"{{bot}}","backstory":"You are a clerk."}""");

        await _server.CompleteAsync(ownModel, new { text = "Hello" });
        Assert.Equal("scripted: You are a pirate.", Sent());
        await _server.CompleteAsync(ownBackstory, new { text = "Hello" });
        Assert.Equal("bots-own: You are a clerk.", Sent());
    }

    [Fact]
    public async Task Change_OfABot_IsSeenByTheNextRun()
    {
        var bot = await CreateResourceAsync("bot", """{"backstory":"You are a pirate."}""");
        var id = await CreateResourceAsync("conversation", $$"""{"botId":"{{bot}}"}""");
        await _server.CompleteAsync(id, new { text = "Hello" });
        Assert.Equal("scripted: You are a pirate.", Sent());

        for (var change = 0; change < 20; change++)
        {
            await Owner.ReadAsync(HttpMethod.Post, $"bot/{bot}/update", $$"""{"model":"model-{{change}}","backstory":"You are number {{change}}."}""");
            await _server.CompleteAsync(id, new { text = "Hello" });
            Assert.Equal($"model-{change}: You are number {change}.", Sent());
        }
    }

    [Fact]
    public async Task Change_OfTheBotOfAConversation_IsSeenByTheNextRun()
    {
        var first = await CreateResourceAsync("bot", """{"backstory":"You are a pirate.","alias":"first"}""");
        await CreateResourceAsync("bot", """{"backstory":"You are a clerk.","alias":"second"}""");
        var id = await CreateResourceAsync("conversation", $$"""{"botId":"{{first}}"}""");
        await _server.CompleteAsync(id, new { text = "Hello" });

        await Owner.ReadAsync(HttpMethod.Post, $"conversation/{id}/update", """{"botId":"@second"}""");
        await _server.CompleteAsync(id, new { text = "Hello" });
        Assert.Equal("scripted: You are a clerk.", Sent());

        await Owner.ReadAsync(HttpMethod.Post, $"conversation/{id}/update", """{"botId":null}""");
        await _server.CompleteAsync(id, new { text = "Hello" });
        Assert.Equal("scripted: ", Sent());
    }

    [Fact]
    public async Task Deletion_OfABot_LeavesRunsAndSessionsGoingOn()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _server.Model.Answer(script => script.WaitFor(gate.Task).Text("Ahoy.").Usage(1, 1));
        var bot = await CreateResourceAsync("bot", """{"model":"bots-own","backstory":"You are a pirate."}""");
        var id = await CreateResourceAsync("conversation", $$"""{"botId":"{{bot}}"}""");
        using var session = await Sessions.ClientAsync(_server, id);
        var running = _server.RunAsync($"/v1/conversation/{id}/complete", new { text = "Hello" }, http: session);
        await _server.Model.NextRequestAsync(Token);

        await Owner.ReadAsync(HttpMethod.Post, $"bot/{bot}/delete", "{}");
        Assert.Null((await Owner.ReadAsync(HttpMethod.Get, $"conversation/{id}/fetch")).Text("botId"));
        gate.SetResult();

        Assert.Equal("Ahoy.", (await running).Text);
        await _server.RunAsync($"/v1/conversation/{id}/complete", new { text = "Hello" }, http: session);
        Assert.Equal("scripted: ", Sent());
    }

    [Fact]
    public async Task Bot_ThatIsSharedNoMore_IsUsedNoMore()
    {
        var child = await _server.Server.AddChildAccountAsync();
        using var other = _server.Server.Client(await _server.Server.CreateApiTokenAsync(child.Id));
        var bot = ApiJson.Id(await other.ReadAsync(HttpMethod.Post, "bot/create", """{"backstory":"You are a pirate.","visibility":"protected"}"""));
        var id = await CreateResourceAsync("conversation", $$"""{"botId":"{{bot}}"}""");

        foreach (var (visibility, backstory) in new[] { ("protected", "You are a pirate."), ("private", ""), ("public", "You are a pirate.") })
        {
            await other.ReadAsync(HttpMethod.Post, $"bot/{bot}/update", $$"""{"visibility":"{{visibility}}"}""");
            await _server.CompleteAsync(id, new { text = "Hello" });
            Assert.Equal($"scripted: {backstory}", Sent());
        }
    }

    [Fact]
    public async Task Model_OfABot_ThatNobodyServes_IsSaidToTheOwnerAlone()
    {
        await using var server = await FeatureServer.StartAsync();
        var bot = ApiJson.Id(await server.PostAsync("bot/create", """{"model":"extractive"}"""));
        var id = await server.CreateConversationAsync($$"""{"botId":"{{bot}}"}""");
        await server.Server.Store.ExecuteAsync("""UPDATE "Resources" SET "Data" = replace("Data", 'extractive', 'gone') WHERE "Id" = $1""", bot);
        var session = await server.SessionAsync(id);

        foreach (var (client, isTold) in new[] { (server.Owner, true), (session, false) })
        {
            var message = await client.AssertRefusedAsync("400 BAD_REQUEST", HttpMethod.Post, $"conversation/{id}/complete", """{"text":"Hello"}""");
            Assert.Equal(isTold, message.Contains("gone", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Session_SeesNothingOfTheBackstory()
    {
        var bot = await CreateResourceAsync("bot", """{"backstory":"The code word is swordfish."}""");
        var id = await CreateResourceAsync("conversation", $$"""{"botId":"{{bot}}"}""");
        using var session = await Sessions.ClientAsync(_server, id);

        var run = await _server.RunAsync($"/v1/conversation/{id}/complete", new { text = "Hello" }, http: session);
        Assert.Equal("scripted: The code word is swordfish.", Sent());
        Assert.DoesNotContain(run.Events, line => line.GetRawText().Contains("swordfish", StringComparison.Ordinal));
        Assert.DoesNotContain(run.Events, line => line.GetRawText().Contains(bot, StringComparison.Ordinal));
        foreach (var path in new[] { $"bot/{bot}/fetch", $"conversation/{id}/fetch" })
            await session.AssertRefusedAsync("401 NOT_AUTHENTICATED", HttpMethod.Get, path);
        await session.AssertRefusedAsync("401 NOT_AUTHENTICATED", HttpMethod.Post, "conversation/complete", Stateless(bot));
    }

    [Fact]
    public async Task Compaction_OfAConversationWithABot_AsksTheBotsModel()
    {
        var bot = await CreateResourceAsync("bot", """{"model":"bots-own"}""");
        var id = await CreateResourceAsync("conversation", $$"""{"botId":"{{bot}}","messages":[{"type":"user","text":"Hello"}]}""");

        await Owner.ReadAsync(HttpMethod.Post, $"conversation/{id}/compact", "{}");
        Assert.Equal("bots-own", _server.Model.Requests[^1].Model);
        await Owner.ReadAsync(HttpMethod.Post, "conversation/compact", Stateless(bot));
        Assert.Equal("bots-own", _server.Model.Requests[^1].Model);
        await Owner.ReadAsync(HttpMethod.Post, "conversation/compact", Stateless(bot, "\"model\":\"scripted\""));
        Assert.Equal("scripted", _server.Model.Requests[^1].Model);
    }

    [Theory]
    [InlineData("", "bots-own: You are a pirate.")]
    [InlineData("\"model\":\"\",\"backstory\":\"\"", "bots-own: You are a pirate.")]
    [InlineData("\"model\":\"scripted\"", "scripted: You are a pirate.")]
    [InlineData("\"backstory\":\"You are a clerk.\"", "bots-own: You are a clerk.")]
    [InlineData("\"datasetId\":\"-\",\"skillsetId\":\"-\"", "bots-own: You are a pirate.")]
    public async Task Stateless_WithABot_TakesFromItWhatTheRequestDoesNotSay(string own, string sent)
    {
        var bot = await CreateResourceAsync("bot", """{"model":"bots-own","backstory":"You are a pirate.","alias":"helper"}""");

        foreach (var address in new[] { bot, "@helper" })
        {
            await Owner.ReadAsync(HttpMethod.Post, "conversation/complete", Stateless(address, own));
            Assert.Equal(sent, Sent());
        }

        var channel = (await Owner.ReadAsync(HttpMethod.Post, "conversation/dispatch", Stateless(bot, own))).Text("channelId");
        Assert.NotNull(channel);
        var asked = await _server.Model.NextRequestAsync(Token);
        for (var taken = 1; taken < 3; taken++)
            asked = await _server.Model.NextRequestAsync(Token);
        Assert.Equal(sent, Sent(asked));
    }

    [Theory]
    [InlineData("complete")]
    [InlineData("dispatch")]
    [InlineData("compact")]
    public async Task Stateless_WithReferencesThatTheCallerMayNotUse_NamesThemAll(string operation)
    {
        var stranger = await _server.Server.AddAccountAsync();
        using var other = _server.Server.Client(await _server.Server.CreateApiTokenAsync(stranger.Id));
        var bot = ApiJson.Id(await other.ReadAsync(HttpMethod.Post, "bot/create", "{}"));

        var foreign = await Owner.AssertRefusedAsync("400 BAD_REQUEST", HttpMethod.Post, $"conversation/{operation}", Stateless(bot));
        var missing = await Owner.AssertRefusedAsync("400 BAD_REQUEST", HttpMethod.Post, $"conversation/{operation}", Stateless("cnothing"));
        Assert.Equal(missing, foreign);

        var all = await Owner.AssertRefusedAsync(
            "400 BAD_REQUEST", HttpMethod.Post, $"conversation/{operation}", Stateless(bot, "\"datasetId\":\"@none\",\"skillsetId\":\"(none)\""));
        Assert.All(["\"botId\"", "\"datasetId\"", "\"skillsetId\""], field => Assert.Contains(field, all, StringComparison.Ordinal));
        Assert.Empty(_server.Model.Requests);

        await other.ReadAsync(HttpMethod.Post, $"bot/{bot}/update", """{"visibility":"public"}""");
        await Owner.ReadAsync(HttpMethod.Post, $"conversation/{operation}", Stateless(bot));
    }

    private static string Stateless(string bot, string more = "") =>
        $$"""{"botId":"{{bot}}",{{more}}{{(more.Length > 0 ? "," : "")}}"messages":[{"type":"user","text":"Hello"}]}""";

    private async Task<string> CreateResourceAsync(string kind, string body) => ApiJson.Id(await Owner.ReadAsync(HttpMethod.Post, $"{kind}/create", body));

    /// <summary>Returns the model and instructions of the last request.</summary>
    private string Sent() => Sent(_server.Model.Requests[^1]);

    private static string Sent(TestModels.ScriptedRequest request) => $"{request.Model}: {request.LastText("system")}";
}
