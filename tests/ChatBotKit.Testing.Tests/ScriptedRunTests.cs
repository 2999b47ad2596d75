using System.Text.Json;

namespace ChatBotKit.Testing.Tests;

public sealed class ScriptedRunTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Run_WrittenAndParsed_IsTheSame()
    {
        var run = new ScriptedRun()
            .Reasoning("Hm", ".")
            .FunctionCall("call_1", "getWeather", """{"city":"Sofia"}""")
            .WaitForChannel("a-channel-of-the-test", "getWeather", """{"city":"Sofia"}""")
            .FunctionResult("call_1", "getWeather", """{"city":"Sofia"}""", "21")
            .Text("21 ", "degrees.")
            .With(new ProgressReportEvent { Data = new ProgressReportEventData() })
            .End(EndReason.Stop, inputTokens: 5, outputTokens: 2, id: "m1")
            .Numbered();

        var again = ScriptedRun.Parse(run.ToLines());

        Assert.Equal(run.ToLines(), again.ToLines());
        Assert.Equal(
            ["reasoningToken", "reasoningToken", "message", "message", "waitForChannelMessageBegin", "message", "token", "token", "message", "progressReport", "result"],
            again.Events.Select(one => one.Type));
        Assert.Equal(Enumerable.Range(1, 11).Select(number => (long?)number), again.Events.Select(one => one.Id));
        Assert.Equal(("21 degrees.", "m1", 7), (again.Result.Text, again.Result.Id, again.Result.Usage!.Token));
    }

    [Fact]
    public async Task Run_Recorded_CanBePlayedAgain()
    {
        var first = new ScriptedApi().On("POST /api/v1/conversation/complete", ScriptedAnswer.OfRun(ScriptedRun.Saying("Hello there")));
        var request = new ConversationCompleteRequest { Messages = [new ConversationMessage { Type = MessageType.User, Text = "Hi" }] };

        var recorded = await ScriptedRun.RecordAsync(first.CreateClient().Conversation.CompleteAsync(request, Token), Token);
        var second = new ScriptedApi().On("POST /api/v1/conversation/complete", ScriptedAnswer.OfRun(recorded));

        Assert.Equal("Hello there", (await second.CreateClient().Conversation.CompleteAsync(request, Token)).Text);
    }

    [Fact]
    public async Task Run_ThatFails_ThrowsBehindItsEvents()
    {
        var script = new ScriptedHandler().Answer(ScriptedAnswer.OfRun(new ScriptedRun().Text("Half").Fail(ErrorCodes.GenericError, "Broke")));
        var events = new List<RunEvent>();

        var failure = await Assert.ThrowsAsync<ChatBotKitException>(async () =>
        {
            await foreach (var happened in script.CreateClient().Conversation.ReceiveAsync("c1", cancellationToken: Token))
                events.Add(happened);
        });

        Assert.StartsWith("Broke", failure.Message, StringComparison.Ordinal);
        Assert.Equal(2, events.Count);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"type\":")]
    public void Line_ThatIsNoEvent_IsRefused(string line) =>
        Assert.ThrowsAny<JsonException>(() => ScriptedRun.Parse(line));

    [Fact]
    public void Run_WithoutResult_HasAnEmptyOne() => Assert.Null(new ScriptedRun().Text("a").Result.Text);
}
