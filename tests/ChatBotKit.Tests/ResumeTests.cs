using System.Net;
using ChatBotKit.Testing;

namespace ChatBotKit.Tests;

public sealed class ResumeTests
{
    private const string Gone = """{"message":"Not found","code":"NOT_FOUND"}""";

    private static readonly ConversationCompleteMessageRequest Request = new() { Text = "Hello" };
    private static readonly (string, string) RunId = ("X-Run-Id", "r1");

    [Fact]
    public async Task Stream_Broken_GoesOnBehindTheLastEvent()
    {
        var handler = new ScriptedHandler()
            .Stream(ScriptedStream.Broken(Token(1, "a") + Token(2, "b") + """{"type":"tok"""), headers: RunId)
            .Stream(ScriptedStream.Broken(Token(2, "b") + Token(3, "c")), headers: RunId)
            .Lines(Token(4, "d") + Result(5), RunId);

        var events = await Clients.Api(handler).Conversation.CompleteAsync("c1", Request, Clients.Token).ToListAsync();

        Assert.Equal("abcd", Text(events));
        Assert.Equal([1, 2, 3, 4, 5], events.Select(item => item.Id!.Value));
        Assert.Equal(
            ["POST /api/v1/conversation/c1/complete\n{\"text\":\"Hello\"}", "GET /api/v1/conversation/c1/run/r1/stream?after=2", "GET /api/v1/conversation/c1/run/r1/stream?after=3"],
            handler.Requests.Select(request => request.Verbatim));
        Assert.Equal("application/jsonl", handler.Requests[1].Headers["Accept"]);
    }

    [Fact]
    public async Task Stream_EndedBeforeTheResult_GoesOn()
    {
        var handler = new ScriptedHandler().Lines(Token(1, "a"), RunId).Lines(Result(2));

        var events = await Clients.Api(handler).Conversation.ReceiveAsync("c1", cancellationToken: Clients.Token).ToListAsync();

        Assert.Equal([1, 2], events.Select(item => item.Id!.Value));
    }

    [Fact]
    public async Task Stream_BrokenBehindTheResult_IsOver()
    {
        var handler = new ScriptedHandler().Stream(ScriptedStream.Broken(Token(1, "a") + Result(2)), headers: RunId);

        var events = await Clients.Api(handler).Conversation.CompleteAsync("c1", Request, Clients.Token).ToListAsync();

        Assert.Equal(2, events.Count);
    }

    [Fact]
    public async Task Stream_BrokenAgainAndAgainWithoutProgress_IsGivenUp()
    {
        var handler = new ScriptedHandler().Stream(ScriptedStream.Broken(Token(1, "a")), headers: RunId);
        for (var i = 0; i < 3; i++)
            handler.Stream(ScriptedStream.Broken(""));

        var failure = await Assert.ThrowsAsync<ChatBotKitException>(() => Clients.Api(handler).Conversation.CompleteAsync("c1", Request, Clients.Token).ToListAsync());

        Assert.Equal(ClientErrorCodes.ConnectionLost, failure.Code);
        Assert.Equal(4, handler.Requests.Count);
    }

    [Fact]
    public async Task Stream_BrokenManyTimesWithProgress_GoesOn()
    {
        var handler = new ScriptedHandler().Stream(ScriptedStream.Broken(Token(1, "x")), headers: RunId);
        for (var id = 2; id < 20; id++)
            handler.Stream(ScriptedStream.Broken(Token(id, "x")));
        handler.Lines(Result(20));

        var events = await Clients.Api(handler).Conversation.CompleteAsync("c1", Request, Clients.Token).ToListAsync();

        Assert.Equal(Enumerable.Range(1, 20).Select(id => (long)id), events.Select(item => item.Id!.Value));
    }

    [Fact]
    public async Task Stream_WithoutRunId_IsNotResumed()
    {
        var handler = new ScriptedHandler().Stream(ScriptedStream.Broken(Token(1, "a")));
        var events = new List<RunEvent>();

        var failure = await Assert.ThrowsAsync<ChatBotKitException>(() => Clients.Api(handler).Conversation.CompleteAsync("c1", Request, Clients.Token).ToListAsync(events));

        Assert.Equal(ClientErrorCodes.ConnectionLost, failure.Code);
        Assert.Single(events);
        Assert.Single(handler.Requests);
    }

    [Fact]
    public async Task Stream_WithUnnumberedEvents_IsNotResumed()
    {
        var handler = new ScriptedHandler().Stream(ScriptedStream.Broken("""{"type":"token","data":{"type":"bot","token":"a"}}""" + "\n"), headers: RunId);

        await Assert.ThrowsAsync<ChatBotKitException>(() => Clients.Api(handler).Conversation.CompleteAsync("c1", Request, Clients.Token).ToListAsync());

        Assert.Single(handler.Requests);
    }

    [Fact]
    public async Task Stream_WithErrorLine_IsOver()
    {
        var handler = new ScriptedHandler().Lines(Token(1, "a") + """{"type":"error","data":{"message":"No","code":"NO_SUBSCRIPTION"},"id":2}""", RunId);

        var failure = await Assert.ThrowsAsync<ChatBotKitException>(() => Clients.Api(handler).Conversation.CompleteAsync("c1", Request, Clients.Token).ToListAsync());

        Assert.Equal(ErrorCodes.NoSubscription, failure.Code);
        Assert.Single(handler.Requests);
    }

    [Fact]
    public async Task Stream_WhoseLogIsGone_SaysSo()
    {
        var handler = new ScriptedHandler().Stream(ScriptedStream.Broken(Token(1, "a")), headers: RunId).Answer(Gone, 404);

        var failure = await Assert.ThrowsAsync<ChatBotKitException>(() => Clients.Api(handler).Conversation.CompleteAsync("c1", Request, Clients.Token).ToListAsync());

        Assert.Equal(HttpStatusCode.NotFound, failure.StatusCode);
    }

    [Fact]
    public async Task Log_ReadFromAnEventAndBroken_GoesOn()
    {
        var handler = new ScriptedHandler().Stream(ScriptedStream.Broken(Token(8, "a"))).Lines(Result(9));

        var events = await Clients.Api(handler).Conversation.Run.StreamAsync("c1", "r1", after: 7, Clients.Token).ToListAsync();

        Assert.Equal([8, 9], events.Select(item => item.Id!.Value));
        Assert.EndsWith("after=8", handler.Requests[1].Url.Query, StringComparison.Ordinal);
    }

    private static string Token(long id, string text) => $$$"""{"type":"token","data":{"type":"bot","token":"{{{text}}}"},"id":{{{id}}}}""" + "\n";

    private static string Result(long id) => $$$"""{"type":"result","data":{"text":"x"},"id":{{{id}}}}""" + "\n";

    private static string Text(IEnumerable<RunEvent> events) => string.Concat(events.OfType<TokenEvent>().Select(item => item.Token));
}
