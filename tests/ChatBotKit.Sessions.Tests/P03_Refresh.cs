using System.Net;

namespace ChatBotKit.Sessions.Tests;

/// <summary>Property 3: a session gets new tokens before it expires, but not beyond its lifetime.</summary>
public sealed class P03_Refresh(Deployment deployment) : SessionChecks(deployment)
{
    private static readonly SessionCreateRequest Refreshable = new() { Refreshable = true, DurationInSeconds = 1800, LifetimeInSeconds = 3600 };

    [Fact]
    public async Task Holder_GetsANewTokenOfTheSameSession()
    {
        var session = await MintAsync(Refreshable);

        var refreshed = await HolderAsync(session);

        Assert.Equal((session.Id, session.SessionId), (refreshed.Id, refreshed.SessionId));
        Assert.NotEqual(session.Token, refreshed.Token);
    }

    [Fact]
    public async Task NewToken_IsGood()
    {
        var session = await MintAsync(Refreshable);
        var refreshed = await HolderAsync(session);

        Assert.Equal(HttpStatusCode.OK, (await SayAsync(session, token: refreshed.Token)).Status);
    }

    [Fact]
    public async Task OldToken_StaysGoodForAMoment()
    {
        var session = await MintAsync(Refreshable);
        await HolderAsync(session);

        Assert.Equal(HttpStatusCode.OK, (await SayAsync(session)).Status);
    }

    [Fact]
    public async Task TokenBeforeTheOldOne_IsNotGoodAnyMore()
    {
        var session = await MintAsync(Refreshable);
        var second = await HolderAsync(session);
        await HolderAsync(second);

        AssertRefused("401 SESSION_TOKEN_REPLACED", await SayAsync(session));
    }

    [Fact]
    public async Task NotRefreshable_IsRefusedToTheHolder()
    {
        var session = await MintAsync();

        AssertRefused("403 SESSION_NOT_REFRESHABLE", await SendAsync(Path(session), "{}", session.Token));
    }

    [Fact]
    public async Task NotRefreshable_IsOpenToTheOwner()
    {
        var session = await MintAsync(new SessionCreateRequest { DurationInSeconds = 1800 });

        var refreshed = await Owner.Conversation.Session.RefreshAsync(session.Id, session.SessionId!, cancellationToken: Token);

        Assert.Equal(HttpStatusCode.OK, (await SayAsync(session, token: refreshed.Token)).Status);
    }

    [Fact]
    public async Task AbsoluteEnd_IsTold()
    {
        var session = await MintAsync(Refreshable);

        Assert.InRange(
            session.RefreshableUntil!.Value - Now, TimeSpan.FromSeconds(3500), TimeSpan.FromSeconds(3660));
    }

    [Fact]
    public async Task Refresh_NeverGetsPastTheAbsoluteEnd()
    {
        var session = await MintAsync(Refreshable);

        var answer = await SendAsync(Path(session), """{"durationInSeconds":86400}""", session.Token);

        // A server with a lower maximum refuses the duration; others shorten it.
        if (answer.Status == HttpStatusCode.BadRequest)
            Assert.Skip("The policy of this server does not allow a wish of a day.");
        Assert.True((long)answer.Json!["expiresAt"]! <= session.RefreshableUntil!.Value.ToUnixTimeMilliseconds());
    }

    [Fact]
    public async Task RefreshesAtTheSameTime_GiveEquallyGoodTokens()
    {
        var session = await MintAsync(Refreshable);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => SendAsync(Path(session), "{}", session.Token)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        var tokens = answers.Select(answer => (string)answer.Json!["token"]!).ToList();
        Assert.Single(tokens.Select(token => (int)Part(token, 1)["gen"]!).Distinct());
        foreach (var token in tokens)
            Assert.Equal(HttpStatusCode.OK, (await SayAsync(session, token: token)).Status);
    }

    [Fact]
    public async Task SameIdempotencyKey_RefreshesOnce()
    {
        var session = await MintAsync(Refreshable);
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());

        var first = await SendAsync(Path(session), "{}", session.Token, null, key);
        var second = await SendAsync(Path(session), "{}", session.Token, null, key);

        Assert.Equal(Generation(first), Generation(second));
    }

    [Fact]
    public async Task RevokedSession_IsNotRefreshed()
    {
        var session = await MintAsync(Refreshable);
        await Owner.Conversation.Session.RevokeAsync(session.Id, session.SessionId!, cancellationToken: Token);

        AssertRefused("401 SESSION_REVOKED", await SendAsync(Path(session), "{}", session.Token));
    }

    [Fact]
    public async Task RevokedSession_IsNotRefreshedByTheOwnerEither()
    {
        var session = await MintAsync(Refreshable);
        await Owner.Conversation.Session.RevokeAsync(session.Id, session.SessionId!, cancellationToken: Token);

        var answer = await SendAsync(Path(session), "{}", Deployment.Secret);

        Assert.Equal("SESSION_REVOKED", answer.Code);
    }

    [Fact]
    public async Task OtherSession_CannotBeRefreshedWithAToken()
    {
        var conversation = await ConversationAsync();
        var (mine, other) = (await MintAsync(Refreshable, conversation), await MintAsync(Refreshable, conversation));

        AssertRefused("401 NOT_AUTHENTICATED", await SendAsync(Path(other), "{}", mine.Token));
    }

    [Fact]
    public async Task UnknownSession_IsNotFound()
    {
        var conversation = await ConversationAsync();

        AssertRefused(
            "404 NOT_FOUND",
            await SendAsync($"POST /conversation/{conversation}/session/cmissing0000000000000000/refresh", "{}", Deployment.Secret));
    }

    [Theory]
    [InlineData("""{"lifetimeInSeconds":3600}""")]
    [InlineData("""{"refreshable":false,"lifetimeInSeconds":3600}""")]
    [InlineData("""{"refreshable":true,"durationInSeconds":3600,"lifetimeInSeconds":1800}""")]
    [InlineData("""{"refreshable":true,"lifetimeInSeconds":2592001}""")]
    [InlineData("""{"refreshable":"perhaps"}""")]
    public async Task TermsThatMakeNoSense_AreRefused(string body) => AssertRefused(
        "400 BAD_REQUEST",
        await SendAsync($"POST /conversation/{await ConversationAsync()}/session/create", body, Deployment.Secret));

    [Fact]
    public async Task Refresh_ShowsInTheSession()
    {
        var session = await MintAsync(Refreshable);
        await HolderAsync(session);

        var item = await Owner.Conversation.Session.FetchAsync(session.Id, session.SessionId!, Token);

        Assert.True(item.Refreshable);
        Assert.NotNull(item.RefreshedAt);
    }

    private static string Path(SessionCreateResponse session) => $"POST /conversation/{session.Id}/session/{session.SessionId}/refresh";

    private static int Generation(Answer answer) => (int)Part((string)answer.Json!["token"]!, 1)["gen"]!;

    private Task<SessionCreateResponse> HolderAsync(SessionCreateResponse session) =>
        new SessionClient(new ChatBotKitClientOptions { Secret = session.Token, BaseUrl = Deployment.Address, Retries = 0 })
            .RefreshAsync(session.Id, session.SessionId!, cancellationToken: Token);
}
