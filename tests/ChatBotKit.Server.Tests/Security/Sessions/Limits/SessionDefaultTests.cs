using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.Security;
using ChatBotKit.Server.Tests.ConversationEngine;
using ChatBotKit.Server.Tests.Features;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Server.Tests.Security;

/// <summary>
/// Everything that a holder can cause to be stored or paid for is limited, even for a session that was created without limits.
/// </summary>
public sealed class SessionDefaultTests
{
    private const string Channel = "a-channel-of-the-tests";

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public void Settings_AreTheLimitsOfSessionsWithoutAny()
    {
        Assert.Equal((10_000, null, 600, 32, 1_073_741_824L), Of(SettingsOf(new Dictionary<string, string?>())));
        Assert.Equal((5, 6L, null, 7, 8L), Of(SettingsOf(new Dictionary<string, string?>
        {
            ["CHATBOTKIT_SESSION_MESSAGES"] = "5",
            ["CHATBOTKIT_SESSION_TOKENS"] = "6",
            ["CHATBOTKIT_SESSION_REQUESTS_PER_MINUTE"] = "0",
            ["CHATBOTKIT_SESSION_STREAMS"] = "7",
            ["CHATBOTKIT_SESSION_ATTACHMENT_BYTES"] = "8",
        })));
        foreach (var wrong in (string[])["-1", "many", "99999999999"])
            Assert.Throws<StartupException>(() => SettingsOf(new Dictionary<string, string?> { ["CHATBOTKIT_SESSION_MESSAGES"] = wrong }));
    }

    [Fact]
    public void Limit_ThatASessionHasNot_IsTheServers()
    {
        var own = new SessionLimits { Messages = 1, Tokens = 2, RequestsPerMinute = 3, Streams = 4, AttachmentBytes = 5 };
        var servers = new SessionLimits { Messages = 6, Tokens = 7, RequestsPerMinute = 8, Streams = 9, AttachmentBytes = 10 };

        Assert.Equal((1, 2L, 3, 4, 5L), Of(SessionDefaults.Fill(own, servers)));
        Assert.Equal((6, 7L, 8, 9, 10L), Of(SessionDefaults.Fill(new SessionLimits(), servers)));
    }

    [Fact]
    public async Task SessionWithoutLimits_HasTheServers()
    {
        await using var server = await FeatureServer.StartAsync(_time, new Dictionary<string, string?>
        {
            ["CHATBOTKIT_SESSION_MESSAGES"] = "2",
            ["CHATBOTKIT_SESSION_REQUESTS_PER_MINUTE"] = "5",
        });
        var session = await server.Server.MintAsync();
        var path = $"conversation/{session.ConversationId}/send";

        var answers = new List<string>();
        for (var i = 0; i < 6; i++)
            answers.Add(await session.Holder.CodeAsync(HttpMethod.Post, path, """{"text":"Hello"}"""));

        Assert.Equal(["200", "200", "429 SESSION_MESSAGE_LIMIT", "429 SESSION_MESSAGE_LIMIT", "429 SESSION_MESSAGE_LIMIT", "429 SESSION_RATE_LIMIT"], answers);
        Assert.Null((await session.RowAsync()).Limits);
    }

    [Theory]
    [InlineData("receive", "{}")]
    [InlineData("complete", "{}")]
    public async Task RunWithoutAMessage_CountsLikeOne(string operation, string body)
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync();
        await server.AddMessageAsync(id, "user", "Hello");
        var session = await server.Server.MintAsync(id, """{"limits":{"messages":2}}""");

        var answers = new List<string>();
        for (var i = 0; i < 4; i++)
            answers.Add(await session.Holder.CodeAsync(HttpMethod.Post, $"conversation/{id}/{operation}", body));

