using ChatBotKit.Server.Features.Uploads;
using ChatBotKit.Server.Security;
using ChatBotKit.Server.Tests.ConversationEngine;
using ChatBotKit.Server.Tests.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Server.Tests.Security;

public sealed class SessionLimitTests
{
    private const string Message = """{"type":"user","text":"Hello"}""";

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData("message/create", Message)]
    [InlineData("send", """{"text":"Hello"}""")]
    [InlineData("complete", """{"text":"Hello"}""", 0)]
    public async Task Messages_SentAtTheSameTime_NeverPassTheLimit(string operation, string body, int atOnce = 50)
    {
        await using var server = await ServerFactory.StartAsync(time: _time);
        var conversation = await server.AddConversationAsync();
        var session = await server.AddSessionAsync(conversation, limits: """{"messages":10}""");
        using var client = await server.ClientAsync(session);
        var path = $"/v1/conversation/{conversation}/{operation}";

        var answers = new List<HttpResponseMessage>();
        if (atOnce > 0)
            answers.AddRange(await Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => client.SendAsync(HttpMethod.Post, path, body))));
        // Runs of one conversation wait for each other, so too many at once would be refused for another reason.
        for (var i = answers.Count; i < 12; i++)
            answers.Add(await client.SendAsync(HttpMethod.Post, path, body));

        Assert.Equal(10, answers.Count(answer => answer.IsSuccessStatusCode));
        var refused = answers.First(answer => !answer.IsSuccessStatusCode);
        await refused.AssertRefusedAsync("429 SESSION_MESSAGE_LIMIT");
        Assert.Equal("3600", refused.Header("Retry-After"));
        Assert.Equal(10, (await server.StoredAsync(session)).UsedMessages);
    }

    [Fact]
    public async Task Messages_ThatFailOrAreRepeated_AreNotCounted()
    {
        await using var server = await FeatureServer.StartAsync(_time);
        var id = await server.CreateConversationAsync();
        var session = await server.Server.AddSessionAsync(id, limits: """{"messages":2}""");
        using var client = await server.Server.ClientAsync(session);
        var path = $"conversation/{id}/message/create";

        await client.AssertRefusedAsync("403 NOT_AUTHORIZED", HttpMethod.Post, path, """{"type":"bot","text":"a"}""");
        await client.AssertRefusedAsync("400 BAD_REQUEST", HttpMethod.Post, path, """{"type":"nobody","text":"a"}""");
        await client.ReadAsync(HttpMethod.Post, path, Message, key: "one");
        await client.ReadAsync(HttpMethod.Post, path, Message, key: "one");
        await client.ReadAsync(HttpMethod.Post, path, Message);
        await client.AssertRefusedAsync("429 SESSION_MESSAGE_LIMIT", HttpMethod.Post, path, Message);
        await client.ReadAsync(HttpMethod.Post, path, Message, key: "one");

        Assert.Equal(2, (await server.Server.StoredAsync(session)).UsedMessages);
    }

    [Fact]
    public async Task Messages_OfAnEarlierProcess_Count()
    {
        await using var server = await FeatureServer.StartAsync(_time);
        var id = await server.CreateConversationAsync();
        var session = await server.Server.AddSessionAsync(id, limits: """{"messages":3}""", usedMessages: 2);
        using var client = await server.Server.ClientAsync(session);

        await client.ReadAsync(HttpMethod.Post, $"conversation/{id}/send", """{"text":"Hello"}""");
        await client.AssertRefusedAsync("429 SESSION_MESSAGE_LIMIT", HttpMethod.Post, $"conversation/{id}/send", """{"text":"Hello"}""");
    }

    [Fact]
    public async Task Use_OfSessionsThatHaveEnded_IsForgotten()
    {
        await using var server = await ServerFactory.StartAsync(time: _time);
        var budgets = server.App.Services.GetRequiredService<SessionBudgets>();
        var conversation = await server.AddConversationAsync();
        for (var i = 0; i < 20; i++)
            await LookAsync(server, conversation);
        var held = budgets.Count;
        _time.Advance(TimeSpan.FromHours(1) + TimeSpan.FromMinutes(2));
        await LookAsync(server, conversation);

        Assert.Equal((20, 1), (held, budgets.Count));
    }

    [Fact]
    public async Task Use_OfASessionWithoutLimits_IsCountedToo()
    {
        await using var server = await FeatureServer.StartAsync(_time);
        var id = await server.CreateConversationAsync();
        var session = await server.Server.AddSessionAsync(id);
        using var client = await server.Server.ClientAsync(session);

        await client.ReadAsync(HttpMethod.Post, $"conversation/{id}/complete", """{"text":"Hello"}""");
        using var file = new ByteArrayContent(new byte[300]);
        await client.UploadAsync(id, file, "image/png");

        var row = await server.Server.StoredAsync(session);
        Assert.Equal((1, 300L), (row.UsedMessages, row.UsedAttachmentBytes));
    }

    [Fact]
    public async Task Requests_WithinAMinute_NeverPassTheLimit()
    {
        await using var server = await ServerFactory.StartAsync(time: _time);
        var conversation = await server.AddConversationAsync();
        using var client = await server.ClientAsync(await server.AddSessionAsync(conversation, limits: """{"requestsPerMinute":10}"""));
        var path = $"conversation/{conversation}/message/list";

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => client.SendAsync(HttpMethod.Get, path)));
        _time.Advance(TimeSpan.FromSeconds(59));
        using var late = await client.SendAsync(HttpMethod.Get, path);
        _time.Advance(TimeSpan.FromSeconds(1));
        using var next = await client.SendAsync(HttpMethod.Get, path);

        Assert.Equal(10, answers.Count(answer => answer.IsSuccessStatusCode));
        var refused = answers.First(answer => !answer.IsSuccessStatusCode);
        await refused.AssertRefusedAsync("429 SESSION_RATE_LIMIT");
        Assert.Equal(("60", "1"), (refused.Header("Retry-After"), late.Header("Retry-After")));
        await next.AssertOkAsync();
    }

    [Fact]
    public async Task AttachmentBytes_OfAllFilesTogether_StayBelowTheLimit()
    {
        await using var server = await FeatureServer.StartAsync(_time);
        var id = await server.CreateConversationAsync();
        var session = await server.Server.AddSessionAsync(id, limits: """{"attachmentBytes":1000}""");
        using var client = await server.Server.ClientAsync(session);

        using var first = new ByteArrayContent(new byte[600]);
        await client.UploadAsync(id, first, "image/png");
        using var second = new ByteArrayContent(new byte[600]);
        using var refused = await client.SendFileAsync(id, second, "image/png", key: null);
        await client.ReadAsync(
            HttpMethod.Post, $"conversation/{id}/attachment/upload", """{"file":{"name":"a.png","type":"image/png","size":400}}""");

        await refused.AssertRefusedAsync("429 SESSION_ATTACHMENT_LIMIT");
        Assert.Equal("3600", refused.Header("Retry-After"));
        Assert.Equal(1000, (await server.Server.StoredAsync(session)).UsedAttachmentBytes);
        Assert.Single(await server.FilesAsync());
    }

    [Fact]
    public async Task AnnouncedFile_CountsWholeUntilItIsKnownToBeSmaller()
    {
        await using var server = await FeatureServer.StartAsync(_time);
        var id = await server.CreateConversationAsync();
        var session = await server.Server.AddSessionAsync(id, limits: """{"attachmentBytes":1000}""");
        using var client = await server.Server.ClientAsync(session);
        var path = $"conversation/{id}/attachment/upload";
        var announced = await client.ReadAsync(HttpMethod.Post, path, """{"file":{"name":"a.png","type":"image/png","size":1000}}""");
        await client.AssertRefusedAsync("429 SESSION_ATTACHMENT_LIMIT", HttpMethod.Post, path, """{"file":{"type":"image/png","size":1}}""");

        using var bytes = new ByteArrayContent(new byte[600]);
        await client.ReadAsync(HttpMethod.Put, announced.GetProperty("uploadRequest").Text("url")!, bytes);
        Assert.Equal(600, (await server.Server.StoredAsync(session)).UsedAttachmentBytes);
        await client.AssertRefusedAsync("429 SESSION_ATTACHMENT_LIMIT", HttpMethod.Post, path, """{"file":{"type":"image/png","size":401}}""");
        await client.ReadAsync(HttpMethod.Post, path, """{"file":{"type":"image/png","size":400}}""");
    }

    [Fact]
    public async Task AnnouncedFile_WhoseBytesNeverCome_IsGivenBackWithTheSweep()
    {
        await using var server = await FeatureServer.StartAsync(_time);
        var id = await server.CreateConversationAsync();
        var session = await server.Server.MintAsync(id, """{"refreshable":true,"durationInSeconds":86400,"lifetimeInSeconds":200000,"limits":{"attachmentBytes":1300}}""");
        var path = $"conversation/{id}/attachment/upload";
        await session.Holder.ReadAsync(HttpMethod.Post, path, """{"file":{"type":"image/png","size":700}}""");
        await session.Holder.ReadAsync(HttpMethod.Post, path, """{"file":{"type":"image/png","size":256}}""");
        _time.Advance(TimeSpan.FromHours(23));
        session = await session.RefreshAsync();
        await session.Holder.ReadAsync(HttpMethod.Post, path, """{"file":{"type":"image/png","size":300}}""");
        _time.Advance(TimeSpan.FromHours(2));

        await server.Service<UploadSweep>().SweepAsync(TestContext.Current.CancellationToken);

        Assert.Equal(300, (await session.RowAsync()).UsedAttachmentBytes);
        await session.Holder.AssertRefusedAsync("429 SESSION_ATTACHMENT_LIMIT", HttpMethod.Post, path, """{"file":{"type":"image/png","size":1001}}""");
        await session.Holder.ReadAsync(HttpMethod.Post, path, """{"file":{"type":"image/png","size":1000}}""");
    }

    [Fact]
    public async Task Tokens_UsedUp_LetNoOtherRunStart()
    {
        await using var server = await EngineServer.StartAsync();
        server.Model.Answer(script => script.Text("One.").Usage(inputTokens: 30, outputTokens: 12));
        var id = await server.AddConversationAsync();
        var session = await server.Server.AddSessionAsync(id, limits: """{"tokens":40}""");
        using var client = await server.Server.ClientAsync(session);

        var run = await server.RunAsync($"/v1/conversation/{id}/complete", new { text = "Hello" }, http: client);
        using var refused = await client.OpenAsync(HttpMethod.Post, $"/v1/conversation/{id}/complete", new { text = "More" });

        Assert.Equal("One.", run.Text);
        await refused.AssertRefusedAsync("429 SESSION_TOKEN_LIMIT");
        Assert.Equal((42L, 1), ((await server.Server.StoredAsync(session)).UsedTokens, (await server.Server.StoredAsync(session)).UsedMessages));
    }

    [Fact]
    public async Task Tokens_UsedUpByTheRunBefore_EndTheWaitingRunWithoutItsMessage()
    {
        await using var server = await EngineServer.StartAsync();
        var gate = new TaskCompletionSource();
        server.Model.Answer(script => script.Text("One.").WaitFor(gate.Task).Usage(inputTokens: 30, outputTokens: 12));
        var id = await server.AddConversationAsync();
        var session = await server.Server.AddSessionAsync(id, limits: """{"tokens":40,"messages":2}""");
        using var client = await server.Server.ClientAsync(session);
        using var first = await client.OpenAsync(HttpMethod.Post, $"/v1/conversation/{id}/complete", new { text = "Hello" });
        using var second = await client.OpenAsync(HttpMethod.Post, $"/v1/conversation/{id}/complete", new { text = "More" });

        gate.SetResult();
        await RunTranscript.ReadAsync(first);
        var ended = await RunTranscript.ReadAsync(second);

        Assert.Equal(["error"], ended.Types);
        Assert.Equal("SESSION_TOKEN_LIMIT", ended.Data("error").Single().GetProperty("code").GetString());
        Assert.Equal(["user", "bot"], (await server.MessagesAsync(id)).Select(message => message.Type));
        // The reservation of its message was released, so one of the two is left.
        await client.ReadAsync(HttpMethod.Post, $"/v1/conversation/{id}/send", new { text = "Last" });
        Assert.Equal(2, (await server.Server.StoredAsync(session)).UsedMessages);
    }

    /// <summary>Sends a request with a new session that has a limit.</summary>
    private static async Task LookAsync(ServerFactory server, string conversation)
    {
        using var client = await server.ClientAsync(await server.AddSessionAsync(conversation, limits: """{"messages":10}"""));
        await client.ReadAsync(HttpMethod.Get, $"conversation/{conversation}/message/list");
    }
}
