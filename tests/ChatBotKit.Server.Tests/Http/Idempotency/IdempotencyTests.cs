using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ChatBotKit.Server.Tests.Http;

public sealed class IdempotencyTests
{
    private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _calls;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RepeatedRequest_GetsTheFirstAnswerWithoutASecondEffect()
    {
        await using var server = await StartAsync();
        using var client = server.Client();

        using var first = await WorkAsync(client, "k1", """{"name":"a"}""");
        using var second = await WorkAsync(client, "k1", """{"name":"a"}""");

        Assert.Equal("a1", await IdAsync(first));
        Assert.Equal("a1", await IdAsync(second));
        Assert.Null(first.Header("Idempotent-Replayed"));
        Assert.Equal("true", second.Header("Idempotent-Replayed"));
        Assert.Equal(1, _calls);
    }

    [Theory]
    [InlineData("/v1/work", """{"name":"b"}""")]
    [InlineData("/v1/other", """{"name":"a"}""")]
    public async Task SameKey_ForAnotherRequest_Is409(string path, string body)
    {
        await using var server = await StartAsync();
        using var client = server.Client();
        using var first = await WorkAsync(client, "k1", """{"name":"a"}""");

        using var second = await WorkAsync(client, "k1", body, path);

        await first.AssertOkAsync();
        await second.AssertRefusedAsync("409 IDEMPOTENCY_KEY_REUSED");
        Assert.Equal(1, _calls);
    }

    [Fact]
    public async Task SameKey_OfAnotherCaller_IsAnotherKey()
    {
        await using var server = await StartAsync();
        var other = await server.CreateApiTokenAsync(await server.OwnerAccountIdAsync());

        using var first = await WorkAsync(server.Client(), "k1", """{"name":"a"}""");
        using var second = await WorkAsync(server.Client(other), "k1", """{"name":"a"}""");

        Assert.Equal("a2", await IdAsync(second));
    }

    [Fact]
    public async Task WithoutKey_EveryRequestRuns()
    {
        await using var server = await StartAsync();
        using var client = server.Client();

        using var first = await WorkAsync(client, key: null, """{"name":"a"}""");
        using var second = await WorkAsync(client, key: null, """{"name":"a"}""");

        Assert.Equal("a2", await IdAsync(second));
    }

    [Fact]
    public async Task SecondRequest_WhileTheFirstRuns_WaitsForItsAnswer()
    {
        await using var server = await StartAsync(slow: true);
        using var client = server.Client();

        var first = WorkAsync(client, "k1", """{"name":"a"}""");
        await _entered.Task.WaitAsync(Token);
        var second = WorkAsync(client, "k1", """{"name":"a"}""");
        _gate.SetResult();

        Assert.Equal("a1", await IdAsync(await first));
        Assert.Equal("a1", await IdAsync(await second));
        Assert.Equal(1, _calls);
    }

    [Fact]
    public async Task FailedRequest_MayBeTriedAgainWithItsKey()
    {
        await using var server = await StartAsync();
        using var client = server.Client();

        using var first = await WorkAsync(client, "k1", """{"name":"fail once"}""");
        using var second = await WorkAsync(client, "k1", """{"name":"fail once"}""");

        await first.AssertRefusedAsync("400 BAD_REQUEST");
        Assert.Equal("fail once2", await IdAsync(second));
    }

    [Fact]
    public async Task Key_StoredByAnotherProcessMeanwhile_IsReplayed()
    {
        await using var server = await StartAsync(slow: true);
        using var client = server.Client();

        var pending = WorkAsync(client, "k1", """{"name":"a"}""");
        await _entered.Task.WaitAsync(Token);
        await StoreAsIfElsewhereAsync(server);
        _gate.SetResult();

        using var answer = await pending;
        Assert.Equal("elsewhere", await IdAsync(answer));
        Assert.Equal("true", answer.Header("Idempotent-Replayed"));
    }

    [Fact]
    public async Task Run_IsReplayedByItsOwnReader()
    {
        await using var server = await StartAsync();
        using var client = server.Client();

        using var first = await WorkAsync(client, "k1", "{}", "/v1/run");
        using var second = await WorkAsync(client, "k1", "{}", "/v1/run");

        Assert.Equal("live", await first.TextAsync());
        Assert.Equal("log of run1", await second.TextAsync());
        Assert.Equal("true", second.Header("Idempotent-Replayed"));
    }

