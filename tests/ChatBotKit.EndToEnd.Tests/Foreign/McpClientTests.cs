using ChatBotKit.Server.Tests;

namespace ChatBotKit.EndToEnd.Tests.Foreign;

/// <summary>The official MCP client for Node.</summary>
public sealed class McpClientTests
{
    [Theory]
    [InlineData("mcp.mjs")]
    [InlineData("mcp-sign-in.mjs")]
    public async Task Client_ListsAndCallsTheAbilitiesOfASkillset(string program)
    {
        await using var server = await ServerFactory.StartAsync();
        using var owner = server.Client();
        var skillset = ApiJson.Id(await owner.ReadAsync(HttpMethod.Post, "skillset/create", "{}"));
        await owner.ReadAsync(
            HttpMethod.Post, $"skillset/{skillset}/ability/create", new { name = "Say hello!", description = "Greets somebody.", instruction = "```echo\nHello $[name! |who]\n```" });
        var id = ApiJson.Id(await owner.ReadAsync(HttpMethod.Post, "integration/mcpserver/create", new { skillsetId = skillset }));
        var integration = await owner.ReadAsync(HttpMethod.Get, $"integration/mcpserver/{id}/fetch");

        await NodeProject.RunAsync(program, new Dictionary<string, string>
        {
            ["MCP_URL"] = $"{server.Address.AbsoluteUri}api/v1/integration/mcpserver/{id}/mcp",
            ["MCP_TOKEN"] = integration.Text("accessToken")!,
        });
    }
}
