using System.Net.Sockets;
using System.Security.Authentication;
using ChatBotKit.Testing;

namespace ChatBotKit.Tests.Http;

/// <summary>The promises of docs/errors.md about <c>Code</c> and <c>IsTransient</c>, for every kind of failure.</summary>
public sealed class TransientTests
{
    private const string Item = """{"id":"x","createdAt":1790000000000,"updatedAt":1790000000000}""";

    public static TheoryData<string, string, bool> Causes => new()
    {
        { "refused", ClientErrorCodes.ConnectionFailed, true },
        { "no such name", ClientErrorCodes.ConnectionFailed, true },
        { "broken handshake", ClientErrorCodes.ConnectionFailed, true },
        { "bad certificate", ClientErrorCodes.ConnectionFailed, false },
        { "bare bad certificate", ClientErrorCodes.ConnectionFailed, false },
        { "proxy that forbids", ClientErrorCodes.ConnectionFailed, false },
        { "proxy that is busy", ClientErrorCodes.ConnectionFailed, true },
        { "proxy with a password", ClientErrorCodes.ConnectionFailed, false },
        { "too many headers", ClientErrorCodes.InvalidResponse, false },
        { "no HTTP", ClientErrorCodes.InvalidResponse, false },
        { "bad gzip", ClientErrorCodes.InvalidResponse, false },
        { "stream reset", ClientErrorCodes.ConnectionLost, true },
        { "cut answer", ClientErrorCodes.ConnectionLost, true },
        { "broken pipe", ClientErrorCodes.ConnectionLost, true },
        { "reset socket", ClientErrorCodes.ConnectionLost, true },
    };

    private static Dictionary<string, Exception> Exceptions { get; } = new()
    {
        ["refused"] = new HttpRequestException(HttpRequestError.ConnectionError, inner: new SocketException()),
        ["no such name"] = new HttpRequestException(HttpRequestError.NameResolutionError),
        ["broken handshake"] = new HttpRequestException(HttpRequestError.SecureConnectionError, inner: new IOException()),
        ["bad certificate"] = new HttpRequestException(HttpRequestError.SecureConnectionError, inner: new AuthenticationException("untrusted")),
        ["bare bad certificate"] = new AuthenticationException("untrusted"),
        ["proxy that forbids"] = new HttpRequestException(HttpRequestError.ProxyTunnelError, statusCode: System.Net.HttpStatusCode.Forbidden),
        ["proxy that is busy"] = new HttpRequestException(HttpRequestError.ProxyTunnelError, statusCode: System.Net.HttpStatusCode.ServiceUnavailable),
        ["proxy with a password"] = new HttpRequestException(HttpRequestError.UserAuthenticationError),
        ["too many headers"] = new HttpRequestException(HttpRequestError.ConfigurationLimitExceeded),
        ["no HTTP"] = new HttpRequestException(HttpRequestError.InvalidResponse),
        ["bad gzip"] = new InvalidDataException(),
        ["stream reset"] = new HttpRequestException(HttpRequestError.HttpProtocolError),
        ["cut answer"] = new HttpRequestException(HttpRequestError.ResponseEnded),
        ["broken pipe"] = new IOException(),
        ["reset socket"] = new SocketException(),
    };

    [Theory]
    [MemberData(nameof(Causes))]
    public async Task Exception_BecomesTheOneOfACall(string cause, string code, bool isTransient)
    {
        var failure = await Assert.ThrowsAsync<ChatBotKitException>(() => FetchAsync(new ScriptedHandler().Fail(Exceptions[cause]), retries: 0));

        Assert.Equal((code, isTransient), (failure.Code, failure.IsTransient));
        Assert.Same(Exceptions[cause], failure.InnerException);
    }