    [Fact]
    public async Task StoredAnswer_IsSentAsItsReplayWrites_WhereThereIsOne()
    {
        await using var server = await StartAsync();
        using var client = server.Client();

        using var first = await WorkAsync(client, "k1", """{"name":"a"}""", "/v1/rewritten");
        using var second = await WorkAsync(client, "k1", """{"name":"a"}""", "/v1/rewritten");

        Assert.Equal("a1", await IdAsync(first));
        Assert.Equal("""again: {"id":"a1"}""", await second.TextAsync());
        Assert.Equal(1, _calls);
    }

    [Fact]
    public async Task Handler_ThatTakesNoCallOrNoBody_CantBeMappedAsIdempotent()
    {
        foreach (var handler in (Delegate[])[(JsonBody<EmptyRequest> body) => body.Value.ToString(), (IdempotentCall call) => call.ToString()])
        {
            await using var app = WebApplication.CreateSlimBuilder().Build();
            app.MapPost("/work", handler).IsIdempotent();

            var refusal = Assert.Throws<InvalidOperationException>(
                () => ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).ToList());
            Assert.Contains("mapped as idempotent", refusal.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Handler_ThatTakesACall_MustBeMappedAsIdempotent() =>
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await IdempotentCall.BindAsync(new DefaultHttpContext()));

    [Theory]
    [InlineData("")]
    [InlineData("with space")]
    [InlineData("too long")]
    public async Task Key_ThatIsNoKey_Is400(string key)
    {
        await using var server = await StartAsync();

        using var answer = await WorkAsync(server.Client(), key == "too long" ? new string('k', 256) : key, "{}");

        await answer.AssertRefusedAsync("400 BAD_REQUEST: The header Idempotency-Key*");
        Assert.Equal(0, _calls);
    }

    private Task<ServerFactory> StartAsync(bool slow = false)
    {
        if (!slow)
            _gate.SetResult();
        return ServerFactory.StartAsync(app => app.MapApi(api =>
        {
            api.MapPost("/work", AnswerAsync).IsIdempotent();
            api.MapPost("/other", AnswerAsync).IsIdempotent();
            api.MapPost("/rewritten", AnswerAsync).IsIdempotent(
                (_, earlier) => Task.FromResult(Results.Text($"again: {System.Text.Encoding.UTF8.GetString(earlier.Response!)}")));
            api.MapPost("/run", RunAsync).IsIdempotent<IStore>((_, _, runId) => Task.FromResult(Results.Text($"log of {runId}")));
        }));
    }

    private async Task<JsonAnswer<IdResponse>> AnswerAsync(JsonBody<ConversationCreateRequest> body, IStore store, IdempotentCall call)
    {
        var response = new IdResponse { Id = $"{body.Value.Name}{Interlocked.Increment(ref _calls)}" };
        _entered.TrySetResult();
        await _gate.Task.WaitAsync(Token);
        if (response.Id == "fail once1")
            throw ApiException.BadRequest("not now");
        await store.CommitAsync(new WriteSet { Idempotency = call.Answered(response) });
        return JsonAnswer.Of(response);
    }

    private static async Task<IResult> RunAsync(JsonBody<EmptyRequest> body, IStore store, IdempotentCall call)
    {
        await store.CommitAsync(new WriteSet { Idempotency = call.AnsweredFrom("run1") });
        return Results.Text("live");
    }

    private static async Task StoreAsIfElsewhereAsync(ServerFactory server)
    {
        var body = System.Security.Cryptography.SHA256.HashData("""{"name":"a"}"""u8);
        var context = new DefaultHttpContext();
        (context.Request.Method, context.Request.Path) = ("POST", "/v1/work");
        context.Request.Headers["Idempotency-Key"] = "k1";
        var scope = (await server.FindTokenAsync(ServerFactory.OwnerSecret)).Id;
        var key = IdempotencyKey.From(context, scope, body)!;
        await server.Store.CommitAsync(new WriteSet
        {
            Idempotency = new()
            {
                Scope = key.Scope,
                Key = key.Key,
                RequestHash = key.RequestHash,
                Response = """{"id":"elsewhere"}"""u8.ToArray(),
                CreatedAt = 1,
            },
        });
    }

    private static Task<HttpResponseMessage> WorkAsync(HttpClient client, string? key, string body, string path = "/v1/work") =>
        client.SendAsync(HttpMethod.Post, path, body, key: key);

    private static async Task<string> IdAsync(HttpResponseMessage answer) => ApiJson.Id(await answer.ReadAsync());
}
