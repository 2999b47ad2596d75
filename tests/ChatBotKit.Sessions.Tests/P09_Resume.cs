using System.Text.Json.Nodes;

namespace ChatBotKit.Sessions.Tests;

/// <summary>Property 9: after a lost connection, an answer can be resumed at the exact next event.</summary>
public sealed class P09_Resume(Deployment deployment) : SessionChecks(deployment)
{
    [Fact]
    public async Task EveryPlace_GivesTheRest()
    {
        var session = await MintAsync();
        var (run, all) = await RunAsync(session);

        for (var after = 0; after <= all.Count; after++)
        {
            var rest = await SendAsync($"GET /conversation/{session.Id}/run/{run}/stream?after={after}", credential: session.Token);
            Assert.Equal(all.Skip(after).Select(item => item.ToJsonString()), Lines(rest));
        }
    }

    [Fact]
    public async Task LastEventId_GivesTheRest()
    {
        var session = await MintAsync();
        var (run, all) = await RunAsync(session);

        var rest = await SendAsync(
            $"GET /conversation/{session.Id}/run/{run}/stream", credential: session.Token, headers: [("Last-Event-ID", "2")]);

        Assert.Equal(all.Skip(2).Select(item => item.ToJsonString()), Lines(rest));
    }

    [Fact]
    public async Task ReaderThatTakesAnything_GetsTheEvents()
    {
        var session = await MintAsync();
        var (run, all) = await RunAsync(session);

        var rest = await SendAsync($"GET /conversation/{session.Id}/run/{run}/stream", credential: session.Token, headers: [("Accept", "*/*")]);

        Assert.Equal(all.Select(item => item.ToJsonString()), Lines(rest));
    }

    [Fact]
    public async Task OpenAnswer_IsSeenByASecondDeviceWithTheSameSession()
    {
        var conversation = await ConversationAsync(Deployment.ModelThatPauses());
        var session = await MintAsync(conversationId: conversation);
        using var first = await OpenAsync($"POST /conversation/{conversation}/complete", Text("Count."), session.Token);
        var token = await first.UntilAsync("token");

        using var second = await OpenAsync($"GET /conversation/{conversation}/run/{first.RunId}/stream", null, session.Token);

        Assert.Equal(token.ToJsonString(), (await second.UntilAsync("token")).ToJsonString());
        await Owner.Conversation.Run.AbortAsync(conversation, first.RunId, Token);
        Assert.Equal(
            (await first.RestAsync()).Select(item => item.ToJsonString()), (await second.RestAsync()).Select(item => item.ToJsonString()));
    }

    [Fact]
    public async Task AnswerWhoseReaderLeft_GoesOn()
    {
        var conversation = await ConversationAsync(Deployment.ModelThatPauses());
        var session = await MintAsync(conversationId: conversation);
        string run;
        using (var stream = await OpenAsync($"POST /conversation/{conversation}/complete", Text("Count."), session.Token))
        {
            await stream.UntilAsync("token");
            run = stream.RunId;
        }

        using var again = await OpenAsync($"GET /conversation/{conversation}/run/{run}/stream", null, session.Token);

        await again.UntilAsync("token");
        await Owner.Conversation.Run.AbortAsync(conversation, run, Token);
        Assert.Equal("result", (string?)(await again.RestAsync())[^1]["type"]);
    }

    [Fact]
    public async Task RefreshedToken_TakesTheAnswerUp()
    {
        var session = await MintAsync(new SessionCreateRequest { Refreshable = true });
        var (run, all) = await RunAsync(session);
        var refreshed = await Owner.Conversation.Session.RefreshAsync(session.Id, session.SessionId!, cancellationToken: Token);

        var rest = await SendAsync($"GET /conversation/{session.Id}/run/{run}/stream?after=1", credential: refreshed.Token);

        Assert.Equal(all.Skip(1).Select(item => item.ToJsonString()), Lines(rest));
    }

    [Fact]
    public async Task RevokedSession_TakesNothingUp()
    {
        var session = await MintAsync();
        var (run, _) = await RunAsync(session);
        await Owner.Conversation.Session.RevokeAsync(session.Id, session.SessionId!, cancellationToken: Token);

        AssertRefused(
            "401 SESSION_REVOKED",
            await SendAsync($"GET /conversation/{session.Id}/run/{run}/stream", credential: session.Token));
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("x")]
    [InlineData("99999999999999999999")]
    public async Task PlaceThatIsNone_IsRefused(string after)
    {
        var session = await MintAsync();
        var (run, _) = await RunAsync(session);

        AssertRefused(
            "400 BAD_REQUEST",
            await SendAsync($"GET /conversation/{session.Id}/run/{run}/stream?after={after}", credential: session.Token));
    }

    private static IEnumerable<string> Lines(Answer answer) => answer.Text
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => JsonNode.Parse(line)!.ToJsonString());

    private async Task<(string Run, IReadOnlyList<JsonObject> Events)> RunAsync(SessionCreateResponse session)
    {
        using var stream = await OpenAsync($"POST /conversation/{session.Id}/complete", Text("When does the shop open?"), session.Token);
        return (stream.RunId, await stream.RestAsync());
    }
}
