using ChatBotKit.Server.Http;

namespace ChatBotKit.Server.Features.ToolServers.SignIn;

/// <summary>The addresses of an integration as an MCP server, and as the server at which MCP clients sign in to it.</summary>
internal sealed class McpAddresses(PublicAddress address)
{
    public const string Id = "mcpserverIntegrationId";

    /// <summary>The path of an integration below the prefix of the API. It names the authorization server.</summary>
    public const string Path = $"/integration/mcpserver/{{{Id}}}";

    /// <summary>Returns the name of the authorization server.</summary>
    public string Issuer(HttpRequest request, string id) => $"{address.Of(request)}{ApiRoutes.Canonical}/integration/mcpserver/{id}";

    /// <summary>Returns the address of the MCP endpoint.</summary>
    public string Resource(HttpRequest request, string id) => $"{Issuer(request, id)}/mcp";

    /// <summary>Returns the address at which the MCP endpoint is described (RFC 9728).</summary>
    public string ResourceMetadata(HttpRequest request) => $"{address.Of(request)}/.well-known/oauth-protected-resource{request.Path}";
}
