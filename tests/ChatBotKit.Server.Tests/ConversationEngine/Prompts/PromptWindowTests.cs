using System.Globalization;
using ChatBotKit.Server.ConversationEngine;

namespace ChatBotKit.Server.Tests.ConversationEngine;

public sealed class PromptWindowTests
{
    [Fact]
    public void Window_LastRoundHasMoreCallsThanMessagesMayBe_KeepsTheWholeRound()
    {
        List<TranscriptMessage> transcript =
        [
            new(TranscriptMessage.User, "hi", null),
            Activity(ToolActivity.Request, 9),
            Activity(ToolActivity.Response, 9),
            .. Enumerable.Range(0, 5).Select(call => Activity(ToolActivity.Request, call)),
            .. Enumerable.Range(0, 5).Select(call => Activity(ToolActivity.Response, call)),
        ];

        var window = PromptBuilder.Window(transcript, maxMessages: 6);

        Assert.Equal(transcript[3..], window);
    }

    [Fact]
    public void Window_OlderRoundIsCut_StaysAsLongAsAsked()
    {
        List<TranscriptMessage> transcript =
        [
            Activity(ToolActivity.Request, 1),
            Activity(ToolActivity.Response, 1),
            new(TranscriptMessage.User, "hi", null),
        ];

        Assert.Equal(transcript[1..], PromptBuilder.Window(transcript, maxMessages: 2));
    }

    private static TranscriptMessage Activity(string kind, int call) => new(
        TranscriptMessage.ActivityType, "", new ToolActivity(kind, call.ToString(CultureInfo.InvariantCulture), "look", "{}", "1"));
}
