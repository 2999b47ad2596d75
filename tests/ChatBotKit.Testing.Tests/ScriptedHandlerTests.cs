namespace ChatBotKit.Testing.Tests;

public sealed class ScriptedHandlerTests : IDisposable
{
    private static readonly ConversationCompleteMessageRequest Request = new() { Text = "Hi" };

    private readonly ScriptedHandler _handler = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _handler.Dispose();

    [Fact]
    public async Task Answers_ComeInTheirOrder_AndRequestsAreKeptToTheLetter()
    {
        _handler.Answer("""{"id":"c1"}""").Answer(ScriptedAnswer.Of(new IdResponse { Id = "c1" }));
        var client = _handler.CreateClient().Conversation;

        await client.CreateAsync(new ConversationCreateRequest { Name = "Grüße" }, Token);
        await client.DeleteAsync("c1", Token);

        Assert.Equal(
            ["POST /api/v1/conversation/create\n{\"name\":\"Grüße\"}", "POST /api/v1/conversation/c1/delete\n{}"],
            _handler.Requests.Select(request => request.Verbatim));
    }

    [Fact]
    public async Task Request_TooMany_IsAnError()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => _handler.CreateClient().Conversation.FetchAsync("c1", Token));

        Assert.Contains("GET /api/v1/conversation/c1/fetch", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connection_ThatFailsFirst_IsTriedAgain()
    {
        _handler.Fail(new HttpRequestException(HttpRequestError.ConnectionError)).Answer("""{"id":"c1"}""");

        Assert.Equal("c1", (await _handler.CreateClient().Conversation.FetchAsync("c1", Token)).Id);
    }

    [Fact]
    public async Task Server_ThatHangs_IsGivenUpByItsCaller()
    {
        using var cancellation = new CancellationTokenSource();
        var call = _handler.Hang().CreateClient().Conversation.FetchAsync("c1", cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task Stream_ThatBreaks_GoesOnWhenItIsNumbered()
    {
        var run = ScriptedRun.Saying("one two three").Numbered();
        _handler
            .Stream(ScriptedStream.Broken(run.First(2).ToLines()), headers: ("X-Run-Id", "r1"))
            .Lines(ScriptedRun.Of(run.Events.Skip(2)).ToLines());

        var events = await _handler.CreateClient().Conversation.CompleteAsync("c1", Request, Token).ToListAsync(Token);

        Assert.Equal("one two three", string.Concat(events.OfType<TokenEvent>().Select(token => token.Token)));
        Assert.EndsWith("/run/r1/stream?after=2", _handler.Requests[1].Verbatim, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_InPieces_CutsCharacters()
    {
        _handler.Stream(ScriptedStream.InPieces(ScriptedRun.Saying("Grüß Gott 🌷").ToLines(), 1));

        var events = await _handler.CreateClient().Conversation.CompleteAsync("c1", Request, Token).ToListAsync(Token);

        Assert.Equal("Grüß Gott 🌷", string.Concat(events.OfType<TokenEvent>().Select(token => token.Token)));
    }

    [Fact]
    public async Task Stream_ThatFallsSilent_IsClosedByAReaderThatLeaves()
    {
        var body = ScriptedStream.Silent(ScriptedRun.Saying("one two").First(1).ToLines());
        _handler.Stream(body);

        await foreach (var _ in _handler.CreateClient().Conversation.CompleteAsync("c1", Request, Token))
            break;

        Assert.True(body.IsDisposed);
    }
}
