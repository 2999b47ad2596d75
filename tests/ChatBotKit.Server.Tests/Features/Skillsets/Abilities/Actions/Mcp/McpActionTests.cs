using System.Text.Json;
using ChatBotKit.Server.Features.Skillsets.Abilities.Actions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>The tools of remote MCP servers in executions without a run.</summary>
public sealed class McpActionTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Execution_CallsTheTool_OrListsTheTools(bool hasSessions)
    {
        await using var server = await StartAsync();
        await using var remote = await RemoteMcpServer.StartAsync(hasSessions);
        var instruction = Instruction(remote.Url);

        var list = JsonElement.Parse((await server.Owner.ExecuteAsync(instruction)).Result());
        var sum = await server.Owner.ExecuteAsync(instruction, new { tool = "add", arguments = new { a = 1, b = 2.5 } });

        Assert.Equal(["add", "fail", "hang", "long", "pair", "whoami"], list.EnumerateArray().Select(tool => tool.Text("name")));
        Assert.Equal("a", list[0].GetProperty("parameters").GetProperty("required")[0].GetString());
        Assert.Equal("\"3.5\"", sum.Result());
        Assert.Equal("""{"one":1}""", (await server.Owner.ExecuteAsync(instruction, new { tool = "pair" })).Result());
        Assert.Equal("Out of stock", (await server.Owner.ExecuteAsync(instruction, new { tool = "fail" })).Error());
    }

    [Fact]
    public async Task LinkedSecret_IsTheAuthorization_UnlessTheHeadersHaveOne()
    {
        await using var server = await StartAsync();
        await using var remote = await RemoteMcpServer.StartAsync();
        var secret = ApiJson.Id(await server.PostAsync("secret/create", """{"type":"bearer","value":"abc"}"""));
        var ability = new { secretId = secret };
        var call = new { tool = "whoami" };

        var plain = await server.Owner.ExecuteAsync(Instruction(remote.Url), call, ability);
        var own = await server.Owner.ExecuteAsync(Instruction(remote.Url, "headers:\n  Authorization: Key 1\n  X-Shop: ${SECRET_DEFAULT}"), call, ability);

        Assert.Equal(["Bearer abc", "Key 1 Bearer abc"], remote.Callers);
        Assert.Equal("\"********\"", plain.Result());
        Assert.Equal("\"Key 1 ********\"", own.Result());
    }

    [Theory]
    [InlineData("url: ftp://x.example", "http or https address")]
    [InlineData("url: http://a:b@x.example", "http or https address")]
    [InlineData("url: https://x.example\nheaders:\n  Host: y", "\"Host\" can't be set")]
    [InlineData("url: https://x.example\nheaders:\n  Mcp-Session-Id: y", "can't be set")]
    [InlineData("url: https://x.example\nheaders: [a]", "names with their values")]
    [InlineData("url: https://x.example/${SECRET_DEFAULT}", "only in headers")]
    [InlineData("url: https://x.example/$[place]", "can't have fields")]
    [InlineData("url: https://x.example\ntool: a", "\"tool\" is unknown")]
    [InlineData("", "http or https address")]
    public async Task Instruction_ThatCannotBeUsed_SaysWhy(string text, string fault)
    {
        await using var server = await StartAsync();

        Assert.Contains(fault, (await server.Owner.ExecuteAsync($"```mcp\n{text}\n```")).Error(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ToolThatIsNotChosen_IsNeitherListedNorCalled()
    {
        await using var server = await StartAsync();
        await using var remote = await RemoteMcpServer.StartAsync();
        var instruction = Instruction(remote.Url, "tools: [add, none]");

        var list = JsonElement.Parse((await server.Owner.ExecuteAsync(instruction)).Result());

        Assert.Equal(["add"], list.EnumerateArray().Select(tool => tool.Text("name")));
        Assert.Contains("does not offer", (await server.Owner.ExecuteAsync(instruction, new { tool = "whoami" })).Error(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"type":"object","properties":"none"}""")]
    [InlineData("""{"type":"object","properties":{"a":"number"}}""")]
    [InlineData("""{"type":"object","required":5}""")]
    [InlineData("""{"type":"object","required":[1]}""")]
    public async Task Tool_WithAMalformedSchema_IsLeftOut(string schema)
    {
        await using var server = await StartAsync();
        await using var remote = await RemoteMcpServer.StartAsync();
        remote.Tools["add"] = schema;

        var list = JsonElement.Parse((await server.Owner.ExecuteAsync(Instruction(remote.Url, "tools: [add, pair]"))).Result());

        Assert.Equal(["pair"], list.EnumerateArray().Select(tool => tool.Text("name")));
    }

    [Theory]
    [InlineData("5")]
    [InlineData("null")]
    [InlineData("""{"name":7,"inputSchema":{"type":"object"}}""")]
    [InlineData("""{"name":"bad"}""")]
    [InlineData("""{"name":"bad","inputSchema":"none"}""")]
    [InlineData("""{"name":"bad","inputSchema":{"type":"string"}}""")]
    [InlineData("""{"name":"bad","inputSchema":{"type":"object"},"annotations":"x","_meta":3}""", "bad", "good")]
    public async Task Tool_ThatNoClientCanRead_DoesNotHideTheOthers(string tool, params string[] names)
    {
        await using var server = await StartAsync();
        await using var remote = await LocalWebServer.StartAsync(app => app.MapPost("/mcp", async (HttpRequest request) =>
        {
            var message = (await JsonDocument.ParseAsync(request.Body, default, request.HttpContext.RequestAborted)).RootElement;
            if (!message.TryGetProperty("id", out var id))
                return Results.StatusCode(202);
            var answer = message.GetProperty("method").GetString() switch
            {
                "initialize" => """ "result":{"protocolVersion":"2025-06-18","capabilities":{"tools":{}},"serverInfo":{"name":"raw","version":"1"}} """,
                "tools/list" => $$$""" "result":{"tools":[{{{tool}}},{"name":"good","inputSchema":{"type":"object"}}]} """,
                _ => """ "error":{"code":-32601,"message":"Method not found"} """,
            };
            return Results.Text($$"""{"jsonrpc":"2.0","id":{{id.GetRawText()}},{{answer}}}""", "application/json");
        }));

        var list = JsonElement.Parse((await server.Owner.ExecuteAsync(Instruction($"{remote.Url}/mcp"))).Result());

        Assert.Equal(names.Length == 0 ? ["good"] : names, list.EnumerateArray().Select(one => one.Text("name")!));
    }

    [Fact]
    public async Task Tools_AreListedOnceAMinute()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var server = await StartAsync(time);
        await using var remote = await RemoteMcpServer.StartAsync();
        for (var count = 0; count < 3; count++)
            await server.Owner.ExecuteAsync(Instruction(remote.Url));
        Assert.Equal(1, remote.Listings);

        time.Advance(TimeSpan.FromMinutes(1));
        await server.Owner.ExecuteAsync(Instruction(remote.Url));
        // Another person may be offered other tools.
        await server.Owner.ExecuteAsync(Instruction(remote.Url, "headers:\n  X-Shop: a"));

        Assert.Equal(3, remote.Listings);
        Assert.Equal(2, server.Service<McpListings>().Count);
    }

    [Fact]
    public async Task ToolThatHangs_IsGivenUp()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var server = await StartAsync(time);
        await using var remote = await RemoteMcpServer.StartAsync();
        var call = server.Owner.ExecuteAsync(Instruction(remote.Url), new { tool = "hang" });
        await remote.Hangs.Task.WaitAsync(TestContext.Current.CancellationToken);

        time.Advance(TimeSpan.FromSeconds(60));

        Assert.Contains("did not answer within 60 seconds", (await call).Error(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("garbage", "is not MCP")]
    [InlineData("refusal", "answered with the status 401")]
    [InlineData("redirect", "redirected the request")]
    [InlineData("lie", "")]
    [InlineData("cut", "")]
    public async Task ServerThatAnswersWrongly_IsAClearError(string path, string fault)
    {
        await using var server = await StartAsync();
        await using var remote = await LocalWebServer.StartAsync(app =>
        {
            app.MapPost("/garbage", () => Results.Text("<html>", "text/html"));
            app.MapPost("/refusal", () => Results.StatusCode(401));
            app.MapPost("/redirect", () => Results.Redirect("/garbage", permanent: false, preserveMethod: true));
            app.MapPost("/lie", () => Results.Json(new { jsonrpc = "2.0", id = 1, result = new { tools = "many" } }));
            app.MapPost("/cut", context =>
            {
                context.Abort();
                return Task.CompletedTask;
            });
        });

        var error = (await server.Owner.ExecuteAsync(Instruction($"{remote.Url}/{path}"))).Error();

        Assert.StartsWith("The MCP server at 127.0.0.1 ", error, StringComparison.Ordinal);
        Assert.Contains(fault, error, StringComparison.Ordinal);
        Assert.DoesNotContain("The action failed", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ResultThatIsTooLarge_IsCutOff()
    {
        await using var server = await StartAsync();
        await using var remote = await RemoteMcpServer.StartAsync();

        Assert.Contains("more than 4 MiB", (await server.Owner.ExecuteAsync(Instruction(remote.Url), new { tool = "long" })).Error(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PrivateAddress_IsNotCalled()
    {
        await using var server = await FeatureServer.StartAsync();
        await using var remote = await RemoteMcpServer.StartAsync();

        Assert.Contains("not on the public internet", (await server.Owner.ExecuteAsync(Instruction(remote.Url))).Error(), StringComparison.Ordinal);
        Assert.Equal(0, remote.Listings);
    }

    [Fact]
    public async Task ToolThatIsGone_IsAnErrorOfTheCall_AndTheToolsAreListedAgain()
    {
        await using var server = await StartAsync();
        await using var remote = await RemoteMcpServer.StartAsync();
        await server.Owner.ExecuteAsync(Instruction(remote.Url));
        remote.Tools.Remove("add", out _);

        var error = (await server.Owner.ExecuteAsync(Instruction(remote.Url), new { tool = "add", arguments = new { a = 1, b = 2 } })).Error();
        var list = (await server.Owner.ExecuteAsync(Instruction(remote.Url))).Result();

        Assert.Contains("Unknown tool add", error, StringComparison.Ordinal);
        Assert.DoesNotContain("\"add\"", list, StringComparison.Ordinal);
    }

    private static Task<FeatureServer> StartAsync(TimeProvider? time = null) =>
        FeatureServer.StartAsync(time, new Dictionary<string, string?> { ["CHATBOTKIT_ALLOW_PRIVATE_URLS"] = "true" });

    private static string Instruction(string url, string more = "") => $"```mcp\nurl: {url}\n{more}\n```";
}
