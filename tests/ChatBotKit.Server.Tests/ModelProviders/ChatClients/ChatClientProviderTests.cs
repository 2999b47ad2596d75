using System.Net;
using System.Text.Json;
using ChatBotKit.Server.Hosting;
using ChatBotKit.Server.ModelProviders;
using ChatBotKit.Server.ModelProviders.Answers;
using ChatBotKit.Server.ModelProviders.ChatClients;
using ChatBotKit.Server.ModelProviders.Models;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Server.Tests.ModelProviders;

public sealed class ChatClientProviderTests
{
    // Reached only by a failing test.
    private const int TestTimeout = 30_000;

    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public async Task Stream_EveryKindOfContent_BecomesItsEvent()
    {
        using var client = new ScriptedChatClient(
            Update(new TextReasoningContent("Hm.")),
            Update(new TextContent("Hel"), new TextContent("")),
            Update(new TextContent("lo")),
            Update(new FunctionCallContent("a", "getWeather", new Dictionary<string, object?> { ["city"] = "Rome", ["days"] = 2 })),
            Update(new FunctionCallContent("b", "getTime")),
            Update(new UsageContent(new UsageDetails { InputTokenCount = 9 })),
            Update(new UsageContent(new UsageDetails { OutputTokenCount = 4 })));

        var answer = await ModelAnswer.ReadAsync(Provider(client), ModelRequests.Hello());

        Assert.Equal(("Hm.", "Hello"), (answer.Reasoning, answer.Text));
        Assert.Equal(
            [new ModelToolCall("a", "getWeather", """{"city":"Rome","days":2}"""), new ModelToolCall("b", "getTime", "{}")],
            answer.ToolCalls);
        Assert.Equal(new ModelUsage(9, 4), answer.Usage);
        Assert.Equal(ModelEndReason.ToolCalls, answer.EndReason);
    }

    [Theory]
    [InlineData(null, nameof(ModelEndReason.Stop))]
    [InlineData("stop", nameof(ModelEndReason.Stop))]
    [InlineData("length", nameof(ModelEndReason.Length))]
    [InlineData("content_filter", nameof(ModelEndReason.Filtered))]
    public async Task Stream_FinishReason_BecomesTheEnd(string? finishReason, string expected)
    {
        using var client = new ScriptedChatClient(new ChatResponseUpdate(ChatRole.Assistant, "Hi")
        {
            FinishReason = finishReason is null ? null : new ChatFinishReason(finishReason),
        });

        var answer = await ModelAnswer.ReadAsync(Provider(client), ModelRequests.Hello());

        Assert.Equal(expected, answer.EndReason.ToString());
        Assert.Null(answer.Usage);
    }

    [Fact]
    public async Task Stream_CutAtTheTokenLimit_DropsTheCallThatMayBeCut()
    {
        using var client = new ScriptedChatClient(
            Update(new FunctionCallContent("a", "getWeather")),
            new ChatResponseUpdate(ChatRole.Assistant, []) { FinishReason = ChatFinishReason.Length });

        var answer = await ModelAnswer.ReadAsync(Provider(client), ModelRequests.Hello());

        Assert.Empty(answer.ToolCalls);
        Assert.Equal(ModelEndReason.Length, answer.EndReason);
    }

    [Fact]
    public async Task Stream_TextCutInsideACharacter_IsJoined()
    {
        using var client = new ScriptedChatClient(
            Update(new TextReasoningContent("Hm \ud83d")), Update(new TextContent("Hi \ud83d")), Update(new TextContent("\ude00! \ud83d")));

        var answer = await ModelAnswer.ReadAsync(Provider(client), ModelRequests.Hello());

        Assert.Equal(("Hi 😀! \uFFFD", "Hm \uFFFD"), (answer.Text, answer.Reasoning));
    }

