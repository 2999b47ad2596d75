using ChatBotKit.Server.Data;
using ChatBotKit.Server.Tests.Security;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>Sessions with bots, for the owner and for visitors.</summary>
public sealed class BotSessionTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Create_WithAPublicBot_NeedsNoCredentialAndAnswersThroughTheBot()
    {
        await using var server = await FeatureServer.StartAsync(_time);
        var bot = await CreateBotAsync(server, """{"model":"extractive","backstory":"We open at nine.","visibility":"public"}""");
        using var visitor = server.Server.Client(credential: null);

        var session = await visitor.ReadAsync(HttpMethod.Post, $"bot/{bot}/session/create", """{"meta":{"page":"home","botId":"x"}}""");

        Assert.Equal(bot, session.Id());
        Assert.False(session.TryGetProperty("messages", out _));
        Assert.Equal(_time.GetUtcNow().AddHours(1).ToUnixTimeMilliseconds(), session.GetProperty("expiresAt").GetInt64());
        var conversation = await server.GetAsync($"conversation/{session.Text("conversationId")}/fetch");
        Assert.Equal(bot, conversation.Text("botId"));
        Assert.Equal($$"""{"page":"home","botId":"{{bot}}","app":"bot"}""", conversation.GetProperty("meta").GetRawText());
        using var holder = server.Server.Client(session.Text("token"));
        var answer = await holder.ReadAsync(HttpMethod.Post, $"conversation/{session.Text("conversationId")}/complete", """{"text":"When do you open?"}""");
        Assert.Contains("We open at nine", answer.Text("text"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("private")]
    [InlineData("protected")]
    public async Task Create_WithAClosedBot_IsNotFoundForVisitorsAndOtherAccountsAndFoundForTheOwner(string visibility)
    {
        await using var server = await FeatureServer.StartAsync(_time);
        var bot = await CreateBotAsync(server, $$"""{"visibility":"{{visibility}}"}""");
        using var visitor = server.Server.Client(credential: null);
        var stranger = await server.StrangerAsync();

        var closed = await visitor.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Post, $"bot/{bot}/session/create", "{}");
        var unknown = await visitor.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Post, $"bot/{Ids.New()}/session/create", "{}");
        Assert.Equal(unknown, closed);
        await stranger.AssertRefusedAsync($"404 NOT_FOUND: {unknown}", HttpMethod.Post, $"bot/{bot}/session/create", "{}");
        Assert.Equal(bot, (await server.PostAsync($"bot/{bot}/session/create", "{}")).Id());
    }

    [Fact]
    public async Task Create_ByAliasOrName_IsForTheOwnerOnly()
    {
        await using var server = await FeatureServer.StartAsync(_time);
        var bot = await CreateBotAsync(server, """{"visibility":"public","alias":"help","name":"Helper"}""");
        using var visitor = server.Server.Client(credential: null);

        Assert.Equal(bot, (await server.PostAsync("bot/@help/session/create", "{}")).Id());
        await visitor.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Post, "bot/@help/session/create", "{}");
        await visitor.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Post, "bot/(Helper)/session/create", "{}");
    }

    [Theory]
    [InlineData("sk-unknown-credential-of-nobody", "401 NOT_AUTHENTICATED")]
    [InlineData("a.b.c", "401 NOT_AUTHENTICATED")]
    public async Task Create_WithABadCredential_IsRefusedEvenForAPublicBot(string credential, string refusal)
    {
        await using var server = await FeatureServer.StartAsync(_time);
        var bot = await CreateBotAsync(server, """{"visibility":"public"}""");
        using var caller = server.Server.Client(credential);

        await caller.AssertRefusedAsync(refusal, HttpMethod.Post, $"bot/{bot}/session/create", "{}");
    }

    [Fact]
    public async Task Create_WithATokenOfAnotherAccount_MakesAConversationOfTheOwnersThatTheOtherCantRead()
    {
        await using var server = await FeatureServer.StartAsync(_time);
        var bot = await CreateBotAsync(server, """{"visibility":"public"}""");
        var stranger = await server.StrangerAsync();

        var session = await stranger.ReadAsync(HttpMethod.Post, $"bot/{bot}/session/create", "{}");

        await server.GetAsync($"conversation/{session.Text("conversationId")}/fetch");
        await stranger.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Get, $"conversation/{session.Text("conversationId")}/fetch");
        var record = (await server.GetAsync("session/audit/list")).Items().First(item => item.Text("type") == "mint");
        Assert.Equal("visitor", record.GetProperty("actor").Text("kind"));
    }

    [Fact]
    public async Task Create_WithMessages_StoresThemInOrderAndAnswersThem()
    {
        await using var server = await FeatureServer.StartAsync(_time);
        var bot = await CreateBotAsync(server, "{}");

        var session = await server.PostAsync(
            $"bot/{bot}/session/create", """{"messages":[{"type":"user","text":"one"},{"type":"user","text":"two"}]}""");

        Assert.Equal(["one", "two"], session.GetProperty("messages").EnumerateArray().Select(message => message.Text("text")));
        var stored = await server.GetAsync($"conversation/{session.Text("conversationId")}/message/list");
        Assert.Equal(["one", "two"], stored.Items().Select(message => message.Text("text")));
    }

    [Theory]
    [InlineData("""{"durationInSeconds":1799}""", "\"durationInSeconds\"*")]
    [InlineData("""{"durationInSeconds":86401}""", "\"durationInSeconds\"*")]
    [InlineData("""{"messages":[{"type":"bot","text":"a"}]}""", "\"messages[0].type\" must be user")]
    [InlineData("""{"messages":[{"type":"activity","text":"a"}],"durationInSeconds":1}""", "\"messages[0].type\" must be user; *\"durationInSeconds\"*")]
    [InlineData("""{"meta":{"_a":1}}""", "\"meta._a\" is not allowed*")]
    [InlineData("""{"contact":{"email":"nobody"}}""", "\"contact.email\"*")]
    [InlineData("""{"contact":{"email":"a@shop.example","fingerprint":"0123456789abcdef"}}""", "\"contact.fingerprint\"*")]
    [InlineData("""{"refreshable":true}""", "\"refreshable\" is only allowed*")]
    [InlineData("""{"limits":{"messages":1000000}}""", "\"limits\" is only allowed*")]
    [InlineData("""{"permissions":["tools:read"]}""", "\"permissions\" is only allowed*")]
    [InlineData("""{"origins":["shop"]}""", "\"origins[0]\"*")]
    [InlineData("""{"what":1}""", "*what*")]
    public async Task Create_WithABadField_Is400AndStoresNothing(string body, string message)
    {
        await using var server = await FeatureServer.StartAsync(_time);
        var bot = await CreateBotAsync(server, """{"visibility":"public"}""");
        using var visitor = server.Server.Client(credential: null);

        await visitor.AssertRefusedAsync($"400 BAD_REQUEST: {message}", HttpMethod.Post, $"bot/{bot}/session/create", body);

        Assert.Empty((await server.GetAsync("conversation/list")).Items());
        Assert.Empty((await server.GetAsync("contact/list")).Items());
    }

    [Fact]
    public async Task Create_WithTooLargeABody_IsRefusedForAVisitor()
    {
        await using var server = await FeatureServer.StartAsync(_time);
        var bot = await CreateBotAsync(server, """{"visibility":"public"}""");
        using var visitor = server.Server.Client(credential: null);
        var body = $$"""{"messages":[{"type":"user","text":"{{new string('a', 65_000)}}"},{"type":"user","text":"{{new string('b', 1_000)}}"}]}""";

        await visitor.AssertRefusedAsync("413 CONTENT_TOO_LARGE", HttpMethod.Post, $"bot/{bot}/session/create", body);
        await server.PostAsync($"bot/{bot}/session/create", body);
    }

    [Fact]
    public async Task Session_OfABot_HasAllThatOtherSessionsHave()
    {
        await using var server = await FeatureServer.StartAsync(_time);
        var bot = await CreateBotAsync(server, """{"model":"extractive"}""");

        var answer = await server.PostAsync($"bot/{bot}/session/create", """
            {"refreshable":true,"lifetimeInSeconds":7200,"origins":["https://shop.example"],"limits":{"messages":2},
            "permissions":["messages:read","send"],"messages":[{"type":"user","text":"a"}]}
            """);

        var session = new MintedSession(server.Server, answer.Text("conversationId")!, answer);
        Assert.Equal("200", await session.LookAsync());
        await session.Holder.AssertRefusedAsync("403 PERMISSION_MISSING", HttpMethod.Post, $"conversation/{session.ConversationId}/contact/upsert", """{"email":"a@shop.example"}""");
        using (var page = await session.Holder.SendAsync(
            HttpMethod.Get, $"conversation/{session.ConversationId}/message/list", headers: [("Origin", "https://other.example")]))
            await page.AssertRefusedAsync("403 ORIGIN_NOT_ALLOWED");
        var refreshed = await session.RefreshAsync();
        await refreshed.Holder.ReadAsync(HttpMethod.Post, $"conversation/{session.ConversationId}/send", """{"text":"b"}""");
        // The first message of the request counts as one of the two.
        await refreshed.Holder.AssertRefusedAsync("429 SESSION_MESSAGE_LIMIT", HttpMethod.Post, $"conversation/{session.ConversationId}/send", """{"text":"c"}""");
        await server.PostAsync($"conversation/{session.ConversationId}/session/{session.Id}/revoke", "{}");
        Assert.Equal("401 SESSION_REVOKED", await refreshed.LookAsync());
        Assert.Equal(["mint", "refresh", "revoke"], await session.AuditAsync());
    }

    [Theory]
    [InlineData("https://shop.example", "200")]
    [InlineData("https://other.example", "403 ORIGIN_NOT_ALLOWED")]
    public async Task Create_FromAPage_NeedsAnOriginOfTheServer(string origin, string expected)
    {
        await using var server = await FeatureServer.StartAsync(
            _time, new Dictionary<string, string?> { ["CHATBOTKIT_ALLOWED_ORIGINS"] = "https://shop.example" });
        var bot = await CreateBotAsync(server, """{"visibility":"public"}""");
        using var visitor = server.Server.Client(credential: null);

        using var answer = await visitor.SendAsync(HttpMethod.Post, $"bot/{bot}/session/create", "{}", headers: [("Origin", origin)]);

        Assert.Equal(expected, await answer.CodeAsync());
    }

    [Fact]
    public async Task Create_RepeatedWithItsKey_AnswersWithATokenThatIsValid()
    {
        await using var server = await FeatureServer.StartAsync(_time);
        var bot = await CreateBotAsync(server, "{}");
        const string Body = """{"refreshable":true}""";
        var first = await server.Owner.ReadAsync(HttpMethod.Post, $"bot/{bot}/session/create", Body, key: "one");
        var session = new MintedSession(server.Server, first.Text("conversationId")!, first);
        await (await session.RefreshAsync()).RefreshAsync();
        Assert.Equal("401 SESSION_TOKEN_REPLACED", await session.LookAsync());

        var second = await server.Owner.ReadAsync(HttpMethod.Post, $"bot/{bot}/session/create", Body, key: "one");

        Assert.Equal(session.Id, second.Text("sessionId"));
        Assert.Equal("200", await new MintedSession(server.Server, session.ConversationId, second).LookAsync());
    }

    [Fact]
    public async Task Create_ByVisitorsWithTheSameKey_MakesASessionForEach()
    {
        await using var server = await FeatureServer.StartAsync(_time);
        var bot = await CreateBotAsync(server, """{"visibility":"public"}""");
        using var visitor = server.Server.Client(credential: null);

        var first = await visitor.ReadAsync(HttpMethod.Post, $"bot/{bot}/session/create", "{}", key: "one");
        var second = await visitor.ReadAsync(HttpMethod.Post, $"bot/{bot}/session/create", "{}", key: "one");

        Assert.NotEqual(first.Text("sessionId"), second.Text("sessionId"));
    }

    private static async Task<string> CreateBotAsync(FeatureServer server, string body) => ApiJson.Id(await server.PostAsync("bot/create", body));
}
