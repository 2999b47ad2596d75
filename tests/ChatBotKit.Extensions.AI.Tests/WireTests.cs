using ChatBotKit.Testing;
using Microsoft.Extensions.AI;

namespace ChatBotKit.Extensions.AI.Tests;

/// <summary>Exact requests, and responses that this server never sends.</summary>
public sealed class WireTests : IDisposable
{
    private readonly ScriptedHandler _handler = new();

    private ChatBotKitChatClient Bot => _handler.CreateClient().AsChatClient(new ChatBotKitChatClientOptions { BotId = "b1" });

    private ChatBotKitChatClient Stored => _handler.CreateClient().AsChatClient(new ChatBotKitChatClientOptions { ConversationId = "c1" });

    public void Dispose() => _handler.Dispose();

    [Fact]
    public async Task Bot_IsSentTheMessages_AndInstructionsOnTopOfItsOwn()
    {
        _handler.Answer(ScriptedAnswer.OfRun(ScriptedRun.Saying("Hello")));

        var response = await Bot.GetResponseAsync("Hi", new ChatOptions { Instructions = "Be short.", Temperature = 1 }, Stage.Token);

        Assert.Equal("Hello", response.Text);
        Assert.Equal(
            "POST /api/v1/conversation/complete\n{\"messages\":[{\"type\":\"user\",\"text\":\"Hi\"}],\"extensions\":{\"backstory\":\"Be short.\"},\"botId\":\"b1\"}",
            _handler.Requests[0].Verbatim);
    }

    [Fact]
    public async Task Call_OfAFunction_IsAnsweredInAStoredConversation()
    {
        // The hosted service sends calls without an id, so the id of the message is used instead.
        var call = new ScriptedRun().FunctionCall(null, "lookUp", """{"n":1}""");
        var message = (MessageEvent)call.Events[0];
        _handler
            .Answer(ScriptedAnswer.OfRun(ScriptedRun.Of(message with { Data = message.Data with { Id = "m7" } }).End(EndReason.Activity)))
            .Answer("""{"items":[{"id":"m7","type":"activity","text":"","meta":{"activity":{"type":"request","function":{"name":"lookUp","arguments":{"n":1}}}}}]}""")
            .Answer("""{"id":"m8"}""")
            .Answer(ScriptedAnswer.OfRun(ScriptedRun.Saying("Found.")));
        var client = Stored.AsBuilder().UseFunctionInvocation().Build();

        var response = await client.GetResponseAsync(
            "Find", Tools.Of(AIFunctionFactory.Create((int n) => n + 1, "lookUp", "Looks up.")), Stage.Token);

        Assert.Equal("Found.", response.Text);
        Assert.Equal("GET /api/v1/conversation/c1/message/list?order=desc&take=100", _handler.Requests[1].Verbatim);
        Assert.Equal(
            "POST /api/v1/conversation/c1/message/create\n{\"type\":\"activity\",\"text\":\"\",\"meta\":{\"activity\":{\"type\":\"response\",\"callId\":\"m7\",\"function\":{\"name\":\"lookUp\",\"arguments\":{\"n\":1},\"result\":\"2\"}}}}",
            _handler.Requests[2].Verbatim);
        Assert.Null(_handler.Requests[3].ReadBody<ConversationCompleteMessageRequest>().Text);
    }

    [Fact]
    public async Task Calls_ThatTheServerAnswered_AreForInformationOnly()
    {
        _handler.Answer(ScriptedAnswer.OfRun(new ScriptedRun()
            .FunctionCall(null, "query", """{"search":"hours"}""")
            .FunctionResult(null, "query", """{"search":"hours"}""", """{"records":[]}""")
            .Text("Unknown.")
            .End(EndReason.Stop)));

        var response = await Bot.AsBuilder().UseFunctionInvocation().Build().GetResponseAsync("Hours?", cancellationToken: Stage.Token);

        Assert.Equal([ChatRole.Assistant, ChatRole.Tool, ChatRole.Assistant], response.Messages.Select(message => message.Role));
        var call = Assert.IsType<FunctionCallContent>(Assert.Single(response.Messages[0].Contents));
        Assert.True(call.InformationalOnly);
        Assert.Equal(call.CallId, Assert.IsType<FunctionResultContent>(Assert.Single(response.Messages[1].Contents)).CallId);
        Assert.Equal("Unknown.", response.Text);
    }

    [Fact]
    public async Task Channel_ThatCannotBePublishedOn_FailsTheCallAtOnce()
    {
        var script = new ScriptedApi()
            .On("POST /api/v1/channel/{id}/publish", ScriptedAnswer.OfError(403, ErrorCodes.PermissionMissing))
            .On("POST /api/v1/conversation/complete", request => ScriptedAnswer.OfStream(ScriptedStream.Silent(
                new ScriptedRun().WaitForChannel(request.Json!["functions"]![0]!["result"]!["channel"]!.GetValue<string>(), "now").ToLines())));
        var client = script.CreateClient().AsChatClient(new ChatBotKitChatClientOptions { FunctionAnswers = FunctionAnswers.DuringRun });

        var failure = await Assert.ThrowsAsync<ChatBotKitException>(
            () => client.GetResponseAsync("Now?", Tools.Of(AIFunctionFactory.Create(() => 12, "now")), Stage.Token));

        Assert.Equal(ErrorCodes.PermissionMissing, failure.Code);
    }