    [Fact]
    public async Task Fields_OfReasoningAndCalls_GoBackToTheClient()
    {
        using var client = new ScriptedChatClient(
            Update(new TextReasoningContent("First ")),
            Update(new TextReasoningContent("thought.") { ProtectedData = "c2ln" }),
            Update(new TextReasoningContent(" Second.")),
            Update(new FunctionCallContent("a", "getWeather")
            {
                AdditionalProperties = new() { ["signature"] = "x", ["deep"] = JsonElement.Parse("""{"a":[1]}"""), ["live"] = new object() },
            }));
        var answer = await ModelAnswer.ReadAsync(Provider(client), ModelRequests.Hello());
        var fields = answer.Events.Single(one => one.Kind == ModelEventKind.Fields).Fields;
        var request = ModelRequests.Hello() with
        {
            Messages =
            [
                new ModelMessage(ModelRole.Assistant, "") { ToolCalls = answer.ToolCalls, Fields = GivenFields.OfMessage(fields, answer.Reasoning) },
            ],
        };

        await ModelAnswer.ReadAsync(Provider(client), request);

        var contents = client.Messages[0].Contents;
        Assert.Equal(
            [("First thought.", "c2ln"), (" Second.", null)],
            contents.OfType<TextReasoningContent>().Select(one => (one.Text, one.ProtectedData)));
        var call = Assert.Single(contents.OfType<FunctionCallContent>());
        Assert.Equal("x", call.AdditionalProperties!["signature"]);
        Assert.Equal("""{"a":[1]}""", ((JsonElement)call.AdditionalProperties["deep"]!).GetRawText());
        Assert.Equal(2, call.AdditionalProperties.Count);
    }

