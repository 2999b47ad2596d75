using System.Net;

namespace ChatBotKit.Sessions.Tests;

/// <summary>Property 4: a session can be revoked at once, even while it is in use.</summary>
public sealed class P04_Revoke(Deployment deployment) : SessionChecks(deployment)
{
    [Fact]
    public async Task Revoked_IsRefusedAtOnce()
    {
        var session = await MintAsync();
        Assert.Equal(HttpStatusCode.OK, (await SayAsync(session)).Status);

        await RevokeAsync(session);

        AssertRefused("401 SESSION_REVOKED", await SayAsync(session));
    }

    [Fact]
    public async Task Revoked_ShowsInTheSession()
    {
        var session = await MintAsync();
        await RevokeAsync(session);

        var item = await Owner.Conversation.Session.FetchAsync(session.Id, session.SessionId!, Token);

        Assert.Equal(SessionStatus.Revoked, item.Status);
        Assert.NotNull(item.RevokedAt);
    }

    [Fact]
    public async Task RevokedTwice_ChangesNothing()
    {
        var session = await MintAsync();
        await RevokeAsync(session);
        var first = await Owner.Conversation.Session.FetchAsync(session.Id, session.SessionId!, Token);

        await RevokeAsync(session);

        var second = await Owner.Conversation.Session.FetchAsync(session.Id, session.SessionId!, Token);
        Assert.Equal(first.RevokedAt, second.RevokedAt);
    }

    [Fact]
    public async Task OpenStream_IsClosedWithADefinedEvent()
    {
        var conversation = await ConversationAsync(Deployment.ModelThatPauses());
        var session = await MintAsync(conversationId: conversation);
        using var stream = await OpenAsync($"POST /conversation/{conversation}/complete", Text("Count."), session.Token);
        await stream.UntilAsync("token");

        await RevokeAsync(session);

        var last = (await stream.RestAsync())[^1];
        Assert.Equal(("error", "SESSION_REVOKED"), ((string?)last["type"], (string?)last["data"]!["code"]));
        await AbortAsync(conversation, stream.RunId);
    }

    [Fact]
    public async Task OpenStream_OfAnotherSession_GoesOn()
    {
        var conversation = await ConversationAsync(Deployment.ModelThatPauses());
        var (revoked, other) = (await MintAsync(conversationId: conversation), await MintAsync(conversationId: conversation));
        using var stream = await OpenAsync($"POST /conversation/{conversation}/complete", Text("Count."), other.Token);
        await stream.UntilAsync("token");

        await RevokeAsync(revoked);
        await AbortAsync(conversation, stream.RunId);

        Assert.DoesNotContain(await stream.RestAsync(), item => (string?)item["data"]?["code"] == "SESSION_REVOKED");
    }

    [Fact]
    public async Task RequestThatWaits_IsRefused()
    {
        var conversation = await ConversationAsync(Deployment.ModelThatPauses());
        var session = await MintAsync(conversationId: conversation);
        var waiting = SayAsync(session, "Count.");
        // The message is stored when the run begins.
        for (var tries = 0; tries < 10_000 && (await Owner.Conversation.Message.ListAsync(conversation, cancellationToken: Token)).Items.Count == 0; tries++)
            await Task.Yield();

        await RevokeAsync(session);

        AssertRefused("401 SESSION_REVOKED", await waiting.WaitAsync(Patience, Token));
    }

    [Fact]
    public async Task Holder_EndsItsOwnSession()
    {
        var session = await MintAsync();

        var answer = await SendAsync($"POST /conversation/{session.Id}/session/{session.SessionId}/revoke", "{}", session.Token);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        AssertRefused("401 SESSION_REVOKED", await SayAsync(session));
    }

    [Fact]
    public async Task Holder_EndsNoOtherSession()
    {
        var conversation = await ConversationAsync();
        var (mine, other) = (await MintAsync(conversationId: conversation), await MintAsync(conversationId: conversation));

        AssertRefused(
            "401 NOT_AUTHENTICATED",
            await SendAsync($"POST /conversation/{conversation}/session/{other.SessionId}/revoke", "{}", mine.Token));
        Assert.Equal(HttpStatusCode.OK, (await SayAsync(other)).Status);
    }

    [Fact]
    public async Task AllOfAConversation_AreRevoked_AndNoOthers()
    {
        var conversation = await ConversationAsync();
        var mine = new[] { await MintAsync(conversationId: conversation), await MintAsync(conversationId: conversation) };
        var other = await MintAsync();

        var answer = await Owner.Conversation.Session.RevokeAllAsync(conversation, cancellationToken: Token);

        Assert.Equal((conversation, 2), (answer.Id, answer.Revoked));
        foreach (var session in mine)
            AssertRefused("401 SESSION_REVOKED", await SayAsync(session));
        Assert.Equal(HttpStatusCode.OK, (await SayAsync(other)).Status);
    }

    [Fact]
    public async Task AllOfAContact_AreRevoked_AndNoOthers()
    {
        var conversation = await ConversationAsync();
        var contact = await Owner.Conversation.Contact.UpsertAsync(
            conversation, new ContactUpsertRequest { Fingerprint = $"fingerprint-{Guid.NewGuid()}" }, Token);
        var (mine, other) = (await MintAsync(conversationId: conversation), await MintAsync());

        var answer = await Owner.Contact.Session.RevokeAllAsync(contact.Id, cancellationToken: Token);

        Assert.Equal((contact.Id, 1), (answer.Id, answer.Revoked));
        AssertRefused("401 SESSION_REVOKED", await SayAsync(mine));
        Assert.Equal(HttpStatusCode.OK, (await SayAsync(other)).Status);
    }

    [Fact]
    public async Task AllOfTheAccount_AreRevoked()
    {
        Assert.SkipUnless(Deployment.IsOwn, "It would end the sessions of everybody who uses the server.");
        var session = await MintAsync();

        var answer = await Owner.Session.RevokeAllAsync(new SessionRevokeRequest { Reason = "check" }, Token);

        Assert.True(answer.Revoked >= 1);
        AssertRefused("401 SESSION_REVOKED", await SayAsync(session));
    }

    [Fact]
    public async Task DeletedConversation_TakesItsSessionsWithIt()
    {
        var session = await MintAsync();

        await Owner.Conversation.DeleteAsync(session.Id, Token);

        Assert.Equal(HttpStatusCode.Unauthorized, (await SayAsync(session)).Status);
    }

    [Fact]
    public async Task UnknownSession_IsNotFound() => AssertRefused(
        "404 NOT_FOUND",
        await SendAsync($"POST /conversation/{await ConversationAsync()}/session/cmissing0000000000000000/revoke", "{}", Deployment.Secret));

    [Fact]
    public async Task UnknownContact_IsNotFound() => AssertRefused(
        "404 NOT_FOUND", await SendAsync("POST /contact/cmissing0000000000000000/session/revoke", "{}", Deployment.Secret));

    private Task<IdResponse> RevokeAsync(SessionCreateResponse session) =>
        Owner.Conversation.Session.RevokeAsync(session.Id, session.SessionId!, cancellationToken: Token);

    private Task<IdResponse> AbortAsync(string conversationId, string runId) => Owner.Conversation.Run.AbortAsync(conversationId, runId, Token);
}