    [Fact]
    public async Task Error_InMidStream_ComesBehindWhatWasSaid()
    {
        _handler.Answer(ScriptedAnswer.OfRun(new ScriptedRun().Text("Half").Fail(ErrorCodes.ContentModeration)));
        var text = "";

        var failure = await Assert.ThrowsAsync<ChatBotKitException>(async () =>
        {
            await foreach (var update in Bot.GetStreamingResponseAsync("Hi", cancellationToken: Stage.Token))
                text += update.Text;
        });

        Assert.Equal(("Half", ErrorCodes.ContentModeration), (text, failure.Code));
    }

    [Fact]
    public async Task Text_ThatCameWithoutTokens_IsSaidAllTheSame()
    {
        _handler.Answer(ScriptedAnswer.OfRun(ScriptedRun.Of(
            new MessageEvent { Data = new MessageEventData { Type = MessageType.Reasoning, Text = "Hm." } },
            new MessageEvent { Data = new MessageEventData { Type = MessageType.Bot, Text = "Whole." } }).End(EndReason.Stop)));

        var response = await Bot.GetResponseAsync("Hi", cancellationToken: Stage.Token);

        Assert.Equal("Whole.", response.Text);
        Assert.Equal("Hm.", Assert.Single(response.Messages.SelectMany(one => one.Contents).OfType<TextReasoningContent>()).Text);
    }

    [Fact]
    public async Task Usage_OfEvents_CountsWhenTheResultTellsOnlyTheSum()
    {
        _handler.Answer(ScriptedAnswer.OfRun(new ScriptedRun()
            .With(new UsageEvent { Data = new UsageEventData { Model = "m", InputTokensUsed = 4, OutputTokensUsed = 2 } })
            .Text("Hi")
            .With(new ResultEvent { Data = new RunResult { Text = "Hi", Usage = new RunUsage { Token = 60 } } })));

        var response = await Bot.GetResponseAsync("Hi", cancellationToken: Stage.Token);

        Assert.Equal((4L, 2L, 6L, "m"), (response.Usage!.InputTokenCount, response.Usage.OutputTokenCount, response.Usage.TotalTokenCount, response.ModelId));
        Assert.Null(response.FinishReason);
    }

    [Fact]
    public async Task Content_ThatCannotBeSent_IsNamed()
    {
        var failure = await Assert.ThrowsAsync<NotSupportedException>(() => Bot.GetResponseAsync(
            [new(ChatRole.User, [new HostedFileContent("f1")])], cancellationToken: Stage.Token));

        Assert.Contains(nameof(HostedFileContent), failure.Message, StringComparison.Ordinal);
        Assert.Empty(_handler.Requests);
    }

    [Fact]
    public async Task Files_OfAddresses_AreAttachedToAStatelessCall()
    {
        _handler.Answer(ScriptedAnswer.OfRun(ScriptedRun.Saying("Nice")));

        await Bot.GetResponseAsync(
            [new(ChatRole.User, [new TextContent("Look"), new UriContent("https://example.com/a.png", "image/png")])], cancellationToken: Stage.Token);

        var sent = _handler.Requests[0].ReadBody<ConversationCompleteRequest>();
        Assert.Equal("https://example.com/a.png", Assert.Single(sent.Attachments!).Url);
        Assert.NotEmpty(sent.Namespace!);
    }

    [Fact]
    public void Arguments_ThatAreNull_AreRefused()
    {
        Assert.Throws<ArgumentNullException>(() => new ChatBotKitChatClient(null!));
        Assert.Throws<ArgumentNullException>(() => { _ = Bot.GetResponseAsync((IEnumerable<ChatMessage>)null!, cancellationToken: Stage.Token); });
        Assert.Throws<ArgumentNullException>(() => Bot.GetService(null!));
    }

    [Fact]
    public async Task Fake_OfTheSdk_IsEnough()
    {
        var response = await new FakeApi().AsChatClient(new ChatBotKitChatClientOptions { ConversationId = "c1" })
            .GetResponseAsync("Hi", cancellationToken: Stage.Token);

        Assert.Equal("Hi from a fake", response.Text);
    }

    private sealed class FakeApi : ChatBotKitApi
    {
        public override ConversationClient Conversation { get; } = new FakeConversations();
    }

    private sealed class FakeConversations : ConversationClient
    {
        public override ResponsePromise<ConversationCompleteMessageResponse, RunEvent> CompleteAsync(
            string conversationId, ConversationCompleteMessageRequest request, CancellationToken cancellationToken = default) =>
            ResponsePromise.From<ConversationCompleteMessageResponse, RunEvent>(
                answer: null!, ScriptedRun.Saying("Hi from a fake").Events);
    }
}
