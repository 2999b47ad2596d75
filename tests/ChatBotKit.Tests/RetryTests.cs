using ChatBotKit.Testing;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Tests;

public sealed class RetryTests
{
    private const string Ok = """{"id":"c1","createdAt":1,"updatedAt":2}""";
    private const string Error = """{"message":"Later","code":"SOME_CODE"}""";

    private static readonly (string, string) Idempotent = ("Idempotency-Key-Supported", "true");
    private static readonly HttpRequestException Unreached = new(HttpRequestError.ConnectionError);
    private static readonly HttpRequestException Lost = new(HttpRequestError.ResponseEnded);

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task Get_WithTransientStatus_IsRepeated(int status)
    {
        var handler = new ScriptedHandler().Answer(Error, status).Answer(Ok);

        Assert.Equal("c1", (await GetAsync(handler)).Id);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(501)]
    public async Task Get_WithLastingStatus_IsNotRepeated(int status)
    {
        var handler = new ScriptedHandler().Answer(Error, status);

        var failure = await Assert.ThrowsAsync<ChatBotKitException>(() => GetAsync(handler));

        Assert.Equal("SOME_CODE", failure.Code);
        Assert.Equal(status, (int)failure.StatusCode!);
        Assert.False(failure.IsTransient);
    }

    [Theory]
    [InlineData(429, true)]
    [InlineData(503, true)]
    [InlineData(500, false)]
    [InlineData(502, false)]
    [InlineData(504, false)]
    public async Task Post_WithTransientStatus_IsRepeatedOnlyIfItWasNotHandled(int status, bool repeated)
    {
        var handler = new ScriptedHandler().Answer(Error, status).Answer(Ok);

        await PostAsync(handler, repeated);

        Assert.Equal(repeated ? 2 : 1, handler.Requests.Count);
    }

    [Fact]
    public async Task Post_ThatNeverReachedTheServer_IsRepeated() =>
        await PostAsync(new ScriptedHandler().Fail(Unreached).Answer(Ok), succeeds: true);

    [Fact]
    public async Task Post_WhoseAnswerWasLost_IsNotRepeated() =>
        await PostAsync(new ScriptedHandler().Fail(Lost).Answer(Ok), succeeds: false);

    [Fact]
    public async Task Post_WhenRetryUnsafePosts_IsRepeatedAlways()
    {
        var handler = new ScriptedHandler().Fail(Lost).Answer(Error, 500).Answer(Ok);
        var api = new ChatBotKitApi(Clients.Options(handler) with { RetryUnsafePosts = true });

        Assert.Equal("c1", (await api.Conversation.DeleteAsync("c1", Clients.Token)).Id);
    }

    [Fact]
    public async Task Post_ToAServerThatRecognisesKeys_IsRepeatedWithTheSameKey()
    {
        var handler = new ScriptedHandler().Answer(Error, 500, headers: Idempotent).Fail(Lost).Answer(Ok);

        await PostAsync(handler, succeeds: true);

        var key = Assert.Single(handler.Requests.Select(request => request.Headers["Idempotency-Key"]).Distinct());
        Assert.Matches("^[0-9a-f]{32}$", key);
    }

    [Fact]
    public async Task Post_AfterAnAnswerThatPromisedKeys_IsRepeated_WithAKeyOfItsOwn()
    {
        var handler = new ScriptedHandler().Answer(Ok, headers: Idempotent).Fail(Lost).Answer(Ok);
        var api = Clients.Api(handler);

        await api.Conversation.DeleteAsync("c1", Clients.Token);
        await api.Conversation.Message.DeleteAsync("c1", "m1", Clients.Token);

        Assert.Equal(2, handler.Requests.Select(request => request.Headers["Idempotency-Key"]).Distinct().Count());
    }

