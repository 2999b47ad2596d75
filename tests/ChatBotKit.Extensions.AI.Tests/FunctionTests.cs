using System.Text.Json;
using ChatBotKit.TestModels;
using Microsoft.Extensions.AI;

namespace ChatBotKit.Extensions.AI.Tests;

/// <summary>
/// Functions of the caller, with the server: answered after the run and during it, in stored and stateless conversations.
/// </summary>
public sealed class FunctionTests : IAsyncLifetime
{
    private Stage _stage = null!;

    public static TheoryData<FunctionAnswers, bool> Ways => new()
    {
        { FunctionAnswers.AfterRun, false },
        { FunctionAnswers.AfterRun, true },
        { FunctionAnswers.DuringRun, false },
        { FunctionAnswers.DuringRun, true },
    };

    private ScriptedModelServer Model => _stage.Model;

    public async ValueTask InitializeAsync() => _stage = await Stage.StartAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Function_ThatTheModelCalls_IsCalledAndAnswered(FunctionAnswers way, bool stored)
    {
        Model.Answer(script => script.Text("Let me look. ").ToolCall("call_1", "getWeather", "{\"city\":\"Sofia\"}"))
            .Answer(script => script.Text("21 degrees.").Usage(1, 1));
        var client = await ClientAsync(way, stored);

        var response = await client.GetResponseAsync("Weather?", Tools.Of(Tools.Weather(city => $"21 °C in {city}")), Stage.Token);

        Assert.EndsWith("21 degrees.", response.Text, StringComparison.Ordinal);
        Assert.Equal(ChatFinishReason.Stop, response.FinishReason);
        Assert.Equal("\"21 °C in Sofia\"", Model.Requests[1].LastText("tool"));
        var contents = response.Messages.SelectMany(message => message.Contents).ToList();
        var call = Assert.Single(contents.OfType<FunctionCallContent>());
        Assert.Equal(("call_1", "getWeather"), (call.CallId, call.Name));
        Assert.Equal("call_1", Assert.Single(contents.OfType<FunctionResultContent>()).CallId);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Functions_CalledSideBySide_AreEachAnswered(FunctionAnswers way, bool stored)
    {
        Model.Answer(script => script.ToolCall("c1", "getWeather", "{\"city\":\"Sofia\"}").ToolCall("c2", "getWeather", "{\"city\":\"Ulm\"}"))
            .Answer(script => script.Text("Both."));
        var client = await ClientAsync(way, stored);

        var response = await client.GetResponseAsync("Weather?", Tools.Of(Tools.Weather(city => city.Length)), Stage.Token);

        Assert.EndsWith("Both.", response.Text, StringComparison.Ordinal);
        Assert.Equal([("c1", "5"), ("c2", "3")], Model.Requests[1].Messages
            .Where(message => message.GetProperty("role").GetString() == "tool")
            .Select(message => (message.GetProperty("tool_call_id").GetString()!, message.GetProperty("content").GetString()!)));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Functions_CalledAgainAndAgain_GoOnToTheEnd(FunctionAnswers way, bool stored)
    {
        for (var i = 1; i <= 5; i++)
        {
            var number = i;
            Model.Answer(script => script.ToolCall($"c{number}", "getWeather", $"{{\"city\":\"{number}\"}}"));
        }
        Model.Answer(script => script.Text("Done."));
        var asked = new List<string>();
        var client = await ClientAsync(way, stored);

        var response = await client.GetResponseAsync("Go", Tools.Of(Tools.Weather(city =>
        {
            asked.Add(city);
            return new { Degrees = city.Length };
        })), Stage.Token);

        Assert.EndsWith("Done.", response.Text, StringComparison.Ordinal);
        Assert.Equal(["1", "2", "3", "4", "5"], asked);
        Assert.Equal("""{"degrees":1}""", Model.Requests[^1].LastText("tool"));
        Assert.Equal(6, Model.Requests.Count);
        Assert.Equal(5, Model.Requests[^1].Messages.Count(message => message.GetProperty("role").GetString() == "tool"));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Stream_WithFunctions_GivesTextBeforeAndBehindThem(FunctionAnswers way, bool stored)
    {
        Model.Answer(script => script.Text("Let me look. ").ToolCall("c1", "getWeather", "{\"city\":\"Sofia\"}"))
            .Answer(script => script.Text("Mild", "."));
        var client = await ClientAsync(way, stored);

        var updates = await client.GetStreamingResponseAsync(
            "Weather?", Tools.Of(Tools.Weather(_ => true)), Stage.Token).ToListAsync(Stage.Token);

        Assert.Equal("Let me look. Mild.", string.Concat(updates.Select(update => update.Text)));
        Assert.Equal(ChatRole.Tool, Assert.Single(updates, update => update.Contents.OfType<FunctionResultContent>().Any()).Role);
        Assert.Equal("Let me look. Mild.", string.Concat(updates.ToChatResponse().Messages.Select(message => message.Text)));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Function_ThatThrows_TellsTheModelWithoutDetails(FunctionAnswers way, bool stored)
    {
        Model.Answer(script => script.ToolCall("c1", "getWeather", "{\"city\":\"Sofia\"}")).Answer(script => script.Text("Sorry."));
        var client = await ClientAsync(way, stored);

        var response = await client.GetResponseAsync(
            "Weather?", Tools.Of(Tools.Weather(_ => throw new InvalidOperationException("password"))), Stage.Token);

        Assert.Equal("Sorry.", response.Text);
        Assert.Contains("failed", Model.Requests[1].LastText("tool"), StringComparison.Ordinal);
        Assert.DoesNotContain("password", Model.Requests[1].LastText("tool"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Cancellation_DuringAFunction_EndsEverything(FunctionAnswers way, bool stored)
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Stage.Token);
        Model.Answer(script => script.ToolCall("c1", "getWeather", "{\"city\":\"Sofia\"}"));
        var client = await ClientAsync(way, stored);
        var seen = new TaskCompletionSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.GetResponseAsync(
            "Weather?",
            Tools.Of(Tools.Weather(async (_, token) =>
            {
                seen.SetResult();
                await cancellation.CancelAsync();
                await Task.Delay(Timeout.Infinite, token);
                return "never";
            })),
            cancellation.Token));

        Assert.True(seen.Task.IsCompleted);
        Assert.Single(Model.Requests);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Declaration_WithoutCode_IsLeftToTheCaller(bool stored)
    {
        Model.Answer(script => script.ToolCall("c1", "lookUp", "{\"n\":1}")).Answer(script => script.Text("Found."));
        var declaration = AIFunctionFactory.CreateDeclaration(
            "lookUp", "Looks something up.", JsonElement.Parse("""{"type":"object","properties":{"n":{"type":"integer"}}}"""));
        var client = await ClientAsync(FunctionAnswers.DuringRun, stored);
        List<ChatMessage> history = [new(ChatRole.User, "Find")];

        var first = await client.GetResponseAsync(history, Tools.Of(declaration), Stage.Token);
        var call = Assert.Single(first.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>());
        Assert.Equal((ChatFinishReason.ToolCalls, false), (first.FinishReason!.Value, call.InformationalOnly));
        Assert.Equal(1, Assert.IsType<JsonElement>(call.Arguments!["n"]).GetInt32());
        history.AddMessages(first);
        history.Add(new ChatMessage(ChatRole.Tool, [new FunctionResultContent(call.CallId, 7)]));
        var second = await client.GetResponseAsync(history, Tools.Of(declaration), Stage.Token);

        Assert.Equal("Found.", second.Text);
        Assert.Equal("7", Model.Requests[1].LastText("tool"));
    }

    [Fact]
    public async Task Approval_ThatIsNeeded_IsAskedForAndThenTheFunctionIsCalled()
    {
        Model.Answer(script => script.ToolCall("c1", "getWeather", "{\"city\":\"Sofia\"}")).Answer(script => script.Text("Mild."));
        var client = await ClientAsync(FunctionAnswers.DuringRun, stored: true);
        var options = Tools.Of(new ApprovalRequiredAIFunction(Tools.Weather(_ => 21)));
        List<ChatMessage> history = [new(ChatRole.User, "Weather?")];

        var first = await client.GetResponseAsync(history, options, Stage.Token);
        var asked = Assert.Single(first.Messages.SelectMany(message => message.Contents).OfType<ToolApprovalRequestContent>());
        options.ConversationId = first.ConversationId;
        var second = await client.GetResponseAsync(
            [.. first.Messages, new(ChatRole.User, [asked.CreateResponse(approved: true)])], options, Stage.Token);

        Assert.Equal("Mild.", second.Text);
        Assert.Equal("21", Model.Requests[1].LastText("tool"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Turns_AfterAFunctionDuringTheRun_RepeatNothing(bool stored)
    {
        Model.Answer(script => script.ToolCall("c1", "getWeather", "{\"city\":\"Sofia\"}")).Answer(script => script.Text("Mild."));
        var client = await ClientAsync(FunctionAnswers.DuringRun, stored);
        var options = Tools.Of(Tools.Weather(_ => 1));
        List<ChatMessage> history = [new(ChatRole.User, "Weather?")];

        history.AddMessages(await client.GetResponseAsync(history, options, Stage.Token));
        // A history without its last answer ends with a result that is already stored.
        history[^1] = new ChatMessage(ChatRole.User, "Thanks");
        await client.GetResponseAsync(history, options, Stage.Token);

        string[] told = ["user", "assistant", "tool", .. stored ? ["assistant"] : Array.Empty<string>(), "user"];
        Assert.Equal(told, Model.Requests[^1].Messages.Select(message => message.GetProperty("role").GetString()));
    }

    [Fact]
    public async Task ToolMode_None_OffersNoFunctions()
    {
        var options = Tools.Of(Tools.Weather(_ => 1));
        options.ToolMode = ChatToolMode.None;

        await _stage.Api.AsChatClient().GetResponseAsync("Hi", options, Stage.Token);

        Assert.False(Model.Requests[0].Body.TryGetProperty("tools", out _));
    }

    [Fact]
    public async Task ToolMode_OfOneFunction_ForcesIt()
    {
        Model.Answer(script => script.ToolCall("c1", "getWeather", "{\"city\":\"Sofia\"}"));
        var options = Tools.Of(Tools.Weather(_ => 1));
        (options.ModelId, options.ToolMode) = ("scripted", ChatToolMode.RequireSpecific("getWeather"));

        await _stage.Api.AsChatClient().GetResponseAsync("Hi", options, Stage.Token);

        Assert.Equal("getWeather", Model.Requests[0].Body.GetProperty("tool_choice").GetProperty("function").GetProperty("name").GetString());
    }

    [Fact]
    public async Task Results_OfAnotherProcess_FindTheirCallInTheConversation()
    {
        Model.Answer(script => script.ToolCall("c1", "getWeather", "{\"city\":\"Sofia\"}")).Answer(script => script.Text("Mild."));
        var options = new ChatOptions { ConversationId = await _stage.ConversationAsync(), Tools = [Tools.Weather(_ => 1)] };
        await _stage.Api.AsChatClient().GetResponseAsync("Weather?", options, Stage.Token);

        var later = await _stage.Api.AsChatClient().GetResponseAsync(
            [new(ChatRole.Tool, [new FunctionResultContent("c1", "21")])], options, Stage.Token);

        Assert.Equal("Mild.", later.Text);
        Assert.Equal("\"21\"", Model.Requests[1].LastText("tool"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Result_OfACallThatNobodyKnows_IsRefused(bool stored)
    {
        var options = new ChatOptions { ConversationId = stored ? await _stage.ConversationAsync() : null };

        var failure = await Assert.ThrowsAsync<ArgumentException>(() => _stage.Api.AsChatClient().GetResponseAsync(
            [new(ChatRole.User, "Hi"), new(ChatRole.Tool, [new FunctionResultContent("c9", 1)])], options, Stage.Token));

        Assert.Contains("c9", failure.Message, StringComparison.Ordinal);
        Assert.Empty(Model.Requests);
    }

    private async Task<IChatClient> ClientAsync(FunctionAnswers way, bool stored)
    {
        var options = new ChatBotKitChatClientOptions { FunctionAnswers = way };
        var client = stored ? await _stage.StoredAsync(options) : _stage.Api.AsChatClient(options);
        return client.AsBuilder().UseFunctionInvocation().Build();
    }
}