        Assert.Equal(["200", "200", "429 SESSION_MESSAGE_LIMIT", "429 SESSION_MESSAGE_LIMIT"], answers);
        Assert.Equal(2, (await session.RowAsync()).UsedMessages);
    }

    [Fact]
    public async Task PublishedMessages_CountAsBytes()
    {
        await using var server = await FeatureServer.StartAsync(_time);
        var session = await server.Server.MintAsync(body: """{"limits":{"attachmentBytes":1000}}""");
        var path = $"channel/{Channel}/publish";

        await session.Holder.ReadAsync(HttpMethod.Post, path, $$$"""{"message":{"result":"{{{new string('x', 487)}}}"}}""");
        await session.Holder.ReadAsync(HttpMethod.Post, path, """{"message":{}}""");
        await session.Holder.AssertRefusedAsync("429 SESSION_ATTACHMENT_LIMIT", HttpMethod.Post, path, """{"message":{}}""");
        Assert.Equal(500 + SessionBudget.SmallestFile, (await session.RowAsync()).UsedAttachmentBytes);
        await server.Owner.ReadAsync(HttpMethod.Post, path, """{"message":{}}""");
    }

    [Fact]
    public async Task AnswersToFunctionCalls_CountAsBytesAndNotAsMessages()
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync();
        var session = await server.Server.MintAsync(id, """{"limits":{"messages":1,"attachmentBytes":2000}}""");
        server.Model.Answer(script => script.ToolCall("c1", "lookup", "{}").ToolCall("c2", "lookup", "{}"));
        await server.RunAsync(
            $"/v1/conversation/{id}/complete", new { text = "Find", functions = Functions.AnsweredByCaller("lookup") }, http: session.Holder);

        var answers = new List<string>();
        foreach (var call in (string[])["c1", "c2"])
        {
            answers.Add(await session.Holder.CodeAsync(HttpMethod.Post, $"conversation/{id}/message/create", """
                {"type":"activity","text":"","meta":{"activity":{"type":"response","callId":"CALL","function":{"name":"lookup","arguments":{},"result":"TEXT"}}}}
                """.Replace("CALL", call, StringComparison.Ordinal).Replace("TEXT", new string('x', 1500), StringComparison.Ordinal)));
        }

        Assert.Equal(["200", "429 SESSION_ATTACHMENT_LIMIT"], answers);
        Assert.InRange((await session.RowAsync()).UsedAttachmentBytes, 1500, 1700);
    }

    [Fact]
    public async Task Refreshes_AreRated()
    {
        await using var server = await FeatureServer.StartAsync(_time);
        var session = await server.Server.MintAsync(body: """{"refreshable":true,"durationInSeconds":86400}""");
        var refreshed = 0;
        string code;
        while ((code = await session.Holder.CodeAsync(HttpMethod.Post, session.Path("refresh"), "{}")) == "200" && ++refreshed < 200)
            session = await session.NewestAsync();

        Assert.Equal((60, "429 SESSION_RATE_LIMIT"), (refreshed, code));
        Assert.Equal(60, (await session.AuditAsync()).Count(type => type == "refresh"));
        _time.Advance(TimeSpan.FromMinutes(2));
        session = await session.NewestAsync();
        await session.Holder.ReadAsync(HttpMethod.Post, session.Path("refresh"), "{}");
    }

    [Fact]
    public async Task Speech_CountsForTokensAndBytesAndIsPaidOnce()
    {
        var asked = 0;
        await using var speaker = await LocalWebServer.StartAsync(app => app.MapPost("/v1/audio/speech", () =>
        {
            Interlocked.Increment(ref asked);
            return Results.Bytes(new byte[600], "audio/mpeg");
        }));
        await using var server = await FeatureServer.StartAsync(settings: new Dictionary<string, string?> { ["OPENAI_BASE_URL"] = $"{speaker.Url}/v1" });
        var id = await server.CreateConversationAsync("""{"model":"extractive"}""");
        var message = await server.CreateMessageAsync(id, "Hello there", "bot");
        var session = await server.Server.MintAsync(id, """{"limits":{"attachmentBytes":1000}}""");
        var path = $"conversation/{id}/message/{message}/synthesize";

        var same = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => session.Holder.CodeAsync(HttpMethod.Post, path, """{"text":"Hello"}""")));
        Assert.All(same, code => Assert.Equal("200", code));
        Assert.Equal(1, asked);
        await session.Holder.AssertRefusedAsync("429 SESSION_ATTACHMENT_LIMIT", HttpMethod.Post, path, """{"text":"there"}""");

        var row = await session.RowAsync();
        Assert.Equal((600L, 2L), (row.UsedAttachmentBytes, row.UsedTokens));
        var poor = await server.Server.MintAsync(id, """{"limits":{"tokens":1}}""");
        await poor.Holder.ReadAsync(HttpMethod.Post, path, """{"text":"Hel"}""");
        await poor.Holder.AssertRefusedAsync("429 SESSION_TOKEN_LIMIT", HttpMethod.Post, path, """{"text":"Hell"}""");
    }

    [Fact]
    public async Task RunThatWaitsPastTheEndOfItsSession_IsStillHeldToItsTokens()
    {
        await using var server = await EngineServer.StartAsync(_time, patientWithModels: true);
        var gate = new TaskCompletionSource();
        server.Model.Answer(script => script.Text("One.").WaitFor(gate.Task).Usage(inputTokens: 30, outputTokens: 12));
        var id = await server.AddConversationAsync();
        var session = await server.Server.AddSessionAsync(id, limits: """{"tokens":40}""");
        using var client = await server.Server.ClientAsync(session);
        _time.Advance(TimeSpan.FromMinutes(58));
        using var first = await client.OpenAsync(HttpMethod.Post, $"/v1/conversation/{id}/complete", new { text = "Hello" });
        using var second = await client.OpenAsync(HttpMethod.Post, $"/v1/conversation/{id}/complete", new { text = "More" });

        // Long enough after the end for the use of ended sessions to be dropped, which the next session's request triggers.
        _time.Advance(TimeSpan.FromMinutes(4));
        using var other = await server.Server.ClientAsync(await server.Server.AddSessionAsync(id));
        await other.ReadAsync(HttpMethod.Get, $"conversation/{id}/message/list");
        gate.SetResult();
        // A run that is queued after both ends after them.
        await server.CompleteAsync(id, new { text = "Last" });

        Assert.Equal(2, server.Model.Requests.Count);
        Assert.DoesNotContain(await server.MessagesAsync(id), message => message.Text == "More");
    }

    private static SessionLimits SettingsOf(IReadOnlyDictionary<string, string?> settings) =>
        SessionDefaults.From(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());

    private static (int?, long?, int?, int?, long?) Of(SessionLimits limits) =>
        (limits.Messages, limits.Tokens, limits.RequestsPerMinute, limits.Streams, limits.AttachmentBytes);
}
