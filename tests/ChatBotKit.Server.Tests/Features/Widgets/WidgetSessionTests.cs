using System.Text.Json;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Tests.Security;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>Sessions of visitors with the bot of a widget.</summary>
public sealed class WidgetSessionTests
{
    private const string Shop = "https://shop.example";

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Create_NeedsNoCredential_AndTheBotNeedNotBePublic()
    {
        await using var server = await FeatureServer.StartAsync(_time);
        var widget = await CreateWidgetAsync(server, """{"title":"Flowers","initial":"How can I help?","restartConversation":false}""");

        var answer = await MintAsync(server, widget, """{"meta":{"page":"home"},"messages":[{"type":"user","text":"Hello"}]}""");

        Assert.Equal(widget, answer.Id());
        Assert.Equal("Flowers", answer.GetProperty("widget").Text("title"));
        Assert.False(answer.GetProperty("widget").GetProperty("restartConversation").GetBoolean());
        var conversation = await server.GetAsync($"conversation/{answer.Text("conversationId")}/fetch");
        Assert.Equal($$"""{"page":"home","app":"widget","widgetIntegrationId":"{{widget}}"}""", conversation.GetProperty("meta").GetRawText());
        var messages = (await server.GetAsync($"conversation/{answer.Text("conversationId")}/message/list?order=asc")).Items();
        Assert.Equal([("bot", "How can I help?"), ("user", "Hello")], messages.Select(message => (message.Text("type"), message.Text("text"))));
        using var visitor = server.Server.Client(answer.Text("token"));
        var said = await visitor.ReadAsync(HttpMethod.Post, $"conversation/{answer.Text("conversationId")}/complete", """{"text":"When do you open?"}""");
        Assert.Contains("We open at nine", said.Text("text"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_WithWhatIsNoWidget_Is404_AndWithoutABot409()
    {
        await using var server = await FeatureServer.StartAsync(_time);
        var bot = ApiJson.Id(await server.PostAsync("bot/create", """{"visibility":"public"}"""));
        var widget = ApiJson.Id(await server.PostAsync("integration/widget/create", "{}"));

        await RefusedAsync(server, "404 NOT_FOUND: Widget not found", Ids.New());
        await RefusedAsync(server, "404 NOT_FOUND: Widget not found", bot);
        await RefusedAsync(server, "404 NOT_FOUND: Widget not found", "@help");
        await RefusedAsync(server, "409 CONFLICT: The widget has no bot", widget);
    }

    [Theory]
    [InlineData(Shop, Shop, true)]
    [InlineData("shop.example", Shop, true)]
    [InlineData("https://a.example, https://shop.example/", Shop, true)]
    [InlineData("https://a.example\nHTTPS://Shop.Example", Shop, true)]
    [InlineData("https://a.example", Shop, false)]
    [InlineData(Shop, "https://shop.example.evil.example", false)]
    [InlineData(Shop, "http://shop.example", false)]
    [InlineData(Shop, "null", false)]
    [InlineData(Shop, null, false)]
    [InlineData(null, Shop, true)]
    [InlineData(null, null, true)]
    public async Task Create_FromAPage_IsAllowedByTheOriginsOfTheWidget(string? origins, string? page, bool isAllowed)
    {
        await using var server = await FeatureServer.StartAsync(_time);
        var widget = await CreateWidgetAsync(server, $$"""{"origin":{{JsonSerializer.Serialize(origins)}}}""");

        if (!isAllowed)
        {
            await RefusedAsync(server, "403 ORIGIN_NOT_ALLOWED", widget, "{}", page);
            return;
        }

        var answer = await MintAsync(server, widget, "{}", page);

        var session = await server.GetAsync($"conversation/{answer.Text("conversationId")}/session/{answer.Text("sessionId")}/fetch");
        // A session of a page works on that page alone.
        Assert.Equal(page is null ? JsonValueKind.Null : JsonValueKind.Array, session.GetProperty("origins").ValueKind);
        if (page is not null)
            Assert.Equal([page], session.GetProperty("origins").EnumerateArray().Select(origin => origin.GetString()));
    }

    [Fact]
    public async Task Preflight_OfAnyPage_IsAllowed_SoThatThePageCanReadTheRefusal()
    {
        await using var server = await FeatureServer.StartAsync(_time, new Dictionary<string, string?> { ["CHATBOTKIT_ALLOWED_ORIGINS"] = "https://a.example" });
        var widget = await CreateWidgetAsync(server, "{}");
        using var page = server.Server.Client(credential: null);

        using var preflight = await page.SendAsync(
            HttpMethod.Options, $"integration/widget/{widget}/session/create",
            headers: [("Origin", Shop), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "content-type")]);
        using var refusal = await page.SendAsync(
            HttpMethod.Post, $"integration/widget/{widget}/session/create", "{}", headers: [("Origin", Shop)]);

        Assert.Equal("*", Assert.Single(preflight.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.Equal("*", Assert.Single(refusal.Headers.GetValues("Access-Control-Allow-Origin")));
        await refusal.AssertRefusedAsync("403 ORIGIN_NOT_ALLOWED");
    }

    [Theory]
    [InlineData("""{"origin":"not an origin!"}""", "\"origin\" has \"origin!\"*")]
    [InlineData("""{"origin":"ftp://shop.example"}""", "\"origin\" has \"ftp://shop.example\"*")]
    [InlineData("""{"meta":{"chatPage":"yes"}}""", "\"meta.chatPage\" must be true or false")]
    [InlineData("""{"meta":{"chatLimits":{"messages":0}}}""", "\"meta.chatLimits\" must be an object*")]
    [InlineData("""{"meta":{"chatLimits":{"mesages":5}}}""", "\"meta.chatLimits\" must be an object*")]
    [InlineData("""{"meta":{"chatLimits":7}}""", "\"meta.chatLimits\" must be an object*")]
    public async Task Widget_WithABadSetting_Is400(string body, string message)
    {
        await using var server = await FeatureServer.StartAsync(_time);

        await server.Owner.AssertRefusedAsync($"400 BAD_REQUEST: *{message}", HttpMethod.Post, "integration/widget/create", body);
    }

    [Theory]
    [InlineData("{}", "null")]
    [InlineData("{}", "shop")]
    [InlineData("""{"origin":"https://shop.example"}""", "null")]
    public async Task Create_FromAPageWithoutAnOrigin_Is403_WithTheReason(string settings, string origin)
    {
        await using var server = await FeatureServer.StartAsync(_time);
        var widget = await CreateWidgetAsync(server, settings);

        await RefusedAsync(server, "403 ORIGIN_NOT_ALLOWED: A session is bound to the origin of its page, and this page has none*", widget, origin: origin);
    }

    [Theory]
    [InlineData("""{"durationInSeconds":1799}""", "\"durationInSeconds\"*")]
    [InlineData("""{"messages":[{"type":"bot","text":"a"}]}""", "\"messages[0].type\" must be user")]
    [InlineData("""{"meta":{"_a":1}}""", "\"meta._a\"*")]
    [InlineData("""{"contact":{"email":"a@shop.example","fingerprint":"0123456789abcdef"}}""", "\"contact.fingerprint\"*")]
    [InlineData("""{"limits":{"messages":1}}""", "*limits*")]
    public async Task Create_WithABadField_Is400AndStoresNothing(string body, string message)
    {
        await using var server = await FeatureServer.StartAsync(_time);
        var widget = await CreateWidgetAsync(server, "{}");

        await RefusedAsync(server, $"400 BAD_REQUEST: {message}", widget, body);

        Assert.Empty((await server.GetAsync("conversation/list")).Items());
    }

    [Fact]
    public async Task Session_HasTheLimitsOfTheWidget_AndNoAttachmentsUnlessTheWidgetTakesThem()
    {
        await using var server = await FeatureServer.StartAsync(_time);
        var widget = await CreateWidgetAsync(server, """{"meta":{"chatLimits":{"messages":3}}}""");

        var answer = await MintAsync(server, widget);

        var session = await server.GetAsync($"conversation/{answer.Text("conversationId")}/session/{answer.Text("sessionId")}/fetch");
        var limits = session.GetProperty("limits");
        Assert.Equal((3, 500_000, 60), (limits.GetProperty("messages").GetInt32(), limits.GetProperty("tokens").GetInt32(), limits.GetProperty("requestsPerMinute").GetInt32()));
        var permissions = session.GetProperty("permissions").EnumerateArray().Select(one => one.GetString()).ToList();
        Assert.DoesNotContain("attachments:write", permissions);
        Assert.DoesNotContain("tools:read", permissions);
        await server.PostAsync($"integration/widget/{widget}/update", """{"attachments":true}""");
        answer = await MintAsync(server, widget);
        session = await server.GetAsync($"conversation/{answer.Text("conversationId")}/session/{answer.Text("sessionId")}/fetch");
        Assert.Contains("attachments:write", session.GetProperty("permissions").EnumerateArray().Select(one => one.GetString()));
    }

    [Fact]
    public async Task ResumeKey_GivesTheSameSessionAgain_AlsoAfterItsTokenHasExpired()
    {
        await using var server = await FeatureServer.StartAsync(_time);
        var widget = await CreateWidgetAsync(server, """{"initial":"Hello"}""");
        var first = await MintAsync(server, widget, "{}", Shop);
        _time.Advance(TimeSpan.FromHours(2));
        Assert.Equal("401 SESSION_EXPIRED", await new MintedSession(server.Server, first.Text("conversationId")!, first).LookAsync());

        var second = await MintAsync(server, widget, ResumeBody(first), Shop);

        Assert.Equal((first.Text("conversationId"), first.Text("sessionId")), (second.Text("conversationId"), second.Text("sessionId")));
        Assert.NotEqual(first.Text("token"), second.Text("token"));
        Assert.False(second.TryGetProperty("messages", out _));
        var session = new MintedSession(server.Server, second.Text("conversationId")!, second);
        Assert.Equal("200", await session.LookAsync());
        // Two tabs that come back at the same time get the same token, so that neither ends the other's.
        var third = await MintAsync(server, widget, ResumeBody(second), Shop);
        Assert.Equal(session.Generation, new MintedSession(server.Server, session.ConversationId, third).Generation);
        Assert.Equal(["mint", "refresh"], await session.AuditAsync());
    }

    [Fact]
    public async Task ResumeKey_OnAnotherPage_IsRefused()
    {
        await using var server = await FeatureServer.StartAsync(_time);
        var widget = await CreateWidgetAsync(server, "{}");
        var first = await MintAsync(server, widget, "{}", Shop);

        await RefusedAsync(server, "403 ORIGIN_NOT_ALLOWED", widget, ResumeBody(first), "https://evil.example");
        await RefusedAsync(server, "403 ORIGIN_NOT_ALLOWED", widget, ResumeBody(first));
    }

    [Fact]
    public async Task ResumeKey_OfARevokedSession_IsRefused_SoThatTheVisitorDoesNotSlipBack()
    {
        await using var server = await FeatureServer.StartAsync(_time);
        var widget = await CreateWidgetAsync(server, "{}");
        var first = await MintAsync(server, widget);
        await server.PostAsync($"conversation/{first.Text("conversationId")}/session/revoke", "{}");

        await RefusedAsync(server, "401 SESSION_REVOKED", widget, ResumeBody(first));
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("another widget")]
    [InlineData("deleted conversation")]
    [InlineData("a day later")]
    public async Task ResumeKey_ThatIsNotValid_BeginsANewConversation(string why)
    {
        await using var server = await FeatureServer.StartAsync(_time);
        var widget = await CreateWidgetAsync(server, "{}");
        var first = await MintAsync(server, widget);
        var body = ResumeBody(first);
        if (why == "garbage")
            body = """{"resumeKey":"CfDJ8garbage"}""";
        else if (why == "another widget")
            widget = await CreateWidgetAsync(server, "{}");
        else if (why == "deleted conversation")
            await server.PostAsync($"conversation/{first.Text("conversationId")}/delete", "{}");
        else
            _time.Advance(TimeSpan.FromDays(1));

        var second = await MintAsync(server, widget, body);

        Assert.NotEqual(first.Text("conversationId"), second.Text("conversationId"));
        Assert.Equal("200", await new MintedSession(server.Server, second.Text("conversationId")!, second).LookAsync());
    }

    [Fact]
    public async Task Setup_AnswersTheOwner()
    {
        await using var server = await FeatureServer.StartAsync(_time);
        var widget = await CreateWidgetAsync(server, "{}");

        Assert.Equal(widget, (await server.PostAsync($"integration/widget/{widget}/setup", "{}")).Id());
        await (await server.StrangerAsync()).AssertRefusedAsync("404 NOT_FOUND: Widget not found", HttpMethod.Post, $"integration/widget/{widget}/setup", "{}");
    }

    [Theory]
    [InlineData("null", 3600, 86_400)]
    [InlineData("0", 3600, null)]
    [InlineData("1000", 60, 60)]
    [InlineData("1800000", 1800, 1800)]
    [InlineData("604800000", 3600, 604_800)]
    public async Task SessionDuration_DecidesHowLongAVisitorComesBack(string sessionDuration, int seconds, int? lifetime)
    {
        await using var server = await FeatureServer.StartAsync(_time);
        var widget = await CreateWidgetAsync(server, $$"""{"sessionDuration":{{sessionDuration}}}""");

        var answer = await MintAsync(server, widget);

        Assert.Equal(_time.GetUtcNow().AddSeconds(seconds).ToUnixTimeMilliseconds(), answer.GetProperty("expiresAt").GetInt64());
        Assert.Equal(lifetime is not null, answer.TryGetProperty("resumeKey", out _));
        if (lifetime is { } until)
            Assert.Equal(_time.GetUtcNow().AddSeconds(until).ToUnixTimeMilliseconds(), answer.GetProperty("refreshableUntil").GetInt64());
    }

    [Fact]
    public async Task Create_TooOften_Is429()
    {
        await using var server = await FeatureServer.StartAsync(
            _time, new Dictionary<string, string?> { ["CHATBOTKIT_VISITOR_SESSIONS_PER_MINUTE"] = "2" });
        var widget = await CreateWidgetAsync(server, "{}");
        await MintAsync(server, widget);
        await MintAsync(server, widget);

        await RefusedAsync(server, "429 TOO_MANY_REQUESTS", widget);
    }

    private static string ResumeBody(JsonElement answer) => $$"""{"resumeKey":"{{answer.Text("resumeKey")}}"}""";

    /// <summary>Creates a widget with a private bot.</summary>
    private static async Task<string> CreateWidgetAsync(FeatureServer server, string body)
    {
        var bot = ApiJson.Id(await server.PostAsync("bot/create", """{"model":"extractive","backstory":"We open at nine."}"""));
        var widget = ApiJson.Id(await server.PostAsync("integration/widget/create", body));
        await server.PostAsync($"integration/widget/{widget}/update", $$"""{"botId":"{{bot}}"}""");
        return widget;
    }

    private static async Task<JsonElement> MintAsync(FeatureServer server, string widget, string body = "{}", string? origin = null)
    {
        using var visitor = server.Server.Client(credential: null);
        using var answer = await visitor.SendAsync(
            HttpMethod.Post, $"integration/widget/{widget}/session/create", body, headers: origin is null ? [] : [("Origin", origin)]);
        return await answer.ReadAsync();
    }

    private static async Task RefusedAsync(FeatureServer server, string refusal, string widget, string body = "{}", string? origin = null)
    {
        using var visitor = server.Server.Client(credential: null);
        using var answer = await visitor.SendAsync(
            HttpMethod.Post, $"integration/widget/{widget}/session/create", body, headers: origin is null ? [] : [("Origin", origin)]);
        await answer.AssertRefusedAsync(refusal);
    }
}