    [Fact]
    public async Task Call_ThatKeepsFailing_GivesUpAfterItsRetries()
    {
        var handler = new ScriptedHandler();
        for (var i = 0; i < 4; i++)
            handler.Answer("", 503);

        var failure = await Assert.ThrowsAsync<ChatBotKitException>(() => GetAsync(handler));

        Assert.Equal(4, handler.Requests.Count);
        Assert.True(failure.IsTransient);
        Assert.Equal(ErrorCodes.ServiceUnavailable, failure.Code);
    }

    [Fact]
    public async Task Body_LostOnTheWay_IsReadAgain()
    {
        var handler = new ScriptedHandler().Stream(ScriptedStream.Broken("""{"id":"c"""), type: "application/json").Answer(Ok);

        Assert.Equal("c1", (await GetAsync(handler)).Id);
    }

    [Theory]
    [InlineData("7")]
    [InlineData("Sat, 01 Jan 2000 00:00:07 GMT")]
    public async Task RetryAfter_IsWaitedFor(string value)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var handler = new ScriptedHandler().Answer(Error, 429, headers: ("Retry-After", value)).Answer(Ok);
        var api = new ChatBotKitApi(Clients.Options(handler) with { TimeProvider = clock });

        var call = api.Conversation.FetchAsync("c1", Clients.Token);
        clock.Advance(TimeSpan.FromSeconds(6.9));
        Assert.Single(handler.Requests);
        clock.Advance(TimeSpan.FromSeconds(0.2));

        Assert.Equal("c1", (await call).Id);
    }

    [Fact]
    public async Task RetryAfter_LongerThanAMinute_IsLeftToTheCaller()
    {
        var handler = new ScriptedHandler().Answer(Error, 429, headers: ("Retry-After", "3600"));

        var failure = await Assert.ThrowsAsync<ChatBotKitException>(() => GetAsync(handler));

        Assert.Equal(TimeSpan.FromHours(1), failure.RetryAfter);
        Assert.Single(handler.Requests);
    }

    [Fact]
    public async Task Timeout_WhileWaitingForHeaders_IsATransientFailure()
    {
        var clock = new FakeTimeProvider();
        var handler = new ScriptedHandler().Hang();
        var api = new ChatBotKitApi(Clients.Options(handler) with { TimeProvider = clock, Timeout = TimeSpan.FromSeconds(5), Retries = 0 });

        var call = api.Conversation.FetchAsync("c1", Clients.Token);
        clock.Advance(TimeSpan.FromSeconds(5.1));
        var failure = await Assert.ThrowsAsync<ChatBotKitException>(() => call);

        Assert.Equal(ErrorCodes.Timeout, failure.Code);
        Assert.True(failure.IsTransient);
    }

    [Fact]
    public async Task Stream_SilentForTooLong_IsALostConnection()
    {
        var clock = new FakeTimeProvider();
        var handler = new ScriptedHandler().Stream(ScriptedStream.Silent("""{"type":"token","data":{"type":"bot","token":"a"}}""" + "\n"));
        var api = new ChatBotKitApi(Clients.Options(handler) with { TimeProvider = clock, StreamIdleTimeout = TimeSpan.FromSeconds(30) });
        await using var events = api.Conversation.ReceiveAsync("c1", cancellationToken: Clients.Token).GetAsyncEnumerator(Clients.Token);
        Assert.True(await events.MoveNextAsync());

        var next = events.MoveNextAsync().AsTask();
        clock.Advance(TimeSpan.FromSeconds(29));
        Assert.False(next.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(2));

        var failure = await Assert.ThrowsAsync<ChatBotKitException>(() => next);
        Assert.Equal(ClientErrorCodes.ConnectionLost, failure.Code);
    }

    private static Task<ConversationItem> GetAsync(ScriptedHandler handler) =>
        Clients.Api(handler).Conversation.FetchAsync("c1", Clients.Token);

    private static async Task PostAsync(ScriptedHandler handler, bool succeeds)
    {
        var call = Clients.Api(handler).Conversation.DeleteAsync("c1", Clients.Token);
        if (succeeds)
            Assert.Equal("c1", (await call).Id);
        else
            Assert.True((await Assert.ThrowsAsync<ChatBotKitException>(() => call)).IsTransient);
    }
}
