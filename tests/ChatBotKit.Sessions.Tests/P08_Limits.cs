using System.Net;

namespace ChatBotKit.Sessions.Tests;

/// <summary>Property 8: a session can have limits, and its owner can read its use.</summary>
public sealed class P08_Limits(Deployment deployment) : SessionChecks(deployment)
{
    [Fact]
    public async Task Messages_AreCountedAndLimited()
    {
        var session = await MintAsync(new SessionCreateRequest { Limits = new SessionLimits { Messages = 2 } });
        Assert.Equal(HttpStatusCode.OK, (await SayAsync(session)).Status);
        Assert.Equal(HttpStatusCode.OK, (await SayAsync(session)).Status);

        AssertLimit("SESSION_MESSAGE_LIMIT", await SayAsync(session));
        Assert.Equal(2, (await UsageAsync(session)).Messages);
    }

    [Fact]
    public async Task Messages_SentAtTheSameTime_NeverPassTheLimit()
    {
        var session = await MintAsync(new SessionCreateRequest { Limits = new SessionLimits { Messages = 5 } });

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(
            i => SendAsync($"POST /conversation/{session.Id}/message/create", $$"""{"type":"user","text":"{{i}}"}""", session.Token)));

        Assert.Equal(5, answers.Count(answer => answer.Status == HttpStatusCode.OK));
        Assert.Equal(15, answers.Count(answer => answer.Code == "SESSION_MESSAGE_LIMIT"));
    }

    [Fact]
    public async Task MessageThatWasRefused_IsNotCounted()
    {
        var session = await MintAsync(new SessionCreateRequest { Limits = new SessionLimits { Messages = 1 } });
        await SendAsync($"POST /conversation/{session.Id}/message/create", """{"type":"bot","text":"It is free."}""", session.Token);

        Assert.Equal(HttpStatusCode.OK, (await SayAsync(session)).Status);
    }

    [Fact]
    public async Task Tokens_AreCountedAndLimited()
    {
        var conversation = await ConversationAsync(Deployment.ModelThatCalls("colour", "{}"));
        var session = await MintAsync(new SessionCreateRequest { Limits = new SessionLimits { Tokens = 1 } }, conversation);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(
            $"POST /conversation/{conversation}/complete",
            """{"text":"Colour?","functions":[{"name":"colour","description":"Tells it.","parameters":{"type":"object","properties":{}},"result":{"data":"blue"}}]}""",
            session.Token)).Status);

        AssertLimit("SESSION_TOKEN_LIMIT", await SayAsync(session));
        Assert.Equal(20, (await UsageAsync(session)).Tokens);
    }

    [Fact]
    public async Task RequestsOfAMinute_AreLimited()
    {
        var session = await MintAsync(new SessionCreateRequest { Limits = new SessionLimits { RequestsPerMinute = 3 } });

        var answers = new List<Answer>();
        for (var i = 0; i < 5; i++)
            answers.Add(await SendAsync($"GET /conversation/{session.Id}/message/list", credential: session.Token));

        Assert.Equal(3, answers.Count(answer => answer.Status == HttpStatusCode.OK));
        AssertLimit("SESSION_RATE_LIMIT", answers[^1]);
        Assert.InRange(int.Parse(answers[^1].Header("Retry-After")!, System.Globalization.CultureInfo.InvariantCulture), 1, 60);
    }

    [Fact]
    public async Task OpenStreams_AreLimited()
    {
        var conversation = await ConversationAsync(Deployment.ModelThatPauses());
        var session = await MintAsync(new SessionCreateRequest { Limits = new SessionLimits { Streams = 1 } }, conversation);
        using var stream = await OpenAsync($"POST /conversation/{conversation}/complete", Text("Count."), session.Token);
        await stream.UntilAsync("token");

        AssertLimit("SESSION_STREAM_LIMIT", await SendAsync($"GET /conversation/{conversation}/run/{stream.RunId}/stream", credential: session.Token));
        await Owner.Conversation.Run.AbortAsync(conversation, stream.RunId, Token);
        await stream.RestAsync();
    }

    [Fact]
    public async Task StreamThatEnded_LeavesItsPlace()
    {
        var session = await MintAsync(new SessionCreateRequest { Limits = new SessionLimits { Streams = 1 } });
        for (var i = 0; i < 3; i++)
        {
            using var stream = await OpenAsync($"POST /conversation/{session.Id}/complete", Text("When does it open?"), session.Token);
            Assert.Equal(HttpStatusCode.OK, stream.Status);
            await stream.RestAsync();
        }
    }

    [Fact]
    public async Task AttachmentBytes_AreLimited()
    {
        var session = await MintAsync(new SessionCreateRequest { Limits = new SessionLimits { AttachmentBytes = 1000 } });
        var client = new ConversationClient(new ChatBotKitClientOptions { Secret = session.Token, BaseUrl = Deployment.Address, Retries = 0 });
        await client.Attachment.UploadAsync(session.Id, new byte[800], "a.txt", "text/plain", cancellationToken: Token);

        var refused = await Assert.ThrowsAsync<ChatBotKitException>(
            () => client.Attachment.UploadAsync(session.Id, new byte[800], "b.txt", "text/plain", cancellationToken: Token));

        Assert.Equal((HttpStatusCode.TooManyRequests, ErrorCodes.SessionAttachmentLimit), (refused.StatusCode, refused.Code));
        Assert.Equal(800, (await UsageAsync(session)).AttachmentBytes);
    }

    [Fact]
    public async Task LimitOfOneSession_IsNotTheOthers()
    {
        var conversation = await ConversationAsync();
        var limited = await MintAsync(new SessionCreateRequest { Limits = new SessionLimits { Messages = 1 } }, conversation);
        var free = await MintAsync(conversationId: conversation);
        await SayAsync(limited);

        Assert.Equal(HttpStatusCode.TooManyRequests, (await SayAsync(limited)).Status);
        Assert.Equal(HttpStatusCode.OK, (await SayAsync(free)).Status);
    }

    [Fact]
    public async Task Refresh_GivesNoNewBudget()
    {
        var session = await MintAsync(new SessionCreateRequest { Limits = new SessionLimits { Messages = 1 } });
        await SayAsync(session);

        var refreshed = await Owner.Conversation.Session.RefreshAsync(session.Id, session.SessionId!, cancellationToken: Token);

        AssertLimit("SESSION_MESSAGE_LIMIT", await SayAsync(session, token: refreshed.Token));
    }

    [Theory]
    [InlineData("""{"messages":0}""")]
    [InlineData("""{"messages":-1}""")]
    [InlineData("""{"tokens":0}""")]
    [InlineData("""{"requestsPerMinute":0}""")]
    [InlineData("""{"streams":0}""")]
    [InlineData("""{"attachmentBytes":0}""")]
    [InlineData("""{"wishes":3}""")]
    [InlineData("7")]
    public async Task LimitsThatMakeNoSense_AreRefused(string limits) => AssertRefused(
        "400 BAD_REQUEST",
        await SendAsync($"POST /conversation/{await ConversationAsync()}/session/create", $$"""{"limits":{{limits}}}""", Deployment.Secret));

    private static void AssertLimit(string code, Answer answer)
    {
        AssertRefused($"429 {code}", answer);
        Assert.True(int.Parse(answer.Header("Retry-After")!, System.Globalization.CultureInfo.InvariantCulture) > 0);
    }

    private async Task<SessionUsage> UsageAsync(SessionCreateResponse session) =>
        (await Owner.Conversation.Session.FetchAsync(session.Id, session.SessionId!, Token)).Usage;
}
