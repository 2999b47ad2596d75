using System.Text.Json;
using ChatBotKit.Server.ModelProviders;
using ChatBotKit.Server.ModelProviders.ChatClients;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Server.Tests.ModelProviders;

/// <summary>The requests to a third-party chat client, and the reading of its stream.</summary>
public sealed class ChatClientRequestTests
{
    private readonly FakeTimeProvider _clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("low", ReasoningEffort.Low)]
    [InlineData("medium", ReasoningEffort.Medium)]
    [InlineData("high", ReasoningEffort.High)]
    [InlineData("auto", null)]
    public async Task Effort_IsSaidInTheWordsOfTheClient(string asked, ReasoningEffort? expected)
    {
        using var client = new ScriptedChatClient();

        await ModelAnswer.ReadAsync(Provider(client), ModelRequests.Hello($"gpt-4o/reasoningEffort={asked}"));

        Assert.Equal(expected, client.Options!.Reasoning?.Effort);
    }

    [Theory]
    [InlineData(ToolChoice.Auto, null)]
    [InlineData(ToolChoice.None, typeof(NoneChatToolMode))]
    [InlineData(ToolChoice.Required, typeof(RequiredChatToolMode))]
    public async Task Settings_OfTheAnswer_AreGivenToTheClient(object choice, Type? mode)
    {
        using var client = new ScriptedChatClient();

        await ModelAnswer.ReadAsync(Provider(client), ModelRequests.Hello() with
        {
            Tools = [ModelRequests.Weather],
            Answer = new AnswerSettings
            {
                TopP = 0.5,
                Stop = ["END"],
                ToolChoice = (ToolChoice)choice,
                ParallelCalls = false,
                Format = JsonElement.Parse("""{"type":"json_schema","json_schema":{"name":"a","schema":{"type":"object"}}}"""),
            },
        });

        Assert.Equal((0.5f, false), (client.Options!.TopP, client.Options.AllowMultipleToolCalls));
        Assert.Equal(["END"], client.Options.StopSequences!);
        Assert.Equal(mode, client.Options.ToolMode?.GetType());
        Assert.Equal("a", Assert.IsType<ChatResponseFormatJson>(client.Options.ResponseFormat).SchemaName);
    }

    [Fact]
    public async Task OddName_IsReplacedInEarlierCallsAndTheForcedTool_AsInTheDeclaration()
    {
        using var client = new ScriptedChatClient();
        var request = ModelRequests.AfterToolCall();

        await ModelAnswer.ReadAsync(Provider(client), request with
        {
            Messages = [.. request.Messages.Select(message => message with { ToolCalls = [.. message.ToolCalls.Select(call => call with { Name = "$x" })] })],
            Tools = [ModelRequests.Weather with { Name = "$x" }],
            ForcedTool = "$x",
        });

        Assert.Equal("_x", Assert.Single(client.Options!.Tools!).Name);
        Assert.Equal("_x", Assert.IsType<RequiredChatToolMode>(client.Options.ToolMode).RequiredFunctionName);
        Assert.Equal("_x", Assert.IsType<FunctionCallContent>(Assert.Single(client.Messages[2].Contents)).Name);
    }

    [Fact]
    public async Task Arguments_ThatAreNoJson_AreLeftOut()
    {
        using var client = new ScriptedChatClient();
        var request = ModelRequests.AfterToolCall();

        await ModelAnswer.ReadAsync(Provider(client), request with
        {
            Messages = [.. request.Messages.Select(message => message with { ToolCalls = [.. message.ToolCalls.Select(call => call with { Arguments = "{broken" })] })],
        });

        Assert.Null(Assert.IsType<FunctionCallContent>(Assert.Single(client.Messages[2].Contents)).Arguments);
    }

    [Fact]
    public async Task Thoughts_WhoseEndsDoNotFitTheText_AreGivenBackWithoutAFailure()
    {
        using var client = new ScriptedChatClient();

        await ModelAnswer.ReadAsync(Provider(client), ModelRequests.Hello() with
        {
            Messages =
            [
                new ModelMessage(ModelRole.Assistant, "")
                {
                    ToolCalls = [new ModelToolCall("a", "getWeather", "{}")],
                    Fields = """{"reasoning":"ab","protected":[{"end":9,"data":"x"},{"end":1,"data":"y"}]}""",
                },
            ],
        });

        Assert.Equal(
            [("ab", "x"), ("", "y")],
            client.Messages[0].Contents.OfType<TextReasoningContent>().Select(one => (one.Text, one.ProtectedData!)));
    }

    [Fact]
    public async Task Picture_IsNamedOnly_ToAModelThatTakesNone()
    {
        using var client = new ScriptedChatClient { PictureRefusal = new InvalidOperationException("this model takes no image") };
        var model = new ModelDescription("gpt-4o", "gpt-4o", "Blind.", 1000, 900, 100) { TakesPictures = false };

        await ModelAnswer.ReadAsync(new ChatClientProvider("mine", client, [model], _clock), ModelRequests.Hello() with
        {
            Messages = [new ModelMessage(ModelRole.User, "") { Pictures = [new ModelPicture("A picture.", "image/png", new byte[] { 1 })] }],
        });

        Assert.Equal("A picture. You can't be shown it.", client.Messages[0].Text);
        Assert.Equal(0, client.Refusals);
    }

    [Fact]
    public async Task FinishReason_ThatComesBeforeTheUsage_Counts()
    {
        using var client = new ScriptedChatClient(
            new ChatResponseUpdate(ChatRole.Assistant, "Hi") { FinishReason = ChatFinishReason.Length },
            new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(new UsageDetails { InputTokenCount = 1 })]));

        Assert.Equal(ModelEndReason.Length, (await ModelAnswer.ReadAsync(Provider(client), ModelRequests.Hello())).EndReason);
    }

    [Fact]
    public async Task Reader_ThatLeaves_EndsTheStreamOfTheClient()
    {
        using var client = new ScriptedChatClient(Update("One"), Update("Two"));
        await using (var events = Events(client))
            Assert.True(await events.MoveNextAsync());

        Assert.True(client.HasEnded);
    }

    [Fact]
    public async Task Reader_ThatTakesItsTime_IsNoSilenceOfTheClient()
    {
        var second = new TaskCompletionSource();
        using var client = new ScriptedChatClient(Update("One"), Update("Two"), Update("Three")) { AfterTheFirst = second.Task };
        await using var events = Events(client);
        Assert.True(await events.MoveNextAsync());
        var waiting = events.MoveNextAsync().AsTask();
        second.SetResult();
        Assert.True(await waiting);

        _clock.Advance(TimeSpan.FromHours(1));

        Assert.True(await events.MoveNextAsync());
        Assert.Equal("Three", events.Current.Text);
        Assert.False(client.Stopped.IsCancellationRequested);
    }

    [Fact]
    public async Task Client_ThatMayBlock_IsAskedAfterTheCallHasReturned()
    {
        using var client = new ScriptedChatClient(Update("Hi"));
        await using var events = Events(client);
        var later = new LaterContext();
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(later);
        ValueTask<bool> next;
        try
        {
            next = events.MoveNextAsync();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }

        Assert.Empty(client.Messages);

        Assert.Single(later.Work)();
        Assert.True(await next);
        Assert.Single(client.Messages);
    }

    private static ChatResponseUpdate Update(string text) => new(ChatRole.Assistant, text);

    private ChatClientProvider Provider(IChatClient client) => new("mine", client, [], _clock);

    private IAsyncEnumerator<ModelEvent> Events(IChatClient client) =>
        Provider(client).StreamAsync(ModelRequests.Hello(), Token).GetAsyncEnumerator(Token);

    /// <summary>Collects continuations for the test to run.</summary>
    private sealed class LaterContext : SynchronizationContext
    {
        public List<Action> Work { get; } = [];

        public override void Post(SendOrPostCallback d, object? state) => Work.Add(() => d(state));
    }
}
