using ChatBotKit.Testing;

namespace ChatBotKit.Tests;

/// <summary>The text of an answer without its other events.</summary>
public sealed class TextStreamTests
{
    private static readonly ConversationCompleteMessageRequest Question = new() { Text = "Hello" };
    private static readonly ConversationCompleteRequest Stateless = new() { Messages = [new ConversationMessage { Type = MessageType.User, Text = "Hello" }] };

    public static TheoryData<bool> Ways => [false, true];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Text_OfARunWithCalls_IsWhatTheModelSays(bool stored)
    {
        var handler = new ScriptedHandler().Answer(ScriptedAnswer.OfRun(new ScriptedRun()
            .Reasoning("Hm. ")
            .Text("Let me ", "look. ")
            .FunctionCall("c1", "getWeather", """{"city":"Sofia"}""")
            .FunctionResult("c1", "getWeather", """{"city":"Sofia"}""", "21")
            .Text("21 ", "degrees.")
            .End(EndReason.Stop)));

        Assert.Equal(["Let me ", "look. ", "21 ", "degrees."], await Read(handler, stored).ToListAsync());
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Text_ThatCameWithoutTokens_IsGivenWhole(bool stored)
    {
        var handler = new ScriptedHandler().Lines(
            """{"type":"message","data":{"type":"bot","text":"Too many calls.","meta":{}}}""" + "\n"
            + """{"type":"result","data":{"text":"Too many calls.","usage":{"token":1},"end":{"reason":"activity"}}}""" + "\n");

        Assert.Equal(["Too many calls."], await Read(handler, stored).ToListAsync());
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Error_InTheStream_IsThrownBehindTheTextBefore(bool stored)
    {
        var handler = new ScriptedHandler().Lines(
            """{"type":"token","data":{"type":"bot","token":"Half"}}""" + "\n"
            + """{"type":"error","data":{"message":"Broke","code":"BAD_GATEWAY"}}""" + "\n");
        var pieces = new List<string>();

        var failure = await Assert.ThrowsAsync<ChatBotKitException>(() => Read(handler, stored).ToListAsync(pieces));

        Assert.Equal(("Half", ErrorCodes.BadGateway), (string.Concat(pieces), failure.Code));
    }

    [Fact]
    public async Task Text_OfABrokenStream_GoesOn()
    {
        var handler = new ScriptedHandler()
            .Stream(ScriptedStream.Broken("""{"type":"token","data":{"type":"bot","token":"a"},"id":1}""" + "\n" + """{"type":"tok"""), headers: ("X-Run-Id", "r1"))
            .Lines(
                """{"type":"token","data":{"type":"bot","token":"b"},"id":2}""" + "\n"
                + """{"type":"result","data":{"id":"m1","text":"ab","usage":{"token":1},"end":{"reason":"stop"}},"id":3}""" + "\n");

        Assert.Equal("ab", string.Concat(await Read(handler, stored: true).ToListAsync()));
        Assert.EndsWith("/run/r1/stream?after=1", handler.Requests[1].Verbatim, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_IsAskedFor_WhenItIsRead()
    {
        var handler = new ScriptedHandler().Answer(ScriptedAnswer.OfRun(ScriptedRun.Saying("Hi")));

        var text = Read(handler, stored: true);

        Assert.Empty(handler.Requests);
        Assert.Equal("Hi", string.Concat(await text.ToListAsync()));
        Assert.Equal("POST /api/v1/conversation/c1/complete\n{\"text\":\"Hello\"}", handler.Requests[0].Verbatim);
    }

    [Fact]
    public async Task Reader_ThatCancels_EndsTheCall()
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Clients.Token);
        var handler = new ScriptedHandler().Answer(ScriptedAnswer.OfRun(ScriptedRun.Saying("Hi there")));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in Read(handler, stored: true).WithCancellation(cancellation.Token))
                await cancellation.CancelAsync();
        });
    }

    private static IAsyncEnumerable<string> Read(ScriptedHandler handler, bool stored) => stored
        ? Clients.Api(handler).Conversation.StreamTextAsync("c1", Question, Clients.Token)
        : Clients.Api(handler).Conversation.StreamTextAsync(Stateless, Clients.Token);
}
