using System.Text.Json;
using System.Text.Json.Nodes;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.ToolServers.SignIn;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Integrations.McpServer;
using ChatBotKit.Server.Security;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing.Patterns;
using ModelContextProtocol;
using ModelContextProtocol.AspNetCore;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace ChatBotKit.Server.Features.ToolServers;

/// <summary>
/// The MCP endpoint of an integration, by the official SDK: streamable HTTP without sessions, so that any server can answer any request.
/// </summary>
internal static class McpServerEndpoints
{
    private const string SessionHeader = "Mcp-Session-Id";
    private const string Path = $"{McpAddresses.Path}/mcp";

    public static IServiceCollection AddMcpServers(this IServiceCollection services)
    {
        services.AddMcpServer().WithHttpTransport(options =>
        {
            options.SessionMode = HttpServerSessionMode.Stateless;
            options.ConfigureSessionOptions = (context, server, _) =>
            {
                Configure(server, context.Features.Get<ToolServer>()!, context.RequestServices.GetRequiredService<ServedTools>());
                return Task.CompletedTask;
            };
        });
        return services;
    }

    public static void MapMcpServers(this IEndpointRouteBuilder app)
    {
        app.MapApi(group =>
        {
            group.MapMcp(Path).AllowVisitors().ExcludeFromDescription().Add(Authenticate);
            group.MapGet(Path, RefuseStream).AllowVisitors().ExcludeFromDescription();
        });
    }

    /// <summary>Answers a client that asks for a stream of its own: the endpoint has no sessions, so it never sends a message by itself.</summary>
    private static IResult RefuseStream(HttpContext context)
    {
        context.Response.Headers.Allow = HttpMethods.Post;
        return Results.Text(
            """{"jsonrpc":"2.0","error":{"code":-32000,"message":"Method not allowed."},"id":null}""", "application/json",
            statusCode: StatusCodes.Status405MethodNotAllowed);
    }

    /// <summary>Lets the endpoint of the SDK check its caller before it reads the body.</summary>
    private static void Authenticate(EndpointBuilder endpoint)
    {
        var next = endpoint.RequestDelegate!;
        endpoint.RequestDelegate = async context =>
        {
            context.Features.Set(await OpenAsync(context));
            BoundBody(context);
            // The SDK refuses a session that it did not create. The name in it has been read.
            context.Request.Headers.Remove(SessionHeader);
            await next(context);
        };
        // The SDK adds a slash to the end.
        ((RouteEndpointBuilder)endpoint).RoutePattern = RoutePatternFactory.Parse(ApiRoutes.Canonical + Path);
    }

    /// <summary>The SDK reads the body itself, and to its end.</summary>
    /// <exception cref="ApiException">413: the body is too large.</exception>
    private static void BoundBody(HttpContext context)
    {
        var limit = BodyLimit.Of(context);
        if (context.Request.ContentLength > limit)
            throw ApiException.ContentTooLarge();
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
            feature.MaxRequestBodySize = limit;
    }

    private static async Task<ToolServer> OpenAsync(HttpContext context)
    {
        var id = (string)context.GetRouteValue(McpAddresses.Id)!;
        try
        {
            return await context.RequestServices.GetRequiredService<ToolServerAccess>().OpenAsync(
                McpServerKind.Name, id, context.Request.Headers[SessionHeader], context);
        }
        catch (ApiException exception) when (exception.Code == ErrorCode.NotAuthenticated)
        {
            var description = context.RequestServices.GetRequiredService<McpAddresses>().ResourceMetadata(context.Request);
            context.Response.OnStarting(() =>
            {
                context.Response.Headers.WWWAuthenticate = $"Bearer resource_metadata=\"{description}\"";
                return Task.CompletedTask;
            });
            throw;
        }
    }

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
}
