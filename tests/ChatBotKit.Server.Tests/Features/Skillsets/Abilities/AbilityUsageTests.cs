using ChatBotKit.Server.Tests.ConversationEngine;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>The tokens that abilities use.</summary>
public sealed class AbilityUsageTests
{
    [Fact]
    public async Task Run_WhoseAbilityAsksAModel_HasItsTokens()
    {
        await using var server = await EngineServer.StartAsync();
        var skillset = await server.Http.CreateSkillsetAsync();
        await server.Http.CreateAbilityAsync(skillset, "@text/summarize", "sum");
        var conversation = ApiJson.Id(await server.Http.ReadAsync(HttpMethod.Post, "conversation/create", new { skillsetId = skillset }));
        server.Model.Answer(script => script.ToolCall("c1", "sum", """{"source":"A long text."}""").Usage(10, 1))
            .Answer(script => script.Text("Short.").Usage(100, 20)).Answer(script => script.Text("Done.").Usage(30, 3));

        var run = await server.CompleteAsync(conversation, new { text = "Go" });

        Assert.Equal(164, run.Result.GetProperty("usage").GetProperty("token").GetInt64());
        Assert.Equal(164, await TokensAsync(server, conversation));
    }

    [Fact]
    public async Task Session_WhoseRunAsksABot_PaysForItOnce()
    {
        await using var server = await EngineServer.StartAsync();
        var bot = ApiJson.Id(await server.Http.ReadAsync(HttpMethod.Post, "bot/create", new { name = "Other" }));
        var skillset = await server.Http.CreateSkillsetAsync();
        await server.Http.CreateAbilityAsync(skillset, "@bot/ask", "ask", new { botId = bot });
        var conversation = ApiJson.Id(await server.Http.ReadAsync(HttpMethod.Post, "conversation/create", new { skillsetId = skillset }));
        var session = await server.Http.ReadAsync(HttpMethod.Post, $"conversation/{conversation}/session/create", new { limits = new { tokens = 100 } });
        using var user = server.Server.Client(session.Text("token"));
        server.Model.Answer(script => script.ToolCall("c1", "ask", """{"question":"Why?"}""").Usage(10, 0))
            .Answer(script => script.Text("So.").Usage(40, 0)).Answer(script => script.Text("Done.").Usage(10, 0))
            .Answer(script => script.Text("Again.").Usage(40, 0));

        var run = await server.RunAsync($"/v1/conversation/{conversation}/complete", new { text = "Go" }, http: user);
        var next = await server.RunAsync($"/v1/conversation/{conversation}/complete", new { text = "Go" }, http: user);

        Assert.Equal(60, run.Result.GetProperty("usage").GetProperty("token").GetInt64());
        Assert.Equal("Again.", next.Text);
        using var refused = await user.SendAsync(HttpMethod.Post, $"conversation/{conversation}/complete", new { text = "Go" });
        Assert.Equal(System.Net.HttpStatusCode.TooManyRequests, refused.StatusCode);
    }

    [Fact]
    public async Task Execution_WithoutARun_IsStoredAsUsageOfTheAccount()
    {
        await using var server = await EngineServer.StartAsync();
        server.Model.Answer(script => script.Text("Short.").Usage(100, 20));

        var answer = await server.Http.ExecuteAsync("@text/summarize", new { source = "A long text." });

        Assert.Equal(120, answer.GetProperty("usage").GetProperty("token").GetInt64());
        Assert.Equal(120, await server.Server.Store.QueryAsync(
            db => db.FirstAsync("""SELECT CAST(sum("InputTokens" + "OutputTokens") AS bigint) FROM "UsageRecords" WHERE "ConversationId" IS NULL""", static row => row.GetInt64(0)),
            TestContext.Current.CancellationToken));
    }

    private static async Task<long> TokensAsync(EngineServer server, string conversation) =>
        (await server.Http.ReadAsync(HttpMethod.Get, $"conversation/{conversation}/usage/fetch")).GetProperty("tokens").GetInt64();
}
