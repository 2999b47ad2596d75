using System.Net;

namespace ChatBotKit.Sessions.Tests;

/// <summary>Property 11: signing keys can be rotated without interruption, and a stolen key can be revoked with all its tokens.</summary>
public sealed class P11_Rotation(Deployment deployment) : SessionChecks(deployment)
{
    [Fact]
    public async Task RotatedKey_SignsTheNextToken()
    {
        var key = await Owner.Session.Key.RotateAsync(Token);

        Assert.Equal(key.Id, Kid(await MintAsync()));
    }

    [Fact]
    public async Task TokenOfTheOldKey_StaysGood()
    {
        var session = await MintAsync();
        await Owner.Session.Key.RotateAsync(Token);

        Assert.Equal(HttpStatusCode.OK, (await SayAsync(session)).Status);
    }

    [Fact]
    public async Task OldKey_StaysPublished()
    {
        var old = Kid(await MintAsync());
        await Owner.Session.Key.RotateAsync(Token);

        var published = (await SendAsync("GET /.well-known/jwks.json")).Json!["keys"]!.AsArray().Select(key => (string?)key!["kid"]);

        Assert.Contains(old, published);
    }

    [Fact]
    public async Task List_ShowsWhichKeySigns()
    {
        var key = await Owner.Session.Key.RotateAsync(Token);

        var keys = (await Owner.Session.Key.ListAsync(Token)).Items;

        Assert.Equal([key.Id], keys.Where(item => item.Status == "active").Select(item => item.Id));
    }

    [Fact]
    public async Task List_ShowsNoPrivateHalf()
    {
        var answer = await SendAsync("GET /session/key/list", credential: Deployment.Secret);

        Assert.DoesNotContain("\"d\"", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("private", answer.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task RevokedKey_TakesItsTokensWithIt()
    {
        Assert.SkipUnless(Deployment.IsOwn, "It would end the sessions of everybody who uses the server.");
        var session = await MintAsync();

        await Owner.Session.Key.RevokeAsync(Kid(session), Token);

        Assert.Equal(HttpStatusCode.Unauthorized, (await SayAsync(session)).Status);
        Assert.Equal(HttpStatusCode.OK, (await SayAsync(await MintAsync())).Status);
    }

    [Fact]
    public async Task RevokedKey_ClosesTheStreamsOfItsTokens()
    {
        Assert.SkipUnless(Deployment.IsOwn, "It would end the sessions of everybody who uses the server.");
        var conversation = await ConversationAsync(Deployment.ModelThatPauses());
        var session = await MintAsync(conversationId: conversation);
        using var stream = await OpenAsync($"POST /conversation/{conversation}/complete", Text("Count."), session.Token);
        await stream.UntilAsync("token");

        await Owner.Session.Key.RevokeAsync(Kid(session), Token);

        Assert.Equal("error", (string?)(await stream.RestAsync())[^1]["type"]);
        await Owner.Conversation.Run.AbortAsync(conversation, stream.RunId, Token);
    }

    [Fact]
    public async Task RevokedKey_IsNotPublished()
    {
        Assert.SkipUnless(Deployment.IsOwn, "It would end the sessions of everybody who uses the server.");
        var kid = Kid(await MintAsync());

        await Owner.Session.Key.RevokeAsync(kid, Token);

        var answer = await SendAsync("GET /.well-known/jwks.json");
        Assert.DoesNotContain(kid, answer.Text, StringComparison.Ordinal);
        Assert.NotEmpty(answer.Json!["keys"]!.AsArray());
    }

    [Fact]
    public async Task UnknownKey_IsNotFound() => AssertRefused(
        "404 NOT_FOUND", await SendAsync("POST /session/key/missing/revoke", "{}", Deployment.Secret));

    private static string Kid(SessionCreateResponse session) => (string)Part(session.Token, 0)["kid"]!;
}
