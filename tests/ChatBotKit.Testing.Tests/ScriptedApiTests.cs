namespace ChatBotKit.Testing.Tests;

public sealed class ScriptedApiTests : IDisposable
{
    private readonly ScriptedApi _script = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ConversationClient Conversations => _script.CreateClient().Conversation;

    public void Dispose() => _script.Dispose();

    [Fact]
    public async Task Route_WithARecord_AnswersEveryTime()
    {
        _script.On("POST /api/v1/conversation/create", new ConversationCreateResponse { Id = "c1" });

        Assert.Equal("c1", (await Conversations.CreateAsync(new ConversationCreateRequest { Name = "A" }, Token)).Id);
        Assert.Equal("c1", (await Conversations.CreateAsync(cancellationToken: Token)).Id);

        var sent = _script.RequestsOf("POST /api/v1/conversation/create");
        Assert.Equal(["A", null], sent.Select(request => request.ReadBody<ConversationCreateRequest>().Name));
        Assert.Equal("A", sent[0].Json!["name"]!.GetValue<string>());
        Assert.Equal("Bearer sk-test", sent[0].Headers["authorization"]);
    }

    [Fact]
    public async Task Route_WithBraces_StandsForAnyId()
    {
        _script
            .On("POST /api/v1/conversation/{id}/delete", request => ScriptedAnswer.Of(new IdResponse { Id = request.Url.Segments[4].Trim('/') }))
            .On("POST /api/v1/conversation/c2/delete", ScriptedAnswer.OfError(404, ErrorCodes.NotFound, "Gone"));

        Assert.Equal("c1", (await Conversations.DeleteAsync("c1", Token)).Id);
        var failure = await Assert.ThrowsAsync<ChatBotKitException>(() => Conversations.DeleteAsync("c2", Token));

        Assert.Equal(ErrorCodes.NotFound, failure.Code);
        Assert.StartsWith("Gone", failure.Message, StringComparison.Ordinal);
        Assert.Equal(2, _script.RequestsOf("POST /api/v1/conversation/{id}/delete").Count);
    }

    [Fact]
    public async Task Route_WithSeveralAnswers_GivesThemInTurnAndStaysAtTheLast()
    {
        _script.On("GET /api/v1/conversation/{id}/fetch", ScriptedAnswer.OfError(503, ErrorCodes.ServiceUnavailable), Fetched("a"), Fetched("b"));

        // The SDK retries the refused request.
        Assert.Equal("a", (await Conversations.FetchAsync("c1", Token)).Name);
        Assert.Equal("b", (await Conversations.FetchAsync("c1", Token)).Name);
        Assert.Equal("b", (await Conversations.FetchAsync("c1", Token)).Name);
    }

    [Fact]
    public async Task List_IsAPageOrAStream()
    {
        _script.On("GET /api/v1/conversation/list", ScriptedAnswer.OfList(Item("c1"), Item("c2")));

        var page = await Conversations.ListAsync(cancellationToken: Token);
        var all = await Conversations.ListAsync(cancellationToken: Token).ToListAsync(Token);

        Assert.Equal(["c1", "c2"], page.Items.Select(item => item.Id));
        Assert.Equal(["c1", "c2"], all.Select(item => item.Id));
    }

    [Fact]
    public async Task Run_IsAnAnswerOrAStream()
    {
        _script.On("POST /api/v1/conversation/{id}/complete", ScriptedAnswer.OfRun(ScriptedRun.Saying("We open at nine.")));
        var request = new ConversationCompleteMessageRequest { Text = "When?" };

        var answer = await Conversations.CompleteAsync("c1", request, Token);
        var events = await Conversations.CompleteAsync("c1", request, Token).ToListAsync(Token);

        Assert.Equal(("We open at nine.", EndReason.Stop), (answer.Text, answer.End.Reason));
        Assert.Equal(["We ", "open ", "at ", "nine."], events.OfType<TokenEvent>().Select(token => token.Token));
    }

    [Fact]
    public async Task Request_ThatNobodyScripted_SaysWhatThereIs()
    {
        _script.On("POST /api/v1/conversation/create", new ConversationCreateResponse { Id = "c1" });

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => Conversations.FetchAsync("c1", Token));

        Assert.Equal(
            "No answer is scripted for GET /api/v1/conversation/c1/fetch. Scripted: POST /api/v1/conversation/create.", failure.Message);
        Assert.Single(_script.Requests);
    }

    [Theory]
    [InlineData("/api/v1/bot/create")]
    [InlineData("POST")]
    [InlineData("POST api/v1/bot/create")]
    [InlineData("")]
    public void Route_WithoutVerbOrPath_IsRefused(string route) =>
        Assert.Throws<ArgumentException>(() => _script.On(route, new IdResponse { Id = "x" }));

    [Fact]
    public void Record_ThatIsNoneOfTheApi_IsRefused() =>
        Assert.Throws<NotSupportedException>(() => _script.On("GET /x", new { Id = 1 }));

    private static ScriptedAnswer Fetched(string name) => ScriptedAnswer.Of(Item("c1") with { Name = name });

    private static ConversationItem Item(string id) =>
        new() { Id = id, CreatedAt = DateTimeOffset.UnixEpoch, UpdatedAt = DateTimeOffset.UnixEpoch };
}
