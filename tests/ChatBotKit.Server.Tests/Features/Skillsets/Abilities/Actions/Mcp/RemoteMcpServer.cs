using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.AspNetCore;
using ModelContextProtocol.Protocol;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>A real MCP server of the official SDK on a free port. Its tools can change while it runs.</summary>
internal sealed class RemoteMcpServer : IAsyncDisposable
{
    private const string NoParameters = """{"type":"object","properties":{}}""";

    private readonly WebApplication _app;

    private RemoteMcpServer(WebApplication app) => _app = app;

    public string Url => $"{_app.Urls.Single()}/mcp";

    /// <summary>The tools, each with the schema of its parameters.</summary>
    public ConcurrentDictionary<string, string> Tools { get; } = new()
    {
        ["add"] = """{"type":"object","properties":{"a":{"type":"number"},"b":{"type":"number"}},"required":["a","b"]}""",
        ["whoami"] = NoParameters,
        ["fail"] = NoParameters,
        ["hang"] = NoParameters,
        ["pair"] = NoParameters,
        ["long"] = NoParameters,
    };

    /// <summary>The number of listings so far.</summary>
    public int Listings => _listings;

    /// <summary>The idempotency keys of the calls so far.</summary>
    public ConcurrentQueue<string?> Keys { get; } = new();

    /// <summary>The credentials of the calls of <c>whoami</c> so far.</summary>
    public ConcurrentQueue<string> Callers { get; } = new();

    /// <summary>Completes when a call of <c>hang</c> has arrived.</summary>
    public TaskCompletionSource Hangs { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The number of connections so far. Only a server with sessions counts them right.</summary>
    public int Sessions => _sessions;

    /// <summary>Completes when a client has closed its session.</summary>
    public TaskCompletionSource Closed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private int _listings;
    private int _sessions;

    public static async Task<RemoteMcpServer> StartAsync(bool hasSessions = false)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        RemoteMcpServer? server = null;
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddMcpServer().WithHttpTransport(options =>
        {
            options.SessionMode = hasSessions ? HttpServerSessionMode.Stateful : HttpServerSessionMode.Stateless;
            options.ConfigureSessionOptions = (context, session, _) =>
            {
                Interlocked.Increment(ref server!._sessions);
                session.Capabilities = new ServerCapabilities { Tools = new ToolsCapability() };
                session.Handlers.ListToolsHandler = (_, _) => ValueTask.FromResult(server!.List());
                session.Handlers.CallToolHandler = (request, token) => server!.CallAsync(request.Params, context.Request, token);
                return Task.CompletedTask;
            };
        });
        var app = builder.Build();
        app.Use(async (context, next) =>
        {
            await next(context);
            if (HttpMethods.IsDelete(context.Request.Method))
                server!.Closed.TrySetResult();
        });
        app.MapMcp("/mcp");
        await app.StartAsync(TestContext.Current.CancellationToken);
        return server = new RemoteMcpServer(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private ListToolsResult List()
    {
        Interlocked.Increment(ref _listings);
        return new ListToolsResult
        {
            Tools = [.. Tools.OrderBy(tool => tool.Key).Select(tool => new Tool { Name = tool.Key, Description = $"The remote tool {tool.Key}.", InputSchema = JsonElement.Parse(tool.Value) })],
        };
    }

    private async ValueTask<CallToolResult> CallAsync(CallToolRequestParams call, HttpRequest request, CancellationToken cancellationToken)
    {
        Keys.Enqueue((string?)call.Meta?["idempotencyKey"]);
        if (!Tools.ContainsKey(call.Name))
            throw new McpProtocolException($"Unknown tool {call.Name}", McpErrorCode.InvalidParams);
        switch (call.Name)
        {
            case "add":
                return Text($"{call.Arguments!["a"].GetDouble() + call.Arguments["b"].GetDouble()}");
            case "whoami":
                Callers.Enqueue($"{request.Headers.Authorization} {request.Headers["X-Shop"]}".Trim());
                return Text(Callers.Last());
            case "hang":
                Hangs.TrySetResult();
                await Task.Delay(Timeout.Infinite, cancellationToken);
                return Text("");
            case "pair":
                return new CallToolResult
                {
                    Content = [new TextContentBlock { Text = "ignored" }],
                    StructuredContent = JsonSerializer.SerializeToElement(new JsonObject { ["one"] = 1 }),
                };
            case "long":
                return Text(new string('x', 5_000_000));
            default:
                return new CallToolResult { Content = [new TextContentBlock { Text = "Out of stock" }], IsError = true };
        }
    }

    private static CallToolResult Text(string text) => new() { Content = [new TextContentBlock { Text = text }] };
}
