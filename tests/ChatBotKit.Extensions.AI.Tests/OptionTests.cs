using System.Text.Json;
using ChatBotKit.TestModels;
using Microsoft.Extensions.AI;

namespace ChatBotKit.Extensions.AI.Tests;

/// <summary>Options and roles of a caller reach the model, or are refused.</summary>
public sealed class OptionTests : IAsyncLifetime
{
    private Stage _stage = null!;

    private ScriptedModelServer Model => _stage.Model;

    public async ValueTask InitializeAsync() => _stage = await Stage.StartAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ResponseFormat_OfAType_ReachesTheModelAsInstructions(bool stored)
    {
        Model.Answer(script => script.Text("""{"city":"Sofia","degrees":21}"""));
        IChatClient client = stored ? await _stage.StoredAsync() : _stage.Api.AsChatClient(new ChatBotKitChatClientOptions { ModelId = "scripted" });

        var response = await client.GetResponseAsync<Weather>(
            "How is the weather?", JsonSerializerOptions.Web, cancellationToken: Stage.Token);

        Assert.Equal(new Weather("Sofia", 21), response.Result);
        var system = Model.Requests[0].LastText("system");
        Assert.Contains("JSON Schema", system, StringComparison.Ordinal);
        Assert.Contains("\"degrees\"", system, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ResponseFormat_JsonWithoutSchema_FollowsTheInstructions()
    {
        await AskAsync(new ChatOptions { Instructions = "You keep a shop.", ResponseFormat = ChatResponseFormat.Json });

        Assert.Matches(@"^You keep a shop\.\n\nAnswer with one JSON object\.", Model.Requests[0].LastText("system"));
    }

    [Fact]
    public async Task ResponseFormat_Text_AddsNothing()
    {
        await AskAsync(new ChatOptions { ResponseFormat = ChatResponseFormat.Text });

        Assert.Equal("", Model.Requests[0].LastText("system"));
    }

    [Fact]
    public async Task Developer_SpeaksAsTheSystem()
    {
        var developer = new ChatRole("developer");

        await _stage.Api.AsChatClient().GetResponseAsync(
            [new(developer, "Be short."), new(ChatRole.User, "Hi"), new(developer, "It is Sunday."), new(ChatRole.User, "When?")],
            cancellationToken: Stage.Token);

        Assert.Equal(
            ["system: Be short.", "user: Hi", "system: It is Sunday.", "user: When?"],
            Model.Requests[0].Messages.Select(message => $"{message.GetProperty("role")}: {message.GetProperty("content")}"));
    }

    [Theory]
    [InlineData("qwen/qwen3:free", null, "qwen/qwen3:free", null)]
    [InlineData("qwen/qwen3:free", 0.2f, "qwen/qwen3:free", 0.2)]
    [InlineData("qwen%2Fqwen3:free", 0.2f, "qwen/qwen3:free", 0.2)]
    [InlineData("qwen/qwen3:free/temperature=0.5", null, "qwen/qwen3:free", 0.5)]
    [InlineData("qwen/qwen3:free/temperature=0.5", 0.2f, "qwen/qwen3:free", 0.2)]
    [InlineData("""{"name":"qwen/qwen3:free"}""", 0.2f, "qwen/qwen3:free", 0.2)]
    [InlineData("""{"name":"scripted","config":{"temperature":1}}""", 0.5f, "scripted", 0.5)]
    public async Task ModelId_WithSlashes_IsOneName(string modelId, float? temperature, string model, double? sent)
    {
        await AskAsync(new ChatOptions { ModelId = modelId, Temperature = temperature });

        Assert.Equal(model, Model.Requests[0].Model);
        Assert.Equal(sent, Model.Requests[0].Body.TryGetProperty("temperature", out var value) ? value.GetDouble() : null);
    }

    [Fact]
    public async Task ModelId_OfTheClient_MayHoldSlashesToo()
    {
        await _stage.Api.AsChatClient(new ChatBotKitChatClientOptions { ModelId = "qwen/qwen3:free" })
            .GetResponseAsync("Hi", cancellationToken: Stage.Token);

        Assert.Equal("qwen/qwen3:free", Model.Requests[0].Model);
    }

    [Fact]
    public async Task Reasoning_ThatIsNotWanted_IsLeftOut()
    {
        Model.Answer(script => script.Reasoning("Let me see.").Text("42."));

        var response = await AskAsync(new ChatOptions { Reasoning = new ReasoningOptions { Output = ReasoningOutput.None } });

        Assert.Equal("42.", response.Text);
        Assert.DoesNotContain(response.Messages.SelectMany(message => message.Contents), content => content is TextReasoningContent);
    }

    [Fact]
    public async Task Options_ThatAreWishesOnly_AreIgnored()
    {
        await AskAsync(new ChatOptions
        {
            Temperature = 0,
            TopP = 0.5f,
            TopK = 3,
            AllowMultipleToolCalls = false,
            AdditionalProperties = new() { ["x"] = 1 },
            RawRepresentationFactory = _ => "for another client",
        });

        Assert.Single(Model.Requests);
    }

    public static TheoryData<string, ChatOptions, bool> Refused => new()
    {
        { nameof(ChatOptions.StopSequences), new ChatOptions { StopSequences = ["\n"] }, false },
        { nameof(ChatOptions.StopSequences), new ChatOptions { StopSequences = ["\n"] }, true },
        { nameof(ChatOptions.ToolMode), Required(), false },
        { nameof(ChatOptions.ToolMode), Required(), true },
        { nameof(HostedWebSearchTool), Tools.Of(new HostedWebSearchTool()), false },
        { nameof(ChatOptions.RawRepresentationFactory), new ChatOptions { RawRepresentationFactory = _ => new ConversationCompleteMessageRequest() }, false },
        { nameof(ChatOptions.RawRepresentationFactory), new ChatOptions { RawRepresentationFactory = _ => new ConversationCompleteRequest { Messages = [] } }, true },
    };

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public async Task Options_ThatCannotBeCarriedOut_AreRefused(string named, ChatOptions options, bool stored)
    {
        var client = stored ? await _stage.StoredAsync() : _stage.Api.AsChatClient();

        var failure = await Assert.ThrowsAsync<NotSupportedException>(() => client.GetResponseAsync("Hi", options, Stage.Token));

        Assert.Contains(named, failure.Message, StringComparison.Ordinal);
        Assert.Empty(Model.Requests);
    }

    public static TheoryData<string, AIContent> Unsendable => new()
    {
        { "user", new HostedFileContent("f1") },
        { "user", new ErrorContent("broken") },
        { "system", new UriContent("https://example.com/a.png", "image/png") },
        { "developer", new UriContent("https://example.com/a.png", "image/png") },
        { "tool", new TextContent("21") },
        { "tool", new UriContent("https://example.com/a.png", "image/png") },
        { "critic", new TextContent("Bad.") },
    };

    [Theory]
    [MemberData(nameof(Unsendable), DisableDiscoveryEnumeration = true)]
    public async Task Content_ThatItsRoleCannotSend_IsRefused(string role, AIContent content)
    {
        var failure = await Assert.ThrowsAsync<NotSupportedException>(() => _stage.Api.AsChatClient().GetResponseAsync(
            [new ChatMessage(new ChatRole(role), [content]), new ChatMessage(ChatRole.User, "Hi")], cancellationToken: Stage.Token));

        Assert.Contains(role, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task History_OfAnotherProvider_IsSentAsFarAsItIsText()
    {
        await _stage.Api.AsChatClient().GetResponseAsync(
            [
                new(ChatRole.User, "Draw"),
                new(ChatRole.Assistant, [new TextContent("Here."), new DataContent("data:image/png;base64,AA=="), new ErrorContent("x"), new UsageContent(new UsageDetails())]),
                new(ChatRole.User, [new TextContent("Thanks"), new UsageContent(new UsageDetails())]),
            ],
            cancellationToken: Stage.Token);

        Assert.Equal(["Draw", "Here.", "Thanks"], Model.Requests[0].Messages.Select(message => message.GetProperty("content").GetString()));
    }

    private static ChatOptions Required()
    {
        var options = Tools.Of(Tools.Weather(_ => 1));
        options.ToolMode = ChatToolMode.RequireAny;
        return options;
    }

    private Task<ChatResponse> AskAsync(ChatOptions options) => _stage.Api.AsChatClient().GetResponseAsync("Hi", options, Stage.Token);

    private sealed record Weather(string City, int Degrees);
}
