using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.ToolServers.SignIn;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Integrations.McpServer;
using ChatBotKit.Server.Security;
using Microsoft.AspNetCore.Http.Features;

namespace ChatBotKit.Server.Features.ToolServers;

/// <summary>
/// The MCP endpoint of an integration: streamable HTTP without sessions, so that any server can answer any request.
/// </summary>
internal static class McpServerEndpoints
{
    private const string SessionHeader = "Mcp-Session-Id";
    private const string Path = $"{McpAddresses.Path}/mcp";

    public static void MapMcpServers(this IEndpointRouteBuilder app)
    {
        app.MapApi(group =>
        {
            group.MapPost(Path, (RequestDelegate)AnswerAsync).AllowVisitors().ExcludeFromDescription();
            group.MapGet(Path, RefuseStream).AllowVisitors().ExcludeFromDescription();
        });
    }

    /// <summary>Checks the caller before the SDK reads the body.</summary>
    private static async Task AnswerAsync(HttpContext context)
    {
        context.Features.Set(await OpenAsync(context));
        BoundBody(context);
        // The SDK refuses a session that it did not create. The name in it has been read.
        context.Request.Headers.Remove(SessionHeader);
        await context.RequestServices.GetRequiredService<McpTransport>().AnswerAsync(context);
    }

    /// <summary>Answers a client that asks for a stream of its own: the endpoint has no sessions, so it never sends a message by itself.</summary>
    private static IResult RefuseStream(HttpContext context)
    {
        context.Response.Headers.Allow = HttpMethods.Post;
        return Results.Text(
            """{"jsonrpc":"2.0","error":{"code":-32000,"message":"Method not allowed."},"id":null}""", "application/json",
            statusCode: StatusCodes.Status405MethodNotAllowed);
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
}