    [Fact]
    public async Task Request_WithEverything_ReachesTheClient()
    {
        using var client = new ScriptedChatClient();

        await ModelAnswer.ReadAsync(Provider(client), ModelRequests.AfterToolCall(
            "gpt-4o/temperature=0.5/maxTokens=20/frequencyPenalty=1/presencePenalty=-1/seed=7/reasoningEffort=low"));

        Assert.Equal([ChatRole.System, ChatRole.User, ChatRole.Assistant, ChatRole.Tool], client.Messages.Select(m => m.Role));
        Assert.Equal("Weather in Zürich?", client.Messages[1].Text);
        var call = Assert.IsType<FunctionCallContent>(Assert.Single(client.Messages[2].Contents));
        Assert.Equal(("call_1", "getWeather", "Zürich"), (call.CallId, call.Name, call.Arguments!["city"]!.ToString()));
        var result = Assert.IsType<FunctionResultContent>(Assert.Single(client.Messages[3].Contents));
        Assert.Equal(("call_1", """{"sky":"clear"}"""), (result.CallId, result.Result));

        var options = client.Options!;
        Assert.Equal(("gpt-4o", 20, 0.5f, 1f, -1f, 7L), (options.ModelId, options.MaxOutputTokens, options.Temperature,
            options.FrequencyPenalty, options.PresencePenalty, options.Seed));
        Assert.Equal(ReasoningEffort.Low, options.Reasoning!.Effort);
        Assert.Equal("getWeather", Assert.IsType<RequiredChatToolMode>(options.ToolMode).RequiredFunctionName);
        var tool = Assert.IsAssignableFrom<AIFunctionDeclaration>(Assert.Single(options.Tools!));
        Assert.IsNotAssignableFrom<AIFunction>(tool);
        Assert.Equal(("getWeather", "Tells the weather."), (tool.Name, tool.Description));
        Assert.Equal(ModelRequests.Weather.Parameters.GetRawText(), tool.JsonSchema.GetRawText());
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, nameof(ModelFailure.Unauthorized))]
    [InlineData(HttpStatusCode.TooManyRequests, nameof(ModelFailure.RateLimited))]
    [InlineData(HttpStatusCode.BadRequest, nameof(ModelFailure.Rejected))]
    [InlineData(HttpStatusCode.Forbidden, nameof(ModelFailure.Unauthorized))]
    [InlineData(HttpStatusCode.RequestTimeout, nameof(ModelFailure.Unavailable))]
    [InlineData(HttpStatusCode.Conflict, nameof(ModelFailure.Unavailable))]
    [InlineData((HttpStatusCode)425, nameof(ModelFailure.Unavailable))]
    [InlineData(HttpStatusCode.BadGateway, nameof(ModelFailure.Unavailable))]
    public async Task Failure_WithAStatus_IsTranslated(HttpStatusCode status, string failure) =>
        Assert.Equal(failure, (await FailAsync(new HttpRequestException("no", null, status))).Failure.ToString());

    [Fact]
    public async Task Failure_OfAnyOtherKind_NamesTheProvider()
    {
        var exception = await FailAsync(new NotSupportedException("no such model"));

        Assert.Equal(("mine", ModelFailure.Unavailable), (exception.Provider, exception.Failure));
        Assert.Equal("The model provider mine failed: no such model", exception.Message);
    }

    [Fact]
    public async Task Failure_BeforeTheStreamIsReturned_IsTranslated()
    {
        using var client = new ScriptedChatClient { Refusal = new ArgumentException("too many messages") };

        var exception = await Assert.ThrowsAsync<ModelProviderException>(
            () => ModelAnswer.ReadAsync(Provider(client), ModelRequests.Hello()));

        Assert.Equal("The model provider mine failed: too many messages", exception.Message);
    }

    [Fact]
    public async Task Failure_ConnectionBrokenInMidStream_IsBroken() =>
        Assert.Equal(ModelFailure.Broken, (await FailAsync(new IOException("reset"))).Failure);

    [Fact]
    public async Task Failure_ThatIsNoJson_IsBroken() =>
        Assert.Equal(ModelFailure.Broken, (await FailAsync(new JsonException("no JSON"))).Failure);

    [Fact]
    public async Task Failure_ByATimeLimitOfTheClient_IsSilent() =>
        Assert.Equal(ModelFailure.Silent, (await FailAsync(new TimeoutException("too slow"))).Failure);

    [Fact]
    public async Task Failure_WithManyWords_IsOneShortLine()
    {
        var message = (await FailAsync(new NotSupportedException("first\nsecond " + new string('x', 10_000)))).Message;

        Assert.StartsWith("The model provider mine failed: first second xxx", message, StringComparison.Ordinal);
        Assert.InRange(message.Length, 1, 1_000);
    }

    [Fact]
    public async Task ErrorContent_FromTheClient_IsAFailure()
    {
        using var client = new ScriptedChatClient(Update(new ErrorContent("overloaded")));

        var exception = await Assert.ThrowsAsync<ModelProviderException>(
            () => ModelAnswer.ReadAsync(Provider(client), ModelRequests.Hello()));

        Assert.Contains("overloaded", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("429", nameof(ModelFailure.RateLimited))]
    [InlineData("400", nameof(ModelFailure.Rejected))]
    [InlineData("refused", nameof(ModelFailure.Unavailable))]
    public async Task ErrorContent_WithACode_IsTheFailureOfThatStatus(string code, string failure)
    {
        using var client = new ScriptedChatClient(Update(new ErrorContent("overloaded") { ErrorCode = code }));

        var exception = await Assert.ThrowsAsync<ModelProviderException>(
            () => ModelAnswer.ReadAsync(Provider(client), ModelRequests.Hello()));

        Assert.Equal(failure, exception.Failure.ToString());
    }

    [Fact(Timeout = TestTimeout)]
    public async Task Silence_OfTheClient_IsSilent()
    {
        using var client = new ScriptedChatClient(Update(new TextContent("Hi"))) { IsSilentAtTheEnd = true };
        await using var events = Provider(client).StreamAsync(ModelRequests.Hello(), TestContext.Current.CancellationToken)
            .GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await events.MoveNextAsync());
        var next = events.MoveNextAsync().AsTask();

        _clock.Advance(TimeSpan.FromSeconds(120));

        Assert.Equal(ModelFailure.Silent, (await Assert.ThrowsAsync<ModelProviderException>(() => next)).Failure);
    }

    [Fact(Timeout = TestTimeout)]
    public async Task Cancellation_ByTheCaller_IsNoFailure()
    {
        using var client = new ScriptedChatClient(Update(new TextContent("Hi"))) { IsSilentAtTheEnd = true };
        using var stop = new CancellationTokenSource();
        await using var events = Provider(client).StreamAsync(ModelRequests.Hello(), stop.Token)
            .GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await events.MoveNextAsync());
        var next = events.MoveNextAsync().AsTask();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
    }

    [Fact]
    public async Task Request_WithPicturesAndOddNames_IsSaidInTheWordsOfTheClient()
    {
        using var client = new ScriptedChatClient(Update(new FunctionCallContent("a", "_x")));
        var request = ModelRequests.Hello() with
        {
            Messages = [new ModelMessage(ModelRole.User, "Files.") { Pictures = [new ModelPicture("A picture.", "image/png", new byte[] { 1, 2 })] }],
            Tools = [ModelRequests.Weather with { Name = "$x" }],
        };

        var answer = await ModelAnswer.ReadAsync(Provider(client), request);

        Assert.Equal("$x", Assert.Single(answer.ToolCalls).Name);
        Assert.Equal("_x", Assert.Single(client.Options!.Tools!).Name);
        var picture = Assert.Single(client.Messages[0].Contents.OfType<DataContent>());
        Assert.Equal("image/png", picture.MediaType);
        Assert.Equal([1, 2], picture.Data.ToArray());
        Assert.Equal("Files.A picture.", client.Messages[0].Text);
    }

    [Theory]
    [InlineData("this model takes no image", 1)]
    [InlineData("could not process image", 2)]
    public async Task Picture_ThatTheClientRefuses_IsNamedOnceMore(string words, int refusals)
    {
        using var client = new ScriptedChatClient(Update(new TextContent("Hi"))) { PictureRefusal = new InvalidOperationException(words) };
        var provider = Provider(client);
        var request = ModelRequests.Hello() with
        {
            Messages = [new ModelMessage(ModelRole.User, "") { Pictures = [new ModelPicture("A picture.", "image/png", new byte[] { 1 })] }],
        };

        await ModelAnswer.ReadAsync(provider, request);
        var answer = await ModelAnswer.ReadAsync(provider, request);

        Assert.Equal(("Hi", refusals), (answer.Text, client.Refusals));
        Assert.Equal("A picture. You can't be shown it.", client.Messages[0].Text);
    }

    [Theory]
    [InlineData(401, nameof(ModelFailure.Unauthorized))]
    [InlineData(400, nameof(ModelFailure.Rejected))]
    [InlineData(529, nameof(ModelFailure.Unavailable))]
    [InlineData(0, nameof(ModelFailure.Unavailable))]
    public async Task Failure_OfAnotherLibrary_IsTranslatedByItsStatus(int status, string failure) =>
        Assert.Equal(failure, (await FailAsync(new InvalidOperationException("outer", new ForeignException(status)))).Failure.ToString());

    [Fact]
    public async Task Registration_ByName_ServesItsModelsThroughTheRegistry()
    {
        using var client = new ScriptedChatClient(Update(new TextContent("Hi")));
        await using var services = new ServiceCollection()
            .AddModelProvider("mine", _ => client, new ChatModel("my-model"))
            .AddModelProviders(new ConfigurationBuilder().Build())
            .BuildServiceProvider();

        var resolved = services.GetRequiredService<ModelRegistry>().Resolve(null);

        Assert.Equal(("mine", "my-model"), (resolved.Provider.Name, resolved.Model.Name));
        Assert.Equal("Hi", (await ModelAnswer.ReadAsync(resolved.Provider, ModelRequests.Of(resolved.Model, "Hello"))).Text);
    }

    private sealed class ForeignException(int status) : Exception
    {
        public int Status => status;
    }

    private static ChatResponseUpdate Update(params AIContent[] contents) => new(ChatRole.Assistant, contents);

    private ChatClientProvider Provider(IChatClient client) => new("mine", client, [], _clock);

    private async Task<ModelProviderException> FailAsync(Exception failure)
    {
        using var client = new ScriptedChatClient(Update(new TextContent("Hi"))) { Failure = failure };
        return await Assert.ThrowsAsync<ModelProviderException>(
            () => ModelAnswer.ReadAsync(Provider(client), ModelRequests.Hello()));
    }
}
