using ChatBotKit.TestModels;
using Microsoft.Extensions.AI;

namespace ChatBotKit.Extensions.AI.Tests;

/// <summary>Stateless calls, with the server.</summary>
public sealed class StatelessTests : IAsyncLifetime
{
    private Stage _stage = null!;

    private ScriptedModelServer Model => _stage.Model;

    private ChatBotKitChatClient Client => _stage.Api.AsChatClient();

    public async ValueTask InitializeAsync() => _stage = await Stage.StartAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task Answer_OfOneQuestion_HasTextUsageAndReason()
    {
        Model.Answer(script => script.Text("Nine ", "to five.").Usage(7, 3));

        var response = await Client.GetResponseAsync("When?", cancellationToken: Stage.Token);

        Assert.Equal("Nine to five.", response.Text);
        Assert.Equal((7L, 3L, 10L), (response.Usage!.InputTokenCount, response.Usage.OutputTokenCount, response.Usage.TotalTokenCount));
        Assert.Equal(ChatFinishReason.Stop, response.FinishReason);
        Assert.NotEmpty(response.ResponseId!);
        Assert.Null(response.ConversationId);
        Assert.NotNull(response.CreatedAt);
    }

    [Fact]
    public async Task Messages_OfSeveralTurns_ReachTheModelInOrder()
    {
        List<ChatMessage> history =
        [
            new(ChatRole.System, "Be short."),
            new(ChatRole.User, "When do you open?"),
            new(ChatRole.Assistant, "At nine."),
            new(ChatRole.System, "It is Sunday."),
            new(ChatRole.User, [new TextContent("And "), new TextContent("today?")]),
        ];

        await Client.GetResponseAsync(history, new ChatOptions { Instructions = "You keep a shop." }, Stage.Token);

        Assert.Equal(
            ["system: You keep a shop.\n\nBe short.", "user: When do you open?", "assistant: At nine.", "system: It is Sunday.", "user: And today?"],
            Model.Requests[0].Messages.Select(message => $"{message.GetProperty("role")}: {message.GetProperty("content")}"));
    }

    [Fact]
    public async Task Turns_ThatAddTheResponse_KeepTheConversation()
    {
        Model.Answer(script => script.Text("At nine.")).Answer(script => script.Text("At ten."));
        List<ChatMessage> history = [new(ChatRole.User, "When?")];

        history.AddMessages(await Client.GetResponseAsync(history, cancellationToken: Stage.Token));
        history.Add(new ChatMessage(ChatRole.User, "And Sunday?"));
        history.AddMessages(await Client.GetResponseAsync(history, cancellationToken: Stage.Token));

        Assert.Equal(["When?", "At nine.", "And Sunday?", "At ten."], history.Select(message => message.Text));
        Assert.Equal(3, Model.Requests[1].Messages.Count);
    }

    [Fact]
    public async Task Stream_OfAnAnswer_GivesAnUpdateForEachToken()
    {
        Model.Answer(script => script.Text("Hel", "lo ", "🌷").Usage(2, 3));

        var updates = await Client.GetStreamingResponseAsync("Hi", cancellationToken: Stage.Token).ToListAsync(Stage.Token);

        Assert.Equal(["Hel", "lo ", "🌷"], updates.Select(update => update.Text).Where(text => text.Length > 0));
        Assert.Equal(ChatFinishReason.Stop, updates[^1].FinishReason);
        Assert.Equal(5, Assert.IsType<UsageContent>(Assert.Single(updates[^1].Contents)).Details.TotalTokenCount);
        Assert.Single(updates.Select(update => update.ResponseId).Distinct());
    }

    [Fact]
    public async Task Stream_OfASlowModel_GivesTheFirstTokenBeforeTheLast()
    {
        var gate = new TaskCompletionSource();
        Model.Answer(script => script.Text("First").WaitFor(gate.Task).Text(" last"));

        var text = "";
        await foreach (var update in Client.GetStreamingResponseAsync("Hi", cancellationToken: Stage.Token))
        {
            text += update.Text;
            if (text == "First")
                gate.TrySetResult();
        }

        Assert.Equal("First last", text);
    }

