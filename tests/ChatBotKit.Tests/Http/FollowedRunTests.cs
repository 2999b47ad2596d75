using ChatBotKit.Testing;

namespace ChatBotKit.Tests.Http;

/// <summary>An awaited answer whose connection times out on the way while the run continues.</summary>
public sealed class FollowedRunTests
{
    private static readonly (string, string) Idempotent = ("Idempotency-Key-Supported", "true");
    private static readonly ConversationCompleteMessageRequest Request = new() { Text = "Hello" };
    private static readonly ScriptedRun Run = ScriptedRun.Saying("Hi there");

    [Theory]
    [InlineData(504)]
    [InlineData(502)]
    [InlineData(524)]
    public async Task Answer_ThatAProxyDidNotWaitFor_IsFollowed(int status)
    {
        var handler = new ScriptedHandler()
            .Answer("<html>", status, "text/html")
            .Answer("", 200, "text/plain", Idempotent)
            .Lines(Run.ToLines(), ("X-Run-Id", "r1"), Idempotent)
            .Answer(ScriptedAnswer.OfRun(Run));
        var call = Clients.Api(handler).Conversation.CompleteAsync("c1", Request, Clients.Token);

        var answer = await call;

        Assert.Equal("Hi there", answer.Text);
        Assert.Equal("r1", call.RunId);
        Assert.Equal(["POST", "HEAD", "POST", "GET"], handler.Requests.Select(request => request.Method));
        Assert.Equal(handler.Requests[0].Headers["Idempotency-Key"], handler.Requests[2].Headers["Idempotency-Key"]);
        Assert.Equal("/api/v1/conversation/c1/run/r1/stream", handler.Requests[3].Url.AbsolutePath);
    }

    [Fact]
    public async Task Answer_WhoseConnectionBroke_IsFollowed()
    {
        var handler = new ScriptedHandler()
            .Fail(new HttpRequestException(HttpRequestError.ResponseEnded))
            .Answer("", 200, "text/plain", Idempotent)
            .Lines(Run.ToLines(), ("X-Run-Id", "r1"), Idempotent)
            .Answer(ScriptedAnswer.OfRun(Run));

        Assert.Equal("Hi there", (await Clients.Api(handler).Conversation.CompleteAsync("c1", Request, Clients.Token)).Text);
    }

    [Fact]
    public async Task Answer_OfAServerThatWouldDoItTwice_IsNotAskedForAgain()
    {
        var handler = new ScriptedHandler().Answer("<html>", 504, "text/html").Answer("", 404);

        var failure = await Assert.ThrowsAsync<ChatBotKitException>(
            async () => await Clients.Api(handler).Conversation.CompleteAsync("c1", Request, Clients.Token));

        Assert.Equal(ErrorCodes.GatewayTimeout, failure.Code);
        Assert.Equal(["POST", "HEAD"], handler.Requests.Select(request => request.Method));
    }

    [Fact]
    public async Task Following_ThatFailsToo_LeavesARunToFollow()
    {
        var handler = new ScriptedHandler()
            .Answer("<html>", 504, "text/html")
            .Answer("", 200, "text/plain", Idempotent)
            .Lines(Run.ToLines(), ("X-Run-Id", "r1"), Idempotent)
            .Answer("", 500);
        var api = new ChatBotKitApi(Clients.Options(handler) with { Retries = 1 });
        var call = api.Conversation.CompleteAsync("c1", Request, Clients.Token);

        handler.Answer("", 500);
        await Assert.ThrowsAsync<ChatBotKitException>(async () => await call);

        Assert.Equal("r1", call.RunId);
    }

    [Fact]
    public async Task Failure_ThatTheApiTells_IsNoReasonToFollow()
    {
        var handler = new ScriptedHandler().Answer("""{"message":"The model is out","code":"BAD_GATEWAY"}""", 502);

        var failure = await Assert.ThrowsAsync<ChatBotKitException>(
            async () => await Clients.Api(handler).Conversation.CompleteAsync("c1", Request, Clients.Token));

        Assert.StartsWith("The model is out. Address: ", failure.Message, StringComparison.Ordinal);
        Assert.Single(handler.Requests);
    }
}
