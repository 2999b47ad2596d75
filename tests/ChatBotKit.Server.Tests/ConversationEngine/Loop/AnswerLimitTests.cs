using ChatBotKit.Server.ModelProviders.Answers;
using ChatBotKit.TestModels;

namespace ChatBotKit.Server.Tests.ConversationEngine;

public sealed class AnswerLimitTests
{
    private const int Limit = 5_000;

    private static readonly string[] Endless = [.. Enumerable.Repeat(new string('x', 90), 100)];

    public static TheoryData<string> Answers => ["text", "reasoning", "call", "fields"];

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Answer_WithoutAnEnd_IsCutAtTheLimitAndSaysWhichSetting(string kind)
    {
        await using var server = await StartAsync();
        var id = await server.AddConversationAsync();
        server.Model.Otherwise(_ => Endlessly(kind).Silence());

        var run = await server.CompleteAsync(id, new { text = "Hi" });

        Assert.Equal("error", run.EndReason);
        Assert.Contains(AnswerLimit.Setting, run.Data("error").Single().GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(kind == "text" ? Limit - (Limit % 90) : 0, run.Text.Length);
        Assert.All(await server.MessagesAsync(id), message => Assert.InRange(message.Text.Length, 1, Limit));
        await Assert.Single(server.Model.Requests).WaitForDisconnectAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Answer_ThatGoesOnAfterTheOutputLimit_IsCutAtTheSamePlace()
    {
        await using var server = await StartAsync();
        server.Model.Otherwise(_ => new ModelScript().Text(Endless.Take(20)).Finish("length"));

        var run = await server.AskAsync();

        Assert.Equal("error", run.EndReason);
        Assert.InRange(run.Text.Length, Limit - 90, Limit);
        Assert.Equal(3, server.Model.Requests.Count);
    }

    [Fact]
    public async Task Compaction_WithoutAnEnd_IsCutAtTheLimit()
    {
        await using var server = await StartAsync();
        server.Model.Otherwise(_ => new ModelScript().Text(Endless).Silence());

        await server.Http.AssertRefusedAsync(
            "502 BAD_GATEWAY", HttpMethod.Post, "/v1/conversation/compact", new { messages = new[] { new { type = "user", text = "Hi" } } });
    }

    /// <summary>64 MB, in each possible form, against the default limit.</summary>
    [Theory]
    [InlineData("one event")]
    [InlineData("one body")]
    [InlineData("pieces")]
    public async Task Answer_Of64Megabytes_NeverFillsTheMemory(string way)
    {
        await using var server = await EngineServer.StartAsync();
        server.Model.Otherwise(_ => Megabytes(way));
        await server.AskAsync();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var most = 0L;
        using var stop = new CancellationTokenSource();
        var watching = Task.Run(
            () =>
            {
                while (!stop.IsCancellationRequested)
                    most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
            },
            TestContext.Current.CancellationToken);

        var run = await server.AskAsync();
        await stop.CancelAsync();
        await watching;

        Assert.Equal("error", run.EndReason);
        Assert.True(run.Text.Length <= AnswerLimit.Default);
        // The script and the events of the test itself are in memory too.
        Assert.InRange(most, 0, 200L * 1024 * 1024);
    }

    [Fact]
    public void LongestAnswer_OfCharactersThatTakeMost_FitsIntoALineOfTheSdk() =>
        Assert.True((AnswerLimit.Most * 6L) + 1024 < 32L * 1024 * 1024);

    private static ModelScript Endlessly(string kind) => kind switch
    {
        "text" => new ModelScript().Text(Endless),
        "reasoning" => new ModelScript().Reasoning(Endless),
        "call" => new ModelScript().ToolCall("c1", "look", Endless),
        _ => Endless.Aggregate(new ModelScript(), (script, piece) =>
            script.Raw($$$"""data: {"choices":[{"delta":{"extra":["{{{piece}}}"]}}]}""" + "\n\n")),
    };

    private static ModelScript Megabytes(string way)
    {
        const int Megabyte = 1024 * 1024;
        var script = new ModelScript().EndHere();
        var piece = new string('x', Megabyte);
        if (way != "pieces")
            script.Raw(way == "one event" ? """data: {"choices":[{"delta":{"content":""" + "\"" : """{"choices":[{"message":{"content":""" + "\"");
        for (var i = 0; i < 64; i++)
            script.Raw(way == "pieces" ? $$$"""data: {"choices":[{"delta":{"content":"{{{piece}}}"}}]}""" + "\n\n" : piece);
        return script.Raw(way == "pieces" ? "data: [DONE]\n\n" : "\"}}]}\n\n");
    }

    private static Task<EngineServer> StartAsync() => EngineServer.StartAsync(more: (AnswerLimit.Setting, "5000"));
}
