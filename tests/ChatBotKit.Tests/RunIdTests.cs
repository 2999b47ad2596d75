using ChatBotKit.Testing;

namespace ChatBotKit.Tests;

public sealed class RunIdTests
{
    private static readonly ConversationCompleteMessageRequest Request = new() { Text = "Hello" };

    [Fact]
    public async Task RunId_OfAStream_IsKnownFromTheFirstEventOn()
    {
        var handler = new ScriptedHandler().Lines(ScriptedRun.Saying("Hi there").ToLines(), ("X-Run-Id", "r1"));
        var call = Clients.Api(handler).Conversation.CompleteAsync("c1", Request, Clients.Token);
        Assert.Null(call.RunId);

        await foreach (var _ in call)
            Assert.Equal("r1", call.RunId);
    }

    [Fact]
    public async Task RunId_OfAnAwaitedAnswer_ComesWithIt()
    {
        var answer = ScriptedAnswer.OfRun(ScriptedRun.Saying("Hi there")) with { Headers = [("X-Run-Id", "r1")] };
        var call = Clients.Api(new ScriptedHandler().Answer(answer)).Conversation.CompleteAsync("c1", Request, Clients.Token);

        await call;

        Assert.Equal("r1", call.RunId);
    }
}
