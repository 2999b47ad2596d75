using System.Text.Json;
using System.Text.Json.Nodes;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Errors;
using ModelContextProtocol;
using ModelContextProtocol.AspNetCore;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace ChatBotKit.Server.Features.ToolServers;

/// <summary>
/// Answers the messages of the Model Context Protocol by the official SDK. The services of the SDK are made for the first message: a server
/// without such clients spends neither time nor memory on them.
/// </summary>
internal sealed class McpTransport(ILoggerFactory loggers, IHostApplicationLifetime lifetime) : IAsyncDisposable
{
    private readonly Lazy<Built> _built = new(() => Build(loggers, lifetime));

    /// <summary>Answers a request whose <see cref="ToolServer"/> is among its features.</summary>
    public Task AnswerAsync(HttpContext context) => _built.Value.Answer(context);

    /// <summary>Releases the services, if there are any.</summary>
    public ValueTask DisposeAsync() => _built.IsValueCreated ? _built.Value.Services.DisposeAsync() : ValueTask.CompletedTask;

    private static Built Build(ILoggerFactory loggers, IHostApplicationLifetime lifetime)
    {
        var collection = new ServiceCollection()
            .AddSingleton(loggers)
            .AddSingleton(lifetime)
            .AddLogging()
            .AddRouting();
        collection.AddMcpServer().WithHttpTransport(options =>
        {
            options.SessionMode = HttpServerSessionMode.Stateless;
            options.ConfigureSessionOptions = (context, server, _) =>
            {
                Configure(server, context.Features.Get<ToolServer>()!, context.RequestServices.GetRequiredService<ServedTools>());
                return Task.CompletedTask;
            };
        });
        var services = collection.BuildServiceProvider();
        var routes = new Routes(services);
        routes.MapMcp();
        return new Built(services, routes.DataSources.SelectMany(source => source.Endpoints).Single(TakesMessages).RequestDelegate!);
    }

    private static bool TakesMessages(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains(HttpMethods.Post) == true;

    private static void Configure(McpServerOptions options, ToolServer server, ServedTools tools)
    {
        options.ServerInfo = new Implementation { Name = server.Name.Length > 0 ? server.Name : "ChatBotKit", Version = "1.0.0" };
        options.ServerInstructions = server.Description.Length > 0 ? server.Description : null;
        options.Capabilities = new ServerCapabilities { Tools = new ToolsCapability() };
        options.Handlers.ListToolsHandler = async (_, token) => new ListToolsResult
        {
            Tools = [.. (await tools.ListAsync(server, token)).Select(ToolOf)],
        };
        options.Handlers.CallToolHandler = (request, token) => CallAsync(server, tools, request.Params ?? throw new McpProtocolException("The parameters are missing.", McpErrorCode.InvalidParams), token);
    }

    private static async ValueTask<CallToolResult> CallAsync(
        ToolServer server, ServedTools tools, CallToolRequestParams request, CancellationToken cancellationToken)
    {
        var arguments = request.Arguments is { } given
            ? new JsonObject(given.Select(argument => KeyValuePair.Create(argument.Key, JsonNode.Parse(argument.Value.GetRawText())))).ToJsonString()
            : "{}";
        if (await tools.CallAsync(server, request.Name, arguments, cancellationToken) is not { } answer)
            throw new McpProtocolException($"Unknown tool: {FaultText.Clip(request.Name, 64)}", McpErrorCode.InvalidParams);
        return new CallToolResult
        {
            Content = [new TextContentBlock { Text = answer.Text }],
            StructuredContent = answer is { Error: null, Result.ValueKind: JsonValueKind.Object } ? answer.Result : null,
            IsError = answer.Error is not null,
        };
    }

    private static Tool ToolOf(EngineFunction function) => new()
    {
        Name = function.Name,
        Description = function.Description,
        InputSchema = function.Parameters,
    };

    /// <summary>Collects the routes of the SDK, of which only the handler is used.</summary>
    private sealed class Routes(IServiceProvider services) : IEndpointRouteBuilder
    {
        public IServiceProvider ServiceProvider { get; } = services;

        public ICollection<EndpointDataSource> DataSources { get; } = [];

        public IApplicationBuilder CreateApplicationBuilder() => new ApplicationBuilder(ServiceProvider);
    }

    private sealed record Built(ServiceProvider Services, RequestDelegate Answer);
}
