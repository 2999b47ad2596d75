using ChatBotKit.Testing;
using ChatBotKit.TestModels;
using Microsoft.Extensions.AI;

namespace ChatBotKit.Extensions.AI.Tests;

/// <summary>Functions whose names the API does not accept.</summary>
public sealed class FunctionNameTests : IAsyncLifetime
{
    private static readonly string[] Own =
        ["get-weather", "calendar.read", "_private", "a-b", "a.b", "a_b", "1st", "天気", "$x", "plain", new string('x', 70), new string('x', 71)];

    private Stage _stage = null!;

    public static TheoryData<FunctionAnswers, bool> Ways => FunctionTests.Ways;

    public async ValueTask InitializeAsync() => _stage = await Stage.StartAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Names_ThatTheApiRefuses_AreMappedOutAndBack(FunctionAnswers way, bool stored)
    {
        var called = new List<string>();
        // The model calls each offered function once.
        _stage.Model.Otherwise(request => request.LastText("tool").Length > 0
            ? new ModelScript().Text("Done.")
            : Sent(request).Aggregate(new ModelScript(), (script, name) => script.ToolCall($"call_{name}", name, "{}")));
        var client = await ClientAsync(way, stored);

        var response = await client.GetResponseAsync("All of them", Tools.Of([.. Own.Select(name => Function(name, called))]), Stage.Token);

        Assert.Equal("Done.", response.Text);
        Assert.Equal(Own.Order(StringComparer.Ordinal), called.Order(StringComparer.Ordinal));
        var calls = response.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>();
        Assert.Equal(Own.Order(StringComparer.Ordinal), calls.Select(call => call.Name).Order(StringComparer.Ordinal));
        Assert.All(Sent(_stage.Model.Requests[0]), name => Assert.Matches("^[A-Za-z][A-Za-z0-9_]{0,63}$", name));
        Assert.Equal(
            Sent(_stage.Model.Requests[0]).Order(StringComparer.Ordinal), Repeated(_stage.Model.Requests[^1]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Names_InAnyOrder_AreSentAlike()
    {
        var sent = await SentAsync(Own);
        var reversed = await SentAsync([.. Own.Reverse()]);

        Assert.Equal(sent, reversed.Reverse());
        Assert.Equal(Own.Length, sent.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(("a_b", "plain", "get_weather"), (sent[Array.IndexOf(Own, "a_b")], sent[Array.IndexOf(Own, "plain")], sent[0]));
    }

    [Fact]
    public async Task Name_OfAnEarlierCall_IsNotThatOfAnotherFunction()
    {
        List<ChatMessage> history =
        [
            new(ChatRole.User, "Go"),
            new(ChatRole.Assistant, [new FunctionCallContent("c1", "a-b"), new FunctionCallContent("c2", "c.d")]),
            new(ChatRole.Tool, [new FunctionResultContent("c1", 1), new FunctionResultContent("c2", 2)]),
        ];

        await _stage.Api.AsChatClient().GetResponseAsync(history, Tools.Of(Function("a_b", [])), Stage.Token);

        var names = Repeated(_stage.Model.Requests[0]).ToList();
        Assert.Equal(2, names.Count);
        Assert.DoesNotContain("a_b", names);
        Assert.Contains("c_d", names);
    }

    [Fact]
    public async Task Function_ThatIsRequired_IsNamedAsItIsSent()
    {
        var options = Tools.Of(Function("get-weather", []));
        (options.ModelId, options.ToolMode) = ("scripted", ChatToolMode.RequireSpecific("get-weather"));

        await _stage.Api.AsChatClient().GetResponseAsync("Weather?", options, Stage.Token);

        Assert.Equal(
            "get_weather", _stage.Model.Requests[0].Body.GetProperty("tool_choice").GetProperty("function").GetProperty("name").GetString());
    }

    private static AIFunction Function(string name, List<string> called) => AIFunctionFactory.Create(
        () =>
        {
            lock (called)
                called.Add(name);
            return 1;
        },
        name,
        "Does something.");

    private static IEnumerable<string> Sent(ScriptedRequest request) =>
        request.Body.GetProperty("tools").EnumerateArray().Select(tool => tool.GetProperty("function").GetProperty("name").GetString()!);

    private static IEnumerable<string> Repeated(ScriptedRequest request) => request.Messages
        .Where(message => message.TryGetProperty("tool_calls", out _))
        .SelectMany(message => message.GetProperty("tool_calls").EnumerateArray())
        .Select(call => call.GetProperty("function").GetProperty("name").GetString()!);

    private static async Task<IReadOnlyList<string>> SentAsync(IEnumerable<string> own)
    {
        using var handler = new ScriptedHandler().Answer(ScriptedAnswer.OfRun(ScriptedRun.Saying("Hi")));
        await handler.CreateClient().AsChatClient().GetResponseAsync("Hi", Tools.Of([.. own.Select(name => Function(name, []))]), Stage.Token);
        return [.. handler.Requests[0].ReadBody<ConversationCompleteRequest>().Functions!.Select(function => function.Name)];
    }

    private async Task<IChatClient> ClientAsync(FunctionAnswers way, bool stored)
    {
        var options = new ChatBotKitChatClientOptions { FunctionAnswers = way };
        var client = stored ? await _stage.StoredAsync(options) : _stage.Api.AsChatClient(options);
        return way == FunctionAnswers.AfterRun ? client.AsBuilder().UseFunctionInvocation().Build() : client;
    }
}
