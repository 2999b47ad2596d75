using ChatBotKit.TestModels;
using Microsoft.Extensions.AI;

namespace ChatBotKit.Extensions.AI.Tests;

/// <summary>Calls in a stored conversation, with the server.</summary>
public sealed class StoredConversationTests : IAsyncLifetime
{
    private Stage _stage = null!;

    private ScriptedModelServer Model => _stage.Model;

    public async ValueTask InitializeAsync() => _stage = await Stage.StartAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task Response_OfAStoredConversation_NamesConversationRunAndMessage()
    {
        var conversationId = await _stage.ConversationAsync();
        var client = _stage.Api.AsChatClient(new ChatBotKitChatClientOptions { ConversationId = conversationId });

        var response = await client.GetResponseAsync("Hi", cancellationToken: Stage.Token);

        var runId = Assert.IsType<string>(response.AdditionalProperties!["runId"]);
        Assert.Equal((conversationId, runId), (response.ConversationId, response.ResponseId));
        var events = await _stage.Api.Conversation.Run.StreamAsync(conversationId, runId, cancellationToken: Stage.Token).ToListAsync(Stage.Token);
        Assert.IsType<ResultEvent>(events[^1]);
        var messages = await _stage.Api.Conversation.Message.ListAsync(conversationId, cancellationToken: Stage.Token);
        Assert.Equal(messages.Items[1].Id, response.AdditionalProperties["messageId"]);
    }

    [Fact]
    public async Task Turns_WithTheWholeHistory_StoreEachMessageOnce()
    {
        Model.Answer(script => script.Text("At nine.")).Answer(script => script.Text("At ten."));
        var conversationId = await _stage.ConversationAsync();
        var client = _stage.Api.AsChatClient();
        var options = new ChatOptions { ConversationId = conversationId };
        List<ChatMessage> history = [new(ChatRole.User, "When?")];

        history.AddMessages(await client.GetResponseAsync(history, options, Stage.Token));
        history.Add(new ChatMessage(ChatRole.User, "And Sunday?"));
        await client.GetResponseAsync(history, options, Stage.Token);

        Assert.Equal(
            ["user: When?", "bot: At nine.", "user: And Sunday?", "bot: At ten."], await _stage.StoredMessagesAsync(conversationId));
        Assert.Equal(3, Model.Requests[1].Messages.Count);
    }

    [Fact]
    public async Task Messages_ThatAreSeveral_AreStoredOneByOne()
    {
        Model.Answer(script => script.Text("Yes."));
        var conversationId = await _stage.ConversationAsync();

        await _stage.Api.AsChatClient().GetResponseAsync(
            [new(ChatRole.User, "I have a question."), new(ChatRole.User, "Are you open?")],
            new ChatOptions { ConversationId = conversationId }, Stage.Token);

        Assert.Equal(
            ["user: I have a question.", "user: Are you open?", "bot: Yes."], await _stage.StoredMessagesAsync(conversationId));
    }

    [Fact]
    public async Task Instructions_OfACall_AreAddedToTheBackstoryAndNotStored()
    {
        var conversationId = await _stage.ConversationAsync("You keep a shop.");
        var options = new ChatOptions { ConversationId = conversationId, Instructions = "Speak French." };

        await _stage.Api.AsChatClient().GetResponseAsync(
            [new(ChatRole.System, "Be short."), new(ChatRole.User, "Hi")], options, Stage.Token);

        Assert.Equal("You keep a shop.\n\nSpeak French.\n\nBe short.", Model.Requests[0].LastText("system"));
        Assert.Equal(["user: Hi", $"bot: {ScriptedModelServer.DefaultText}"], await _stage.StoredMessagesAsync(conversationId));
    }

