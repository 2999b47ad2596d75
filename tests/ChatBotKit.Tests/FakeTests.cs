using ChatBotKit.Testing;

namespace ChatBotKit.Tests;

public sealed class FakeTests
{
    [Fact]
    public async Task Fake_MadeOfPublicSeams_AnswersLikeTheApi()
    {
        ChatBotKitApi api = new FakeApi();

        var session = await api.Conversation.Session.CreateAsync("c1", cancellationToken: Clients.Token);
        var call = api.Conversation.CompleteAsync("c1", new ConversationCompleteMessageRequest { Text = "Hello" }, Clients.Token);

        Assert.Equal("token of c1", session.Token);
        Assert.Equal("Hi", (await call).Text);
        Assert.Equal("Hi", Assert.IsType<TokenEvent>(Assert.Single(await call.ToListAsync())).Token);
    }

    [Fact]
    public void Fake_WithoutTheOperation_SaysWhatIsMissing()
    {
        var failure = Assert.Throws<InvalidOperationException>(
            () => { _ = new FakeApi().Conversation.FetchAsync("c1", Clients.Token); });

        Assert.Contains(nameof(FakeConversations), failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Promise_OfAFailure_ThrowsIt()
    {
        var call = ResponsePromise.FromException<string, int>(new ChatBotKitException("No", ErrorCodes.NotFound));

        Assert.Equal(ErrorCodes.NotFound, (await Assert.ThrowsAsync<ChatBotKitException>(async () => await call)).Code);
        await Assert.ThrowsAsync<ChatBotKitException>(() => call.ToListAsync());
    }

    [Fact]
    public async Task ClientFetch_OfAnyRoute_IsOpenToCallers()
    {
        var handler = new ScriptedHandler().Answer("""{"id":"x1"}""");
        var client = new ChatBotKitClient(Clients.Options(handler));

        var answer = await client.ClientFetch<IdResponse, IdResponse>(
            "/api/v1/conversation/c1/initiate",
            new ClientFetchOptions { Query = new Dictionary<string, object?> { ["a"] = true, ["b"] = null, ["c"] = 1.5 }, Record = new EmptyRequest() });

        Assert.Equal("x1", answer.Id);
        Assert.Equal("POST /api/v1/conversation/c1/initiate?a=true&c=1.5\n{}", handler.Requests[0].Verbatim);
        Assert.Equal(new Uri("http://localhost:8080"), client.Url);
    }

    private sealed class FakeApi : ChatBotKitApi
    {
        public override ConversationClient Conversation { get; } = new FakeConversations();
    }

    private sealed class FakeConversations : ConversationClient
    {
        public override SessionClient Session { get; } = new FakeSessions();

        public override ResponsePromise<ConversationCompleteMessageResponse, RunEvent> CompleteAsync(
            string conversationId, ConversationCompleteMessageRequest request, CancellationToken cancellationToken = default) =>
            ResponsePromise.From<ConversationCompleteMessageResponse, RunEvent>(
                new ConversationCompleteMessageResponse { Id = "m1", Text = "Hi", Usage = new RunUsage { Token = 1 }, End = new RunEnd { Reason = EndReason.Stop } },
                new TokenEvent { Data = new TokenEventData(MessageType.Bot, "Hi") });
    }

    private sealed class FakeSessions : SessionClient
    {
        public override Task<SessionCreateResponse> CreateAsync(
            string conversationId, SessionCreateRequest? request = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new SessionCreateResponse { Id = conversationId, Token = $"token of {conversationId}", ExpiresAt = DateTimeOffset.UnixEpoch });
    }
}
