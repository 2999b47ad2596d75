namespace ChatBotKit.Server.Tests.ConversationEngine;

public sealed class LimitTests
{
    [Fact]
    public async Task Iterations_One_EndsAfterTheTools()
    {
        await using var server = await EngineServer.StartAsync();
        server.Model.Answer(script => script.ToolCall("c1", "weather", "{}"));
        var run = await server.AskAsync(functions: Functions.WithData("weather", 1), limits: new { iterations = 1 });
        Assert.Equal("iteration", run.EndReason);
        Assert.Single(run.Activities("response"));
        Assert.Single(server.Model.Requests);
    }

    [Fact]
    public async Task Calls_Exceeded_RefusesTheRestAndSaysSo()
    {
        await using var server = await EngineServer.StartAsync();
        var round = 0;
        server.Model.Otherwise(_ => new TestModels.ModelScript().ToolCall("c1", "weather", $$"""{"n":{{round++}}}"""));
        var run = await server.AskAsync(functions: Functions.WithData("weather", 1), limits: new { calls = 2 });
        Assert.Equal("activity", run.EndReason);
        Assert.Equal(["1", "1", """{"error":"too many calls"}"""], run.Activities("response").Select(f => f.GetProperty("result").GetString()));
        var last = run.Data("message")[^1];
        Assert.Equal("bot", last.GetProperty("type").GetString());
        Assert.True(last.GetProperty("meta").GetProperty("callLimitReached").GetBoolean());
    }

    [Fact]
    public async Task IdenticalRounds_AreStopped()
    {
        await using var server = await EngineServer.StartAsync();
        server.Model.Otherwise(_ => new TestModels.ModelScript().ToolCall("c1", "weather", "{}"));
        var run = await server.AskAsync(functions: Functions.WithData("weather", 1));
        Assert.Equal("stop", run.EndReason);
        Assert.Equal(3, server.Model.Requests.Count);
        Assert.Equal(
            "identicalCycles",
            run.Data("message")[^1].GetProperty("meta").GetProperty("cycleDetected").GetProperty("kind").GetString());
    }

    [Fact]
    public async Task Length_IsContinuedIntoOneMessage()
    {
        await using var server = await EngineServer.StartAsync();
        server.Model
            .Answer(script => script.Text("One, ").Finish("length").Usage(1, 2))
            .Answer(script => script.Text("two, ").Finish("length").Usage(1, 2))
            .Answer(script => script.Text("three.").Usage(1, 2));
        var run = await server.AskAsync("Count");
        Assert.Equal("stop", run.EndReason);
        Assert.Equal("One, two, three.", run.Data("message").Single().GetProperty("text").GetString());
        Assert.Equal(9, run.Result.GetProperty("usage").GetProperty("token").GetInt64());
        Assert.Equal("One, two, ", server.Model.Requests[2].LastText("assistant"));
    }

    [Fact]
    public async Task Length_ContinuationsUsedUp_EndsWithLength()
    {
        await using var server = await EngineServer.StartAsync();
        server.Model.Otherwise(_ => new TestModels.ModelScript().Text("more ").Finish("length"));
        var run = await server.AskAsync(limits: new { continuations = 2 });
        Assert.Equal("length", run.EndReason);
        Assert.Equal(3, server.Model.Requests.Count);
        Assert.Equal("more more more ", run.Text);
    }

    [Theory]
    [InlineData(null, 6)]
    [InlineData(1, 2)]
    [InlineData(20, 21)]
    [InlineData(1_000, 21)]
    public async Task Length_OfEveryAnswer_IsAskedForAFewTimesUnlessMoreIsWanted(int? continuations, int requests)
    {
        await using var server = await EngineServer.StartAsync();
        var count = 0;
        server.Model.Otherwise(_ => new TestModels.ModelScript().Text($"part {count++} ").Finish("length"));
        var run = await server.AskAsync(limits: continuations is null ? null : new { continuations });
        Assert.Equal("length", run.EndReason);
        Assert.Equal(requests, server.Model.Requests.Count);
    }

    [Fact]
    public async Task Length_ContinuationsOfARun_AreCountedOverItsFunctionCalls()
    {
        await using var server = await EngineServer.StartAsync();
        server.Model
            .Answer(script => script.Text("One, ").Finish("length"))
            .Answer(script => script.Text("two. ").ToolCall("c1", "weather", "{}"))
            .Answer(script => script.Text("Three, ").Finish("length"))
            .Answer(script => script.Text("four, ").Finish("length"));
        var run = await server.AskAsync(functions: Functions.WithData("weather", 1), limits: new { continuations = 2 });
        Assert.Equal(("length", "Three, four, "), (run.EndReason, run.Text));
        Assert.Equal(4, server.Model.Requests.Count);
    }

    [Fact]
    public async Task EmptyAnswers_AreAskedAgainThreeTimesAndReported()
    {
        await using var server = await EngineServer.StartAsync();
        server.Model.Otherwise(_ => new TestModels.ModelScript());
        var run = await server.AskAsync();
        Assert.Equal("stop", run.EndReason);
        Assert.Equal(3, server.Model.Requests.Count);
        Assert.Equal(
            "emptyExhausted",
            run.Data("message").Single().GetProperty("meta").GetProperty("cycleDetected").GetProperty("kind").GetString());
    }

    [Fact]
    public async Task Usage_NobodyCounted_IsEstimated()
    {
        await using var server = await EngineServer.StartAsync();
        server.Model.Answer(script => script.Text("12345678"));
        var run = await server.AskAsync("1234");
        Assert.Equal((1L, 2L), (
            run.Result.GetProperty("usage").GetProperty("inputTokens").GetInt64(),
            run.Result.GetProperty("usage").GetProperty("outputTokens").GetInt64()));
    }
}
