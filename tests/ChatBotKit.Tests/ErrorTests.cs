using System.Net;
using ChatBotKit.Testing;

namespace ChatBotKit.Tests;

public sealed class ErrorTests
{
    [Theory]
    [InlineData(413, "", ErrorCodes.ContentTooLarge)]
    [InlineData(500, "", ErrorCodes.InternalServerError)]
    [InlineData(304, "", ErrorCodes.NotModified)]
    [InlineData(404, "<html><body>nginx</body></html>", ErrorCodes.NotFound)]
    [InlineData(418, "{\"detail\":1}", ErrorCodes.GenericError)]
    [InlineData(429, "{\"message\":\"Limits reached\",\"code\":\"LIMITS_REACHED\"}", ErrorCodes.LimitsReached)]
    [InlineData(400, "{\"message\":\"\\\"text\\\" is required\"}", ErrorCodes.BadRequest)]
    [InlineData(400, "[1]", ErrorCodes.BadRequest)]
    public async Task Answer_WithBadStatus_BecomesAnException(int status, string body, string code)
    {
        var handler = new ScriptedHandler().Answer(body, status, headers: ("X-Request-Id", "req-1"));

        var failure = await FailAsync(handler);

        Assert.Equal(code, failure.Code);
        Assert.Equal((HttpStatusCode)status, failure.StatusCode);
        Assert.Equal("req-1", failure.RequestId);
        Assert.Equal("/api/v1/conversation/c1/fetch", failure.RequestUri!.AbsolutePath);
        Assert.Equal(body.Length == 0 ? null : body, failure.ResponseBody);
        Assert.NotEmpty(failure.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("<html></html>")]
    [InlineData("{\"id\":")]
    [InlineData("{\"id\":7,\"createdAt\":1,\"updatedAt\":2}")]
    public async Task Answer_ThatIsNone_BecomesAnException(string body) =>
        Assert.Equal(ClientErrorCodes.InvalidResponse, (await FailAsync(new ScriptedHandler().Answer(body))).Code);

    [Fact]
    public async Task Answer_WithGoodStatusAndAnErrorInside_BecomesAnException()
    {
        var failure = await FailAsync(new ScriptedHandler().Answer("""{"message":"Something went wrong","code":"GENERIC_ERROR"}"""));

        Assert.Equal(ErrorCodes.GenericError, failure.Code);
        Assert.StartsWith("Something went wrong. Address: ", failure.Message, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, failure.StatusCode);
    }

    [Theory]
    [InlineData(404, """{"message":"Not found","code":"NOT_FOUND"}""", "Not found. Address: http://localhost:8080/api/v1/conversation/list")]
    [InlineData(404, """{"message":"Not found.","code":"NOT_FOUND"}""", "Not found. Address: http://localhost:8080/api/v1/conversation/list")]
    [InlineData(200, "<html></html>", "The server sent an answer that is not a valid answer of this API. It has status 200. Address: http://localhost:8080/api/v1/conversation/list")]
    [InlineData(200, """{"message":"Broke","code":"GENERIC_ERROR"}""", "Broke. Address: http://localhost:8080/api/v1/conversation/list")]
    public async Task Message_OfAFailure_EndsWithTheAddress(int status, string body, string message)
    {
        var handler = new ScriptedHandler().Answer(body, status);
        var options = Clients.Options(handler) with { BaseUrl = new Uri("http://user:hidden@localhost:8080"), Retries = 0 };

        var failure = await Assert.ThrowsAsync<ChatBotKitException>(async () => await new ChatBotKitApi(options).Conversation.ListAsync(
            new ConversationListRequest { BotId = "hidden" }, Clients.Token));

        Assert.Equal(message, failure.Message);
        Assert.DoesNotContain("hidden", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Message_OfAServerThatIsNotThere_NamesTheAddress()
    {
        using var http = new HttpClient(new RefusingHandler());
        var options = new ChatBotKitClientOptions { HttpClient = http, Retries = 0, Secret = Clients.Secret };

        var failure = await Assert.ThrowsAsync<ChatBotKitException>(() => new ChatBotKitApi(options).Conversation.FetchAsync("c1", Clients.Token));

        Assert.Equal(ClientErrorCodes.ConnectionFailed, failure.Code);
        Assert.EndsWith("Address: https://api.chatbotkit.com/v1/conversation/c1/fetch", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Message_WithoutAnAddress_StaysAsItIs() =>
        Assert.Equal("Gone", new ChatBotKitException("Gone", ErrorCodes.NotFound).Message);

    [Fact]
    public async Task Answer_WithFieldsNamedLikeAnError_IsAnAnswer()
    {
        var handler = new ScriptedHandler().Answer("""{"id":"x1","message":"fine","code":"OK"}""");

        var answer = await Clients.Api(handler).Conversation.DeleteAsync("c1", Clients.Token);

        Assert.Equal("fine", answer.AdditionalProperties!["message"].GetString());
    }

    [Fact]
    public async Task Body_OfAnError_IsBounded()
    {
        var failure = await FailAsync(new ScriptedHandler().Answer(new string('x', 1_000_000), 400));

        Assert.Equal(256 * 1024, failure.ResponseBody!.Length);
    }

    [Fact]
    public async Task Body_WithManyFaults_IsKeptAsAWhole()
    {
        const string Issue = """{"error":"bot","message":"The field that has a name of this length is not valid"}""";
        var body = $$$"""{"message":"Nothing was imported","code":"BAD_REQUEST","details":{"issues":[{{{string.Join(',', Enumerable.Repeat(Issue, 1_000))}}}]}}""";

        var failure = await FailAsync(new ScriptedHandler().Answer(body, 400));

        Assert.Equal(body, failure.ResponseBody);
    }

    [Fact]
    public async Task Secret_IsNeverShown()
    {
        var handler = new ScriptedHandler().Answer($$"""{"message":"Unknown token {{Clients.Secret}}","code":"NOT_AUTHENTICATED"}""", 401);
        var options = Clients.Options(handler);
        var client = new ConversationClient(options);

        var failure = await Assert.ThrowsAsync<ChatBotKitException>(() => client.FetchAsync("c1", Clients.Token));

        foreach (var text in new[] { options.ToString(), client.ToString()!, failure.ToString(), failure.ResponseBody! })
            Assert.DoesNotContain(Clients.Secret, text, StringComparison.Ordinal);
        Assert.Equal(Clients.Secret, client.Secret);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(".")]
    [InlineData("..")]
    public void Id_ThatWouldChangeTheRoute_IsRefused(string id)
    {
        var api = Clients.Api(new ScriptedHandler());

        Assert.Throws<ArgumentException>(() => { _ = api.Conversation.FetchAsync(id, Clients.Token); });
        Assert.Throws<ArgumentException>(() => { _ = api.Conversation.Message.FetchAsync("c1", id, Clients.Token); });
    }

    private static Task<ChatBotKitException> FailAsync(ScriptedHandler handler) => Assert.ThrowsAsync<ChatBotKitException>(
        () => new ConversationClient(Clients.Options(handler) with { Retries = 0 }).FetchAsync("c1", Clients.Token));

    private sealed class RefusingHandler : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new HttpRequestException(HttpRequestError.ConnectionError, "Nobody is there.");
    }
}
