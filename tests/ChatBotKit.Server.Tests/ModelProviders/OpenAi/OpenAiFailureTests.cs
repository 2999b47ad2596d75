using System.Net;
using System.Net.Sockets;
using ChatBotKit.Server.ModelProviders;
using ChatBotKit.Server.ModelProviders.OpenAi;
using ChatBotKit.TestModels;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Server.Tests.ModelProviders;

public sealed class OpenAiFailureTests : IAsyncLifetime
{
    private const string Key = "sk-very-secret";

    // Reached only by a failing test.
    private const int TestTimeout = 30_000;

    private readonly HttpClient _http = OpenAiConnection.Create();
    private readonly FakeTimeProvider _clock = new();
    private ScriptedModelServer _upstream = null!;

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _upstream = await ScriptedModelServer.StartAsync(CancellationToken);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _upstream.DisposeAsync();
    }

    [Theory]
    [InlineData(401, nameof(ModelFailure.Unauthorized), "refused the key (status 401); check OPENAI_API_KEY")]
    [InlineData(402, nameof(ModelFailure.Rejected), "check its account")]
    [InlineData(403, nameof(ModelFailure.Unauthorized), "status 403; check what OPENAI_API_KEY may use, and whether something in front")]
    [InlineData(405, nameof(ModelFailure.Rejected), "OPENAI_BASE_URL")]
    [InlineData(407, nameof(ModelFailure.Unauthorized), "HTTP_PROXY")]
    [InlineData(408, nameof(ModelFailure.Unavailable), "status 408")]
    [InlineData(409, nameof(ModelFailure.Unavailable), "status 409")]
    [InlineData(413, nameof(ModelFailure.Rejected), "CHATBOTKIT_PROMPT_IMAGE_BYTES")]
    [InlineData(429, nameof(ModelFailure.RateLimited), "the provider's words")]
    [InlineData(400, nameof(ModelFailure.Rejected), "the provider's words")]
    [InlineData(404, nameof(ModelFailure.Rejected), "check the model's name")]
    [InlineData(422, nameof(ModelFailure.Rejected), "the provider's words")]
    [InlineData(500, nameof(ModelFailure.Unavailable), "status 500")]
    [InlineData(503, nameof(ModelFailure.Unavailable), "status 503")]
    [InlineData(302, nameof(ModelFailure.Rejected), "OPENAI_BASE_URL")]
    public async Task Status_OfARefusal_BecomesAFailureThatSaysWhatToDo(int status, string failure, string says)
    {
        _upstream.Answer(script => script.Fail(status, $"the provider's words about {Key}"));

        var exception = await FailAsync();

        Assert.Equal(failure, exception.Failure.ToString());
        Assert.StartsWith("The model provider openai", exception.Message, StringComparison.Ordinal);
        Assert.Contains(says, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RateLimit_RetryAfterInSeconds_IsPassedOn()
    {
        _upstream.Answer(script => script.Fail(429, "slow down", retryAfter: "7"));

        Assert.Equal(TimeSpan.FromSeconds(7), (await FailAsync()).RetryAfter);
    }

    [Fact]
    public async Task RateLimit_RetryAfterAsDate_IsCountedFromNow()
    {
        _clock.SetUtcNow(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
        _upstream.Answer(script => script.Fail(429, "slow down", retryAfter: "Tue, 01 Jan 2030 00:00:30 GMT"));

        Assert.Equal(TimeSpan.FromSeconds(30), (await FailAsync()).RetryAfter);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[1]")]
    [InlineData("<html></html>")]
    public async Task ErrorBody_ThatIsNoErrorObject_LeavesTheStatusToSpeak(string body)
    {
        _upstream.Answer(script => script.Whole(500, body));

        var exception = await FailAsync();

        Assert.Equal(ModelFailure.Unavailable, exception.Failure);
        Assert.EndsWith("try again later.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ErrorBody_ThatIsHuge_IsQuotedInPart()
    {
        _upstream.Answer(script => script.Whole(400, new string('a', 200_000)));

        Assert.Equal(500, (await FailAsync()).Message.Count(character => character == 'a') - "The model provider openai (127.0.0.1) did not accept the request".Count(character => character == 'a'));
    }

    [Fact]
    public async Task Quota_UsedUp_IsARefusalForGood()
    {
        _upstream.Answer(script => script.Fail(429, "You exceeded your current quota", "insufficient_quota"));

        Assert.Equal(ModelFailure.Rejected, (await FailAsync()).Failure);
    }

    [Theory]
    [InlineData("0.5", 500)]
    [InlineData("-3", null)]
    [InlineData("soon", null)]
    public async Task RateLimit_RetryAfterOfAnotherForm_IsReadWhereItCanBe(string header, int? milliseconds)
    {
        _upstream.Answer(script => script.Fail(429, "slow down", retryAfter: header));

        Assert.Equal(milliseconds, (int?)(await FailAsync()).RetryAfter?.TotalMilliseconds);
    }

    [Theory]
    [InlineData("This model's maximum context length is 4096 tokens", "error")]
    [InlineData("too much", "context_length_exceeded")]
    public async Task Conversation_TooLong_SaysWhatToDo(string message, string code)
    {
        _upstream.Answer(script => script.Fail(400, message, code));

        var failure = await FailAsync();

        Assert.Contains("interactionMaxMessages", failure.Message, StringComparison.Ordinal);
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("429", nameof(ModelFailure.RateLimited))]
    [InlineData("rate_limit_exceeded", nameof(ModelFailure.RateLimited))]
    [InlineData("context_length_exceeded", nameof(ModelFailure.Rejected))]
    [InlineData("server_error", nameof(ModelFailure.Unavailable))]
    public async Task ErrorInStream_AfterText_DeliversTheTextFirst(string code, string failure)
    {
        _upstream.Answer(script => script.Text("Hel").ErrorInStream("sorry", code));
        var (events, exception) = await ReadUntilFailureAsync();

        Assert.Equal("Hel", Assert.Single(events).Text);
        Assert.Equal(failure, exception.Failure.ToString());
        Assert.Contains("sorry", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("data: {\"choices\":\n\n")]
    [InlineData("data: 7\n\n")]
    public async Task Garbage_AfterText_IsBrokenAfterTheText(string garbage)
    {
        _upstream.Answer(script => script.Text("Hel").Raw(garbage).EndHere());
        var (events, exception) = await ReadUntilFailureAsync();

        Assert.Equal("Hel", Assert.Single(events).Text);
        Assert.Equal(ModelFailure.Broken, exception.Failure);
    }

    [Fact]
    public async Task Page_InPlaceOfAnAnswer_PointsAtTheAddress()
    {
        _upstream.Answer(script => script.Whole(200, "<html>Welcome</html>", "text/html"));

        var exception = await FailAsync();

        Assert.Equal(ModelFailure.Broken, exception.Failure);
        Assert.Contains("OPENAI_BASE_URL", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task JsonObject_WithoutAnAnswer_IsBroken()
    {
        _upstream.Answer(script => script.Whole(200, "{}"));

        Assert.Equal(ModelFailure.Broken, (await FailAsync()).Failure);
    }

    [Fact]
    public async Task ToolCall_WithoutName_IsBroken()
    {
        _upstream.Answer(script => script.ToolCallFragment(0, id: "a"));

        Assert.Equal(ModelFailure.Broken, (await FailAsync()).Failure);
    }

    [Fact]
    public async Task Stream_EndedWithoutFinishReason_IsBroken()
    {
        _upstream.Answer(script => script.Text("Hel").EndHere());

        Assert.Equal(ModelFailure.Broken, (await FailAsync()).Failure);
    }

    [Fact]
    public async Task Connection_CutInMidStream_IsBroken()
    {
        var gate = new TaskCompletionSource();
        _upstream.Answer(script => script.Text("Hel").WaitFor(gate.Task).Abort());
        var (events, exception) = await ReadUntilFailureAsync(gate.SetResult);

        Assert.Equal("Hel", Assert.Single(events).Text);
        Assert.Equal(ModelFailure.Broken, exception.Failure);
    }

    [Fact]
    public async Task Connection_Refused_IsUnavailable()
    {
        var provider = Provider(new Uri($"http://127.0.0.1:{ClosedPort()}/v1"));

        var exception = await Assert.ThrowsAsync<ModelProviderException>(
            () => ModelAnswer.ReadAsync(provider, ModelRequests.Hello()));

        Assert.Equal(ModelFailure.Unavailable, exception.Failure);
        Assert.Contains("OPENAI_BASE_URL", exception.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = TestTimeout)]
    public async Task Silence_BeforeTheFirstByte_IsSilent()
    {
        _upstream.Answer(script => script.Silence());
        var failing = FailAsync();
        await _upstream.NextRequestAsync(CancellationToken);

        _clock.Advance(TimeSpan.FromSeconds(60));

        var failure = await failing;
        Assert.Equal(ModelFailure.Silent, failure.Failure);
        Assert.Contains("60 seconds; OPENAI_FIRST_BYTE_SECONDS", failure.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = TestTimeout)]
    public async Task Silence_InMidStream_IsSilentAfterItsOwnLimit()
    {
        _upstream.Answer(script => script.Text("Hel").Silence());
        await using var events = Provider(_upstream.BaseUrl).StreamAsync(ModelRequests.Hello(), CancellationToken)
            .GetAsyncEnumerator(CancellationToken);
        Assert.True(await events.MoveNextAsync());
        var next = events.MoveNextAsync().AsTask();

        _clock.Advance(TimeSpan.FromSeconds(119));
        Assert.False(next.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(1));

        var exception = await Assert.ThrowsAsync<ModelProviderException>(() => next);
        Assert.Equal(ModelFailure.Silent, exception.Failure);
        Assert.Contains("120 seconds; OPENAI_SILENCE_SECONDS", exception.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = TestTimeout)]
    public async Task Silence_AfterTheFinishReason_EndsTheAnswerSoon()
    {
        _upstream.Answer(script => script.Text("Hi").Finish("stop").Text("!").Silence());
        await using var events = Provider(_upstream.BaseUrl).StreamAsync(ModelRequests.Hello(), CancellationToken)
            .GetAsyncEnumerator(CancellationToken);
        Assert.True(await events.MoveNextAsync());
        Assert.True(await events.MoveNextAsync());
        var next = events.MoveNextAsync().AsTask();

        _clock.Advance(TimeSpan.FromSeconds(5));

        Assert.True(await next);
        Assert.Equal(ModelEventKind.End, events.Current.Kind);
    }

    [Fact(Timeout = TestTimeout)]
    public async Task Cancellation_ByTheCaller_StopsTheProviderAndIsNoFailure()
    {
        _upstream.Answer(script => script.Text("Hel").Silence());
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(CancellationToken);
        await using var events = Provider(_upstream.BaseUrl).StreamAsync(ModelRequests.Hello(), stop.Token)
            .GetAsyncEnumerator(CancellationToken);
        Assert.True(await events.MoveNextAsync());
        var next = events.MoveNextAsync().AsTask();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
        await Assert.Single(_upstream.Requests).WaitForDisconnectAsync(CancellationToken);
    }

    [Theory(Timeout = TestTimeout)]
    [InlineData("data: {\"choices\":[{\"delta\":{\"content\":\"", "x")]
    [InlineData("", "data: x\n")]
    [InlineData("", ": x\n\n")]
    public async Task Event_WithoutAnEnd_IsBrokenAtTheLimit(string start, string piece)
    {
        var more = string.Concat(Enumerable.Repeat(piece, 1000));
        var gate = new TaskCompletionSource();
        _upstream.Answer(script => script.Text("Hel").WaitFor(gate.Task).Raw(start + more).Silence());

        var (events, exception) = await ReadUntilFailureAsync(gate.SetResult, options => options with { MaxEventBytes = 900 });

        Assert.Equal("Hel", Assert.Single(events).Text);
        Assert.Equal(ModelFailure.Broken, exception.Failure);
        Assert.Contains("900 bytes", exception.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = TestTimeout)]
    public async Task Answer_WithoutAnEnd_IsBrokenAtTheLimit()
    {
        _upstream.Answer(script => script.Text(Enumerable.Repeat("Hello", 2000)).Silence());

        var (events, exception) = await ReadUntilFailureAsync(change: options => options with { MaxAnswerBytes = 20_000 });

        Assert.InRange(events.Count, 1, 2000 - 1);
        Assert.Contains("20000 bytes", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(480)]
    [InlineData(495)]
    [InlineData(499)]
    public async Task Key_InALongMessage_IsNotCutIntoAPartOfIt(int before)
    {
        _upstream.Answer(script => script.Fail(400, new string('x', before) + Key));

        Assert.DoesNotContain(Key[..1], (await FailAsync()).Message[^25..], StringComparison.Ordinal);
    }

    [Fact]
    public void Options_AsText_DoNotShowTheKey() =>
        Assert.DoesNotContain(Key, new OpenAiOptions { ApiKey = Key }.ToString(), StringComparison.Ordinal);

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private OpenAiProvider Provider(Uri baseUrl, Func<OpenAiOptions, OpenAiOptions>? change = null)
    {
        var options = new OpenAiOptions { ApiKey = Key, BaseUrl = baseUrl };
        return new(change?.Invoke(options) ?? options, _http, _clock);
    }

    private Task<ModelProviderException> FailAsync() => Assert.ThrowsAsync<ModelProviderException>(
        () => ModelAnswer.ReadAsync(Provider(_upstream.BaseUrl), ModelRequests.Hello()));

    private async Task<(List<ModelEvent> Events, ModelProviderException Exception)> ReadUntilFailureAsync(
        Action? onEvent = null, Func<OpenAiOptions, OpenAiOptions>? change = null)
    {
        var events = new List<ModelEvent>();
        var exception = await Assert.ThrowsAsync<ModelProviderException>(async () =>
        {
            await foreach (var modelEvent in Provider(_upstream.BaseUrl, change).StreamAsync(ModelRequests.Hello(), CancellationToken))
            {
                events.Add(modelEvent);
                onEvent?.Invoke();
            }
        });
        return (events, exception);
    }
}