    [Theory]
    [InlineData(408, ErrorCodes.Timeout)]
    [InlineData(425, ErrorCodes.ServiceUnavailable)]
    [InlineData(520, ErrorCodes.BadGateway)]
    [InlineData(521, ErrorCodes.ServiceUnavailable)]
    [InlineData(522, ErrorCodes.GatewayTimeout)]
    [InlineData(523, ErrorCodes.ServiceUnavailable)]
    [InlineData(524, ErrorCodes.GatewayTimeout)]
    [InlineData(529, ErrorCodes.ServiceUnavailable)]
    [InlineData(530, ErrorCodes.ServiceUnavailable)]
    [InlineData(598, ErrorCodes.GatewayTimeout)]
    public async Task Status_OfSomethingThatPasses_IsRepeated(int status, string code)
    {
        Assert.Equal("x", (await FetchAsync(new ScriptedHandler().Answer("<html>", status, "text/html").Answer(Item))).Id);
        var failure = await Assert.ThrowsAsync<ChatBotKitException>(
            () => FetchAsync(new ScriptedHandler().Answer("<html>", status, "text/html"), retries: 0));

        Assert.Equal((code, true), (failure.Code, failure.IsTransient));
    }

    [Theory]
    [InlineData(101, ClientErrorCodes.InvalidResponse)]
    [InlineData(407, ClientErrorCodes.ConnectionFailed)]
    [InlineData(413, ErrorCodes.ContentTooLarge)]
    [InlineData(501, ErrorCodes.NotImplemented)]
    [InlineData(505, ErrorCodes.GenericError)]
    [InlineData(511, ClientErrorCodes.InvalidResponse)]
    [InlineData(526, ErrorCodes.BadGateway)]
    public async Task Status_OfSomethingThatStays_IsNotRepeated(int status, string code)
    {
        var failure = await Assert.ThrowsAsync<ChatBotKitException>(() => FetchAsync(new ScriptedHandler().Answer("", status)));

        Assert.Equal((code, false), (failure.Code, failure.IsTransient));
    }

    [Theory]
    [InlineData(429, ErrorCodes.SessionMessageLimit)]
    [InlineData(429, ErrorCodes.SessionTokenLimit)]
    [InlineData(502, ErrorCodes.UnprocessableEntity)]
    public async Task Code_OfAFailureForGood_CountsMoreThanItsStatus(int status, string code)
    {
        var failure = await Assert.ThrowsAsync<ChatBotKitException>(
            () => FetchAsync(new ScriptedHandler().Answer($$"""{"message":"No more","code":"{{code}}"}""", status)));

        Assert.Equal((code, false), (failure.Code, failure.IsTransient));
    }

    [Fact]
    public async Task Post_WithAStatusOfAProxy_IsRepeated_WhereTheServerRecognisesIt()
    {
        var handler = new ScriptedHandler().Answer(Item, headers: ("Idempotency-Key-Supported", "true")).Answer("<html>", 522, "text/html").Answer("""{"id":"m1"}""");
        var api = Clients.Api(handler);

        await api.Conversation.FetchAsync("c1", Clients.Token);

        Assert.Equal("m1", (await api.Conversation.Message.DeleteAsync("c1", "m1", Clients.Token)).Id);
    }

    [Theory]
    [InlineData("""{"\ud800":1,"id":"x"}""")]
    [InlineData("""{"id":"\ud800","createdAt":1,"updatedAt":2}""")]
    [InlineData("""{"id":"x","createdAt":99999999999999999999,"updatedAt":2}""")]
    public async Task Answer_ThatNoRecordCanHold_IsAnInvalidOne(string body)
    {
        var failure = await Assert.ThrowsAsync<ChatBotKitException>(() => FetchAsync(new ScriptedHandler().Answer(body)));

        Assert.Equal((ClientErrorCodes.InvalidResponse, false), (failure.Code, failure.IsTransient));
    }

    [Fact]
    public async Task Answer_WithNothingInIt_SaysSo()
    {
        var failure = await Assert.ThrowsAsync<ChatBotKitException>(() => FetchAsync(new ScriptedHandler().Answer("", 204)));

        Assert.Equal(ClientErrorCodes.InvalidResponse, failure.Code);
        Assert.Contains("204", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Address_ThatIsNotThere_IsNamed()
    {
        var failure = await Assert.ThrowsAsync<ChatBotKitException>(() => FetchAsync(new ScriptedHandler().Fail(Exceptions["refused"]), retries: 0));

        Assert.Contains("http://localhost:8080", failure.Message, StringComparison.Ordinal);
    }

    private static Task<ConversationItem> FetchAsync(ScriptedHandler handler, int retries = 2) =>
        new ConversationClient(Clients.Options(handler) with { Retries = retries }).FetchAsync("c1", Clients.Token);
}
