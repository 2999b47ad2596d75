using System.Net;
using System.Text.Json.Nodes;
using ChatBotKit.Server.Tests;

namespace ChatBotKit.Sessions.Tests;

/// <summary>Property 1: a session is created as with the official API, and once per idempotency key.</summary>
public sealed class P01_Mint(Deployment deployment) : SessionChecks(deployment)
{
    [Fact]
    public async Task OfficialRequest_GivesIdTokenAndEnd()
    {
        var conversation = await ConversationAsync();

        var answer = await SendAsync($"POST /conversation/{conversation}/session/create", """{"durationInSeconds":1800}""", Deployment.Secret);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(conversation, (string?)answer.Json!["id"]);
        Assert.Equal(3, ((string)answer.Json["token"]!).Split('.').Length);
        Assert.Equal(System.Text.Json.JsonValueKind.Number, answer.Json["expiresAt"]!.GetValueKind());
    }

    [Fact]
    public async Task EmptyBody_IsEnough() =>
        Assert.Equal(HttpStatusCode.OK, (await SendAsync($"POST /conversation/{await ConversationAsync()}/session/create", "{}", Deployment.Secret)).Status);

    [Fact]
    public async Task BothPrefixes_AreServed()
    {
        var conversation = await ConversationAsync();

        using var answer = await Http.SendAsync(HttpMethod.Post, $"/v1/conversation/{conversation}/session/create", "{}", token: Deployment.Secret);

        await answer.AssertOkAsync();
    }

    [Fact]
    public async Task Answer_NamesTheSession() => Assert.False(string.IsNullOrEmpty((await MintAsync()).SessionId));

    [Fact]
    public async Task TwoMints_AreTwoSessions()
    {
        var conversation = await ConversationAsync();

        var (first, second) = (await MintAsync(conversationId: conversation), await MintAsync(conversationId: conversation));

        Assert.NotEqual(first.SessionId, second.SessionId);
        Assert.NotEqual(first.Token, second.Token);
    }

    [Fact]
    public async Task SameIdempotencyKey_IsOneSession()
    {
        var conversation = await ConversationAsync();
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());

        var first = await SendAsync($"POST /conversation/{conversation}/session/create", "{}", Deployment.Secret, null, key);
        var second = await SendAsync($"POST /conversation/{conversation}/session/create", "{}", Deployment.Secret, null, key);

        Assert.Equal((string?)first.Json!["sessionId"], (string?)second.Json!["sessionId"]);
        Assert.Equal(first.Json["expiresAt"]!.ToString(), second.Json["expiresAt"]!.ToString());
        Assert.Equal("true", second.Header("Idempotent-Replayed"));
    }

    [Fact]
    public async Task SameIdempotencyKey_AtTheSameTime_IsOneSession()
    {
        var conversation = await ConversationAsync();
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(
            _ => SendAsync($"POST /conversation/{conversation}/session/create", "{}", Deployment.Secret, null, key)));

        Assert.Single(answers.Select(answer => (string?)answer.Json!["sessionId"]).Distinct());
        var sessions = await Owner.Conversation.Session.ListAsync(conversation, cancellationToken: Token);
        Assert.Single(sessions.Items);
    }

    [Fact]
    public async Task SameIdempotencyKey_WithAnotherBody_IsRefused()
    {
        var conversation = await ConversationAsync();
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());
        await SendAsync($"POST /conversation/{conversation}/session/create", "{}", Deployment.Secret, null, key);

        var other = await SendAsync(
            $"POST /conversation/{conversation}/session/create", """{"durationInSeconds":1800}""", Deployment.Secret, null, key);

        AssertRefused("409 IDEMPOTENCY_KEY_REUSED", other);
    }

    [Fact]
    public async Task UnknownConversation_IsNotFound() => AssertRefused(
        "404 NOT_FOUND", await SendAsync("POST /conversation/cmissing0000000000000000/session/create", "{}", Deployment.Secret));

    [Fact]
    public async Task WithoutCredential_IsRefused() => AssertRefused(
        "401 NOT_AUTHENTICATED", await SendAsync($"POST /conversation/{await ConversationAsync()}/session/create"));

    [Fact]
    public async Task Session_MakesNoSession()
    {
        var session = await MintAsync();

        AssertRefused(
            "401 NOT_AUTHENTICATED",
            await SendAsync($"POST /conversation/{session.Id}/session/create", "{}", session.Token));
    }

    [Fact]
    public async Task UnknownField_IsRefused() => AssertRefused(
        "400 BAD_REQUEST",
        await SendAsync($"POST /conversation/{await ConversationAsync()}/session/create", """{"forever":true}""", Deployment.Secret));

    [Fact]
    public async Task Fetch_NeverShowsTheToken()
    {
        var session = await MintAsync();

        var answer = await SendAsync($"GET /conversation/{session.Id}/session/{session.SessionId}/fetch", credential: Deployment.Secret);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Null(answer.Json!["token"]);
        Assert.DoesNotContain(session.Token, answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_NeverShowsTheToken()
    {
        var session = await MintAsync();

        var answer = await SendAsync($"GET /conversation/{session.Id}/session/list", credential: Deployment.Secret);

        Assert.Equal(session.SessionId, (string?)answer.Json!["items"]![0]!["id"]);
        Assert.DoesNotContain(session.Token, answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_OfTheAccount_FindsTheConversationsSessions()
    {
        var session = await MintAsync();

        var page = await Owner.Session.ListAsync(new SessionListRequest { ConversationId = session.Id }, Token);

        Assert.Equal([session.SessionId!], page.Items.Select(item => item.Id));
    }

    [Fact]
    public async Task List_PagesByCursor()
    {
        var conversation = await ConversationAsync();
        for (var i = 0; i < 3; i++)
            await MintAsync(conversationId: conversation);

        var first = await Owner.Conversation.Session.ListAsync(conversation, new SessionListRequest { Take = 2 }, Token);
        var second = await Owner.Conversation.Session.ListAsync(conversation, new SessionListRequest { Take = 2, Cursor = first.Cursor }, Token);

        Assert.Equal(3, first.Items.Concat(second.Items).Select(item => item.Id).Distinct().Count());
    }

    [Fact]
    public async Task Meta_IsKeptForTheOwner()
    {
        var session = await MintAsync(new SessionCreateRequest { Meta = new JsonObject { ["page"] = "checkout" } });

        var item = await Owner.Conversation.Session.FetchAsync(session.Id, session.SessionId!, Token);

        Assert.Equal("checkout", (string?)item.Meta!["page"]);
    }

    [Fact]
    public async Task BotSession_IsServedOrSaidToBeMissing()
    {
        // Bots are optional for a server of this protocol. If the route exists, it must not create sessions for an unknown bot.
        var answer = await SendAsync("POST /bot/cmissing0000000000000000/session/create", "{}", Deployment.Secret);

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.Contains((string?)answer.Json!["code"], (string[])["NOT_FOUND", "NOT_SERVED"]);
    }
}