    [Fact]
    public async Task Session_OfAnEndUser_IsEnough()
    {
        Model.Answer(script => script.Text("Hello."));
        var session = await _stage.Api.Conversation.Session.CreateAsync(
            await _stage.ConversationAsync(), new SessionCreateRequest(), Stage.Token);
        var client = new ChatBotKitApi(_stage.Options with { Secret = session.Token })
            .AsChatClient(new ChatBotKitChatClientOptions { ConversationId = session.Id });

        Assert.Equal("Hello.", (await client.GetResponseAsync("Hi", cancellationToken: Stage.Token)).Text);
    }

    [Fact]
    public async Task Session_WithFunctions_AnswersThemDuringTheRun()
    {
        Model.Answer(script => script.ToolCall("c1", "getWeather", "{\"city\":\"Sofia\"}")).Answer(script => script.Text("Mild."));
        var session = await _stage.Api.Conversation.Session.CreateAsync(
            await _stage.ConversationAsync(), new SessionCreateRequest(), Stage.Token);
        var client = new ChatBotKitApi(_stage.Options with { Secret = session.Token }).AsChatClient(
            new ChatBotKitChatClientOptions { ConversationId = session.Id, FunctionAnswers = FunctionAnswers.DuringRun });

        var response = await client.GetResponseAsync("Weather?", Tools.Of(Tools.Weather(city => city.Length)), Stage.Token);

        Assert.Equal(("Mild.", "5"), (response.Text, Model.Requests[1].LastText("tool")));
    }

    [Fact]
    public async Task Cancellation_InMidStream_EndsTheRunAndKeepsWhatWasSaid()
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Stage.Token);
        Model.Answer(script => script.Text("One").Silence());
        var conversationId = await _stage.ConversationAsync();
        var client = _stage.Api.AsChatClient(new ChatBotKitChatClientOptions { ConversationId = conversationId });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in client.GetStreamingResponseAsync("Count", cancellationToken: cancellation.Token))
                await cancellation.CancelAsync();
        });

        await (await Model.NextRequestAsync(Stage.Token)).WaitForDisconnectAsync(Stage.Token);
        // The next run begins only after the previous one has ended.
        await client.GetResponseAsync("Again", cancellationToken: Stage.Token);
        Assert.Equal(["user: Count", "bot: One", "user: Again"], (await _stage.StoredMessagesAsync(conversationId)).Take(3));
    }

    [Fact]
    public async Task Leaving_WhenTheRunIsToGoOn_LetsItFinish()
    {
        var gate = new TaskCompletionSource();
        Model.Answer(script => script.Text("One").WaitFor(gate.Task).Text(" two"));
        var conversationId = await _stage.ConversationAsync();
        var client = _stage.Api.AsChatClient(new ChatBotKitChatClientOptions { ConversationId = conversationId, ContinueWhenLeft = true });

        await foreach (var _ in client.GetStreamingResponseAsync("Count", cancellationToken: Stage.Token))
            break;
        gate.SetResult();
        await client.GetResponseAsync("Again", cancellationToken: Stage.Token);

        Assert.Equal("bot: One two", (await _stage.StoredMessagesAsync(conversationId))[1]);
    }

    [Fact]
    public async Task Conversation_ThatIsUnknown_ThrowsNotFound()
    {
        var failure = await Assert.ThrowsAsync<ChatBotKitException>(() => _stage.Api.AsChatClient().GetResponseAsync(
            "Hi", new ChatOptions { ConversationId = "01J0000000000000000000000" }, Stage.Token));

        Assert.Equal(ErrorCodes.NotFound, failure.Code);
    }

    [Fact]
    public async Task File_OfTheUser_IsAddedToTheConversation()
    {
        var conversationId = await _stage.ConversationAsync();
        var message = new ChatMessage(ChatRole.User, [new TextContent("Look"), new DataContent("Hello"u8.ToArray(), "text/plain")]);

        await _stage.Api.AsChatClient().GetResponseAsync([message], new ChatOptions { ConversationId = conversationId }, Stage.Token);

        Assert.Single((await _stage.Api.Conversation.Attachment.ListAsync(conversationId, cancellationToken: Stage.Token)).Items);
    }
}
