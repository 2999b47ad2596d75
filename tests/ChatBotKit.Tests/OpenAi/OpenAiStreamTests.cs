using System.IO.Pipelines;
using System.Text;
using System.Text.Json.Nodes;
using ChatBotKit.Testing;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Tests;

public sealed class OpenAiStreamTests
{
    private const string Start = "data: {\"n\":\"Grüß 👋\"}\n\ndata: {\"n\":2,\"error\":null}\n\n";
    private const string Done = "data: [DONE]\n\n";

    [Fact]
    public async Task Stream_SplitAnywhere_GivesTheSameChunks()
    {
        var bytes = Encoding.UTF8.GetBytes(Start + Done);
        for (var split = 1; split < bytes.Length; split++)
        {
            var body = new ScriptedStream([bytes.AsMemory(0, split), bytes.AsMemory(split)]);
            Assert.Equal("Grüß 👋|2", await ReadAsync(body, []));
            Assert.True(body.IsDisposed);
        }
    }

    [Fact]
    public async Task Stream_BehindItsEnd_IsNotRead() =>
        Assert.Equal("Grüß 👋|2", await ReadAsync(Body(Start + Done + "data: nonsense\n\n"), []));

    [Theory]
    [InlineData("data: nonsense\n\n", ClientErrorCodes.InvalidResponse)]
    [InlineData("data: [1]\n\n", ClientErrorCodes.InvalidResponse)]
    [InlineData("", ClientErrorCodes.ConnectionLost)]
    [InlineData("data: {\"error\":{\"message\":\"Too much\",\"type\":\"x\",\"code\":\"insufficient_quota\"}}\n\n", "insufficient_quota")]
    [InlineData("data: {\"error\":\"Too much\"}\n\n", ErrorCodes.GenericError)]
    public async Task Stream_ThatGoesWrong_DeliversTheChunksBefore(string rest, string code)
    {
        var chunks = new List<JsonObject>();

        var failure = await Assert.ThrowsAsync<ChatBotKitException>(() => ReadAsync(Body(Start + rest), chunks));

        Assert.Equal(code, failure.Code);
        Assert.Equal(2, chunks.Count);
    }

    [Fact]
    public async Task Stream_WhoseConnectionBreaks_IsAFailedCall()
    {
        var failure = await Assert.ThrowsAsync<ChatBotKitException>(() => ReadAsync(ScriptedStream.Broken(Start), []));

        Assert.Equal(ClientErrorCodes.ConnectionLost, failure.Code);
    }

    [Fact]
    public async Task Stream_WithSignsOfLifeOnly_IsNotSilent()
    {
        var clock = new FakeTimeProvider();
        var pipe = new Pipe(new PipeOptions(readerScheduler: PipeScheduler.Inline, writerScheduler: PipeScheduler.Inline, useSynchronizationContext: false));
        var reading = Api(pipe.Reader.AsStream(), clock).OpenAi.Chat.CompletionsAsync(new JsonObject(), Clients.Token).ToListAsync();

        for (var seconds = 0; seconds < 100; seconds += 20)
        {
            clock.Advance(TimeSpan.FromSeconds(20));
            await pipe.Writer.WriteAsync(Encoding.UTF8.GetBytes(": still here\n\n"), Clients.Token);
        }

        await pipe.Writer.WriteAsync(Encoding.UTF8.GetBytes(Start + Done), Clients.Token);
        Assert.Equal(2, (await reading).Count);
    }

    [Fact]
    public async Task Stream_SilentForTooLong_IsALostConnection()
    {
        var clock = new FakeTimeProvider();
        await using var chunks = Api(ScriptedStream.Silent(Start), clock).OpenAi.Chat.CompletionsAsync(new JsonObject(), Clients.Token)
            .GetAsyncEnumerator(Clients.Token);
        Assert.True(await chunks.MoveNextAsync() && await chunks.MoveNextAsync());

        var next = chunks.MoveNextAsync().AsTask();
        clock.Advance(TimeSpan.FromSeconds(31));

        var failure = await Assert.ThrowsAsync<ChatBotKitException>(() => next);
        Assert.Equal(ClientErrorCodes.ConnectionLost, failure.Code);
    }

    [Fact]
    public async Task Stream_CancelledBetweenTwoChunksOfOneRead_GivesNoMore()
    {
        using var cancellation = new CancellationTokenSource();
        await using var chunks = Api(Body(Start + Done), TimeProvider.System).OpenAi.Chat.CompletionsAsync(new JsonObject(), cancellation.Token)
            .GetAsyncEnumerator(Clients.Token);
        Assert.True(await chunks.MoveNextAsync());

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => chunks.MoveNextAsync().AsTask());
    }

    [Fact]
    public async Task Error_OfTheOpenAiShape_GivesItsMessageAndCode()
    {
        var handler = new ScriptedHandler().Answer("""{"error":{"message":"Too much","type":"requests","code":"rate_limit_exceeded"}}""", status: 400);

        var failure = await Assert.ThrowsAsync<ChatBotKitException>(
            () => Clients.Api(handler).OpenAi.Chat.CompletionsAsync(new JsonObject(), Clients.Token).AsTask(Clients.Token));

        Assert.Equal("rate_limit_exceeded", failure.Code);
        Assert.StartsWith("Too much. Address: ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_ChangedAfterTheCall_IsSentAsItWas()
    {
        var handler = new ScriptedHandler().Answer("{}");
        var request = new JsonObject { ["model"] = "a" };

        var call = Clients.Api(handler).OpenAi.Chat.CompletionsAsync(request, Clients.Token);
        request["model"] = "b";
        await call;

        Assert.EndsWith("""{"model":"a","stream":false}""", Assert.Single(handler.Requests).Verbatim, StringComparison.Ordinal);
        Assert.False(request.ContainsKey("stream"));
    }

    private static ScriptedStream Body(string text) => new([Encoding.UTF8.GetBytes(text)]);

    private static ChatBotKitApi Api(Stream body, TimeProvider clock)
    {
        var options = Clients.Options(new ScriptedHandler().Stream(body, type: "text/event-stream"));
        return new ChatBotKitApi(options with { TimeProvider = clock, StreamIdleTimeout = TimeSpan.FromSeconds(30) });
    }

    private static async Task<string> ReadAsync(ScriptedStream body, List<JsonObject> into)
    {
        var chunks = await Api(body, TimeProvider.System).OpenAi.Chat.CompletionsAsync(new JsonObject(), Clients.Token).ToListAsync(into);
        return string.Join('|', chunks.Select(chunk => chunk["n"]!.ToString()));
    }
}