    [Fact]
    public async Task Reasoning_OfTheModel_IsReasoningContent()
    {
        Model.Answer(script => script.Reasoning("Let me ", "see.").Text("42."));

        var response = await Client.GetResponseAsync("What?", cancellationToken: Stage.Token);

        Assert.Equal("42.", response.Text);
        Assert.Equal("Let me see.", Assert.Single(response.Messages.SelectMany(message => message.Contents).OfType<TextReasoningContent>()).Text);
    }

    [Fact]
    public async Task ModelId_WithSettings_IsSentAsTheApiNamesIt()
    {
        var options = new ChatOptions { ModelId = "scripted", Temperature = 0.2f, MaxOutputTokens = 50, Seed = 7 };

        var response = await Client.GetResponseAsync("Hi", options, Stage.Token);

        var body = Model.Requests[0].Body;
        Assert.Equal("scripted", Model.Requests[0].Model);
        Assert.Equal((0.2, 7), (body.GetProperty("temperature").GetDouble(), body.GetProperty("seed").GetInt32()));
        Assert.Equal("scripted", response.ModelId);
    }

    [Fact]
    public async Task Length_AtTheModelsLimit_IsTheFinishReason()
    {
        Model.Otherwise(_ => new ModelScript().Text("a").Finish("length"));
        var options = new ChatOptions
        {
            RawRepresentationFactory = _ => new ConversationCompleteRequest { Messages = [], Limits = new RunLimits { Continuations = 1 } },
        };

        var response = await Client.GetResponseAsync("Hi", options, Stage.Token);

        Assert.Equal(ChatFinishReason.Length, response.FinishReason);
        Assert.Equal(2, Model.Requests.Count);
    }

    [Fact]
    public async Task Cancellation_InMidStream_EndsTheRun()
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Stage.Token);
        Model.Answer(script => script.Text("One").Silence());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in Client.GetStreamingResponseAsync("Count", cancellationToken: cancellation.Token))
                await cancellation.CancelAsync();
        });

        await (await Model.NextRequestAsync(Stage.Token)).WaitForDisconnectAsync(Stage.Token);
    }

    [Fact]
    public async Task Leaving_InMidStream_EndsTheRun()
    {
        Model.Answer(script => script.Text("One").Silence());

        await foreach (var _ in Client.GetStreamingResponseAsync("Count", cancellationToken: Stage.Token))
            break;

        await (await Model.NextRequestAsync(Stage.Token)).WaitForDisconnectAsync(Stage.Token);
    }

    [Fact]
    public async Task Model_ThatFails_ThrowsTheSdksException()
    {
        Model.Otherwise(_ => new ModelScript().Fail(400, "No such thing"));

        var failure = await Assert.ThrowsAsync<ChatBotKitException>(() => Client.GetResponseAsync("Hi", cancellationToken: Stage.Token));

        Assert.NotEmpty(failure.Code);
    }

    [Fact]
    public async Task Model_ThatDoesNotExist_ThrowsWhatTheServerSays()
    {
        var failure = await Assert.ThrowsAsync<ChatBotKitException>(
            () => Client.GetResponseAsync("Hi", new ChatOptions { ModelId = "no-such-model" }, Stage.Token));

        Assert.Equal(ErrorCodes.BadRequest, failure.Code);
        Assert.Contains("no-such-model", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_ThatAreNone_AreRefusedByTheServer()
    {
        var failure = await Assert.ThrowsAsync<ChatBotKitException>(
            () => Client.GetResponseAsync(Array.Empty<ChatMessage>(), cancellationToken: Stage.Token));

        Assert.Equal(ErrorCodes.BadRequest, failure.Code);
    }
}
