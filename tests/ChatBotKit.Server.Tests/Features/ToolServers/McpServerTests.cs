using System.Net;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>The MCP endpoint of an integration, with the official client.</summary>
public sealed class McpServerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData("2025-06-18")]
    public async Task Client_ListsAndCallsTheEnabledAbilities(string? version)
    {
        await using var server = await FeatureServer.StartAsync();
        var skillset = await server.Owner.CreateSkillsetAsync();
        await server.Owner.CreateAbilityAsync(skillset, "```echo\nHello $[name! |who]\n```", "Say hello!", new { description = "Greets somebody." });
        await server.Owner.CreateAbilityAsync(skillset, "```echo\nno\n```", "off", new { state = "disabled" });
        await server.Owner.CreateAbilityAsync(skillset, "```nonsense\n```", "broken");
        var (url, token) = await CreateAsync(server, skillset);
        await using var client = await ConnectAsync(url, token, version);

        var tools = await client.ListToolsAsync(cancellationToken: Token);
        var hello = await client.CallToolAsync("say_hello", new Dictionary<string, object?> { ["name"] = "Ada" }, cancellationToken: Token);
        var missing = await client.CallToolAsync("say_hello", new Dictionary<string, object?>(), cancellationToken: Token);
        var broken = await client.CallToolAsync("broken", new Dictionary<string, object?>(), cancellationToken: Token);

        Assert.Equal("Shop", client.ServerInfo?.Name);
        Assert.Equal(["say_hello", "broken"], tools.Select(tool => tool.Name));
        Assert.Equal("Greets somebody.", tools[0].Description);
        Assert.Equal("name", tools[0].JsonSchema.GetProperty("required")[0].GetString());
        Assert.Equal("Hello Ada", TextOf(hello));
        Assert.NotEqual(true, hello.IsError);
        Assert.True(missing.IsError);
        Assert.Contains("name", TextOf(missing), StringComparison.Ordinal);
        Assert.True(broken.IsError);
        await Assert.ThrowsAsync<McpProtocolException>(() => client.CallToolAsync("off", new Dictionary<string, object?>(), cancellationToken: Token).AsTask());
    }

    [Fact]
    public async Task Caller_WithoutTheAccessToken_IsRefused()
    {
        await using var server = await FeatureServer.StartAsync();
        var (url, token) = await CreateAsync(server, skillset: null);
        using var anybody = server.Server.Client(null);

        using var refused = await anybody.SendAsync(HttpMethod.Post, url, "{}");
        await refused.AssertRefusedAsync("401 NOT_AUTHENTICATED: The access token*");
        var metadata = refused.Header("WWW-Authenticate")!.Split('"')[1];
        foreach (var wrong in new[] { ServerFactory.OwnerSecret, token + "x", token.ToUpperInvariant() })
        {
            using var answer = await anybody.SendAsync(HttpMethod.Post, url, "{}", token: wrong);
            await answer.AssertRefusedAsync("401 NOT_AUTHENTICATED");
            await anybody.AssertRefusedAsync("401 NOT_AUTHENTICATED", HttpMethod.Post, $"{url}?authorization={wrong}", "{}");
        }

        await anybody.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Post, url.Replace("/mcpserver/", "/mcpserver/x", StringComparison.Ordinal), "{}");
        Assert.Equal(url, (await anybody.ReadAsync(HttpMethod.Get, metadata)).Text("resource"));
        using var get = await anybody.SendAsync(HttpMethod.Get, url, token: token);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, get.StatusCode);
        Assert.Equal(
            """{"jsonrpc":"2.0","error":{"code":-32000,"message":"Method not allowed."},"id":null}""", await get.TextAsync());
    }

    [Fact]
    public async Task AccessTokenInTheAddress_OpensTheEndpoint()
    {
        await using var server = await FeatureServer.StartAsync();
        var (url, token) = await CreateAsync(server, skillset: null);
        await using var client = await ConnectAsync($"{url}?authorization={token}", token: null);

        Assert.Empty(await client.ListToolsAsync(cancellationToken: Token));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":1}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":{},"method":"tools/list"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"nonsense"}""")]
    public async Task Request_ThatIsNoMcp_IsNoFailureOfTheServer(string body)
    {
        await using var server = await FeatureServer.StartAsync();
        var (url, token) = await CreateAsync(server, skillset: null);
        using var anybody = server.Server.Client(null);

        using var answer = await anybody.SendAsync(HttpMethod.Post, url, body, accept: "application/json, text/event-stream", token: token);

        Assert.InRange((int)answer.StatusCode, 200, 499);
    }

    [Fact]
    public async Task Body_ThatIsTooLarge_IsRefused()
    {
        await using var server = await FeatureServer.StartAsync(settings: new Dictionary<string, string?> { ["CHATBOTKIT_MAX_BODY_BYTES"] = "100000" });
        var (url, token) = await CreateAsync(server, skillset: null);
        using var anybody = server.Server.Client(null);
        var body = new { jsonrpc = "2.0", id = 1, method = "tools/list", @params = new { cursor = new string('x', 150_000) } };

        using var answer = await anybody.SendAsync(HttpMethod.Post, url, body, accept: "application/json, text/event-stream", token: token);

        await answer.AssertRefusedAsync("413 CONTENT_TOO_LARGE");
    }

    [Fact]
    public async Task Calls_WithTheSameSessionHeader_ShareTheirState()
    {
        await using var server = await FeatureServer.StartAsync();
        var skillset = await server.Owner.CreateSkillsetAsync();
        await server.Owner.CreateAbilityAsync(skillset, "!todo.write {}", "write");
        await server.Owner.CreateAbilityAsync(skillset, "!todo.read {}", "read");
        var (url, token) = await CreateAsync(server, skillset);
        using var anybody = server.Server.Client(null);
        async Task<string> CallAsync(string session, string tool, object arguments)
        {
            using var answer = await anybody.SendAsync(
                HttpMethod.Post, url, new { jsonrpc = "2.0", id = 1, method = "tools/call", @params = new { name = tool, arguments } },
                accept: "application/json, text/event-stream", token: token, headers: ("Mcp-Session-Id", session));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            return await answer.TextAsync();
        }

        await CallAsync("one", "write", new { items = new[] { new { id = 1, title = "Buy milk", status = "pending" } } });

        Assert.Contains("Buy milk", await CallAsync("one", "read", new { }), StringComparison.Ordinal);
        Assert.DoesNotContain("Buy milk", await CallAsync("two", "read", new { }), StringComparison.Ordinal);
    }

    /// <summary>The server calls itself; without a bound, each listing would lead to another one.</summary>
    [Fact]
    public async Task AbilitiesThatNameTheServerItself_EndAfterSomeSteps()
    {
        await using var server = await FeatureServer.StartAsync(settings: new Dictionary<string, string?> { ["CHATBOTKIT_ALLOW_PRIVATE_URLS"] = "true" });
        var skillset = await server.Owner.CreateSkillsetAsync();
        var (url, token) = await CreateAsync(server, skillset);
        await server.Owner.CreateAbilityAsync(skillset, "```echo\nHello\n```", "greet");
        await server.Owner.CreateAbilityAsync(skillset, $"```mcp\nurl: {url}\nprefix: x_\nheaders:\n  Authorization: Bearer {token}\n```", "self");
        await using var client = await ConnectAsync(url, token);

        var tools = await client.ListToolsAsync(cancellationToken: Token);

        Assert.Equal("greet", tools[0].Name);
        Assert.InRange(tools.Count, 1, 5);
    }

    internal static async Task<(string Url, string Token)> CreateAsync(FeatureServer server, string? skillset)
    {
        var id = ApiJson.Id(await server.Owner.ReadAsync(HttpMethod.Post, "integration/mcpserver/create", new { name = "Shop", skillsetId = skillset }));
        var token = (await server.GetAsync($"integration/mcpserver/{id}/fetch")).Text("accessToken")!;
        return ($"{server.Server.Address.AbsoluteUri}api/v1/integration/mcpserver/{id}/mcp", token);
    }

    private static async Task<McpClient> ConnectAsync(string url, string? token, string? version = null)
    {
        var options = new HttpClientTransportOptions { Endpoint = new Uri(url), TransportMode = HttpTransportMode.StreamableHttp };
        if (token is not null)
            options.AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = $"Bearer {token}" };
        return await McpClient.CreateAsync(new HttpClientTransport(options), new McpClientOptions { ProtocolVersion = version }, cancellationToken: Token);
    }

    private static string TextOf(CallToolResult result) => Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text;
}
