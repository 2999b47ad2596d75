using System.Text.Json;
using ChatBotKit.Server.Tests.ConversationEngine;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>The tools of remote MCP servers in the runs of conversations.</summary>
public sealed class McpRunTests
{
    private static readonly (string, string) AllowsPrivate = ("CHATBOTKIT_ALLOW_PRIVATE_URLS", "true");

    [Fact]
    public async Task Run_CallsToolsOfTheServer_WithTheirSchemas_AndListsThemOnce()
    {
        await using var server = await EngineServer.StartAsync(more: AllowsPrivate);
        await using var remote = await RemoteMcpServer.StartAsync();
        var skillset = await CreateAsync(server, $"```mcp\nurl: {remote.Url}\nprefix: shop_\ntools: [add, pair]\n```");
        server.Model.Answer(script => script.ToolCall("c1", "shop_add", """{"a":1,"b":2}""").ToolCall("c2", "shop_pair", "{}"))
            .Answer(script => script.ToolCall("c3", "shop_add", """{"a":3,"b":4}""")).Answer(script => script.Text("Done."));

        var run = await AskAsync(server, skillset);

        Assert.Equal(["\"3\"", """{"one":1}""", "\"7\""], run.Activities("response").Select(response => response.GetProperty("result").GetString()));
        var tools = server.Model.Requests[0].Body.GetProperty("tools").EnumerateArray().Select(tool => tool.GetProperty("function")).ToList();
        Assert.Equal(["shop_add", "shop_pair"], tools.Select(tool => tool.Text("name")));
        Assert.Equal("The remote tool add.", tools[0].Text("description"));
        Assert.Equal(JsonElement.Parse(remote.Tools["add"]).GetProperty("required").GetRawText(), tools[0].GetProperty("parameters").GetProperty("required").GetRawText());
        Assert.Equal(1, remote.Listings);
        var keys = remote.Keys.Order().ToList();
        Assert.Equal([$"{keys[0]![..^2]}-1", $"{keys[0]![..^2]}-2", $"{keys[0]![..^2]}-3"], keys);
    }

    [Fact]
    public async Task Run_UsesOneConnectionForAllCalls_AndClosesIt()
    {
        await using var server = await EngineServer.StartAsync(more: AllowsPrivate);
        await using var remote = await RemoteMcpServer.StartAsync(hasSessions: true);
        var skillset = await CreateAsync(server, $"```mcp\nurl: {remote.Url}\ntools: [add, fail]\n```");
        server.Model.Answer(script => script.ToolCall("c1", "add", """{"a":1,"b":2}""").ToolCall("c2", "fail", "{}").ToolCall("c3", "add", """{"a":2,"b":2}"""))
            .Answer(script => script.ToolCall("c4", "add", """{"a":3,"b":4}""")).Answer(script => script.Text("Done."));

        var run = await AskAsync(server, skillset);

        Assert.Equal(["\"3\"", """{"error":"Out of stock"}""", "\"4\"", "\"7\""], run.Activities("response").Select(response => response.GetProperty("result").GetString()));
        Assert.Equal(1, remote.Sessions);
        await remote.Closed.Task.WaitAsync(EngineServer.Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Run_WhoseServerIsAway_GoesOnWithoutItsTools()
    {
        await using var server = await EngineServer.StartAsync();
        var skillset = await CreateAsync(server, "```mcp\nurl: http://127.0.0.1:9/mcp\n```");
        await server.Http.CreateAbilityAsync(skillset, "```echo\nHello\n```", "greet");
        server.Model.Answer(script => script.Text("Done."));

        var run = await AskAsync(server, skillset);

        Assert.Equal("Done.", run.Text);
        Assert.Equal(["greet"], server.Tools());
    }

    [Fact]
    public async Task Arguments_DoNotChangeWhereTheToolIsCalled()
    {
        await using var server = await EngineServer.StartAsync(more: AllowsPrivate);
        await using var remote = await RemoteMcpServer.StartAsync();
        var skillset = await CreateAsync(server, $"```mcp\nurl: {remote.Url}\ntools: [whoami]\n```");
        server.Model.Answer(script => script.ToolCall("c1", "whoami", """{"url":"http://127.0.0.1:9","headers":{"X-Shop":"evil"},"tools":"*"}"""))
            .Answer(script => script.Text("Done."));

        var run = await AskAsync(server, skillset);

        Assert.Equal("\"\"", Assert.Single(run.Activities("response")).GetProperty("result").GetString());
    }

    private static async Task<string> CreateAsync(EngineServer server, string instruction)
    {
        var skillset = await server.Http.CreateSkillsetAsync();
        await server.Http.CreateAbilityAsync(skillset, instruction, "shop");
        return skillset;
    }

    private static Task<RunTranscript> AskAsync(EngineServer server, string skillset) =>
        server.RunAsync("/v1/conversation/complete", new { skillsetId = skillset, messages = new[] { new { type = "user", text = "Go" } } });
}
