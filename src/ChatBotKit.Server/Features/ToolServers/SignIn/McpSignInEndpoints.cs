using System.Text.Json.Nodes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Integrations.McpServer;
using ChatBotKit.Server.Resources;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.ToolServers.SignIn;

/// <summary>
/// The endpoints at which MCP clients sign in: OAuth 2.1 with public clients, registration by the clients themselves (RFC 7591), and PKCE.
/// Each integration is an authorization server of its own, so a token of one is worth nothing at another.
/// </summary>
internal static class McpSignInEndpoints
{
    private const string OAuth = McpAddresses.Path + "/oauth";

    public static void MapMcpSignIns(this IEndpointRouteBuilder app)
    {
        app.MapGet($"/.well-known/oauth-protected-resource{ApiRoutes.Canonical}{McpAddresses.Path}/mcp", DescribeResourceAsync).ExcludeFromDescription().IsOwnAnswer();
        app.MapGet($"/.well-known/oauth-authorization-server{ApiRoutes.Canonical}{McpAddresses.Path}", DescribeAsync).ExcludeFromDescription().IsOwnAnswer();
        app.MapApi(group =>
        {
            // Where the server is below a path of its host, only this form of the address reaches it.
            group.MapGet($"{McpAddresses.Path}/.well-known/openid-configuration", DescribeAsync).AllowVisitors().ExcludeFromDescription();
            group.MapPost($"{OAuth}/register", RegisterAsync).AllowVisitors().ExcludeFromDescription();
            group.MapPost($"{OAuth}/token", McpTokenEndpoint.ExchangeAsync).AllowVisitors().ExcludeFromDescription();
            group.MapPost($"{OAuth}/revoke", McpTokenEndpoint.RevokeAsync).AllowVisitors().ExcludeFromDescription();
            group.MapGet($"{OAuth}/authorize", AskAsync).AllowVisitors().ExcludeFromDescription().WithMetadata(ClosedToOtherPages.Instance);
            group.MapPost($"{OAuth}/authorize", DecideAsync).AllowVisitors().ExcludeFromDescription().WithMetadata(ClosedToOtherPages.Instance);
        });
    }

    /// <exception cref="ApiException">404: the integration does not exist.</exception>
    public static async Task<ResourceRow> FindAsync(IStore store, string id, CancellationToken cancellationToken) =>
        await store.QueryAsync(db => db.FirstAsync(ResourceTable.Rows, ResourceTable.OfKind, id, McpServerKind.Name), cancellationToken)
        ?? throw ApiException.NotFound("Mcpserver integration");

    private static async Task<IResult> DescribeResourceAsync(string mcpserverIntegrationId, IStore store, McpAddresses addresses, HttpContext context)
    {
        var row = await FindAsync(store, mcpserverIntegrationId, context.RequestAborted);
        return Json(new JsonObject
        {
            ["resource"] = addresses.Resource(context.Request, row.Id),
            ["authorization_servers"] = new JsonArray(addresses.Issuer(context.Request, row.Id)),
            ["bearer_methods_supported"] = new JsonArray("header"),
        });
    }

    private static async Task<IResult> DescribeAsync(string mcpserverIntegrationId, IStore store, McpAddresses addresses, HttpContext context)
    {
        var row = await FindAsync(store, mcpserverIntegrationId, context.RequestAborted);
        var issuer = addresses.Issuer(context.Request, row.Id);
        return Json(new JsonObject
        {
            ["issuer"] = issuer,
            ["authorization_endpoint"] = $"{issuer}/oauth/authorize",
            ["token_endpoint"] = $"{issuer}/oauth/token",
            ["registration_endpoint"] = $"{issuer}/oauth/register",
            ["revocation_endpoint"] = $"{issuer}/oauth/revoke",
            ["response_types_supported"] = new JsonArray("code"),
            ["response_modes_supported"] = new JsonArray("query"),
            ["grant_types_supported"] = new JsonArray("authorization_code", "refresh_token"),
            ["code_challenge_methods_supported"] = new JsonArray("S256"),
            ["token_endpoint_auth_methods_supported"] = new JsonArray("none"),
            ["revocation_endpoint_auth_methods_supported"] = new JsonArray("none"),
            ["authorization_response_iss_parameter_supported"] = true,
        });
    }

    private static async Task<IResult> RegisterAsync(string mcpserverIntegrationId, IStore store, McpClientIds clients, TimeProvider time, HttpContext context)
    {
        var row = await FindAsync(store, mcpserverIntegrationId, context.RequestAborted);
        var body = (await JsonBodyReader.ReadAsync<JsonObject>(context, maxBytes: null, context.RequestAborted)).Value;
        var uris = body["redirect_uris"] is JsonArray list ? list.Select(uri => uri is JsonValue value && value.TryGetValue<string>(out var text) ? text : "").ToList() : [];
        if (uris.Count is 0 or > McpClientIds.MaxRedirectUris || uris.Sum(uri => uri.Length) > McpClientIds.MaxCharacters || !uris.TrueForAll(McpClientIds.IsAllowed))
            return McpTokenEndpoint.Fault("invalid_redirect_uri", $"A client needs 1 to {McpClientIds.MaxRedirectUris} redirect addresses, with https, of its own machine, or with a scheme of its own.");
        var name = body["client_name"] is JsonValue given && given.TryGetValue<string>(out var label) ? label : null;
        return Json(
            new JsonObject
            {
                ["client_id"] = clients.Register(row.Id, name, uris),
                ["client_id_issued_at"] = time.GetUtcNow().ToUnixTimeSeconds(),
                ["client_name"] = name,
                ["redirect_uris"] = new JsonArray([.. uris.Select(uri => JsonValue.Create(uri))]),
                ["grant_types"] = new JsonArray("authorization_code", "refresh_token"),
                ["response_types"] = new JsonArray("code"),
                ["token_endpoint_auth_method"] = "none",
            },
            StatusCodes.Status201Created);
    }

    /// <summary>Asks the owner of the integration, who alone knows its access token.</summary>
    private static async Task<IResult> AskAsync(string mcpserverIntegrationId, IStore store, McpClientIds clients, McpAddresses addresses, HttpContext context)
    {
        var row = await FindAsync(store, mcpserverIntegrationId, context.RequestAborted);
        return McpAuthorization.Read(context.Request.Query, clients, row.Id, addresses.Resource(context.Request, row.Id)) switch
        {
            null => McpConsentPage.NotValid(),
            { Error: { } error } => McpConsentPage.Unsupported(error),
            var asked => McpConsentPage.Form(NameOf(row), asked, fault: null),
        };
    }

    private static async Task<IResult> DecideAsync(
        string mcpserverIntegrationId, IStore store, McpClientIds clients, McpAddresses addresses, McpGrants grants, ToolServerAccess access, SessionAudit audit,
        HttpContext context)
    {
        var row = await FindAsync(store, mcpserverIntegrationId, context.RequestAborted);
        var issuer = addresses.Issuer(context.Request, row.Id);
        if (McpAuthorization.Read(context.Request.Query, clients, row.Id, addresses.Resource(context.Request, row.Id)) is not { Challenge: { } challenge } asked)
            return McpConsentPage.NotValid();
        var form = await McpTokenEndpoint.ReadFormAsync(context);
        if (form.ContainsKey("deny"))
            return Back(asked.Back("error", "access_denied", issuer));
        if (!access.IsRight(row, form["token"].ToString().Trim()))
            return McpConsentPage.Form(NameOf(row), asked, "This is not the access token of the MCP server.");
        var record = audit.OfResource(context, SessionAuditType.AllowClient, row.AccountId, row.Id, contactId: null);
        var code = await grants.AddAsync(row.Id, asked.Client.Id, asked.RedirectUri, challenge, record, context.RequestAborted);
        return Back(asked.Back("code", code, issuer));
    }

    private static string NameOf(ResourceRow row) => (string?)ResourceEdit.Read(row.Data)["name"] ?? "";

    private static IResult Json(JsonObject body, int status = StatusCodes.Status200OK) => Results.Text(body.ToJsonString(), "application/json", statusCode: status);

    private static SeeOther Back(string address) => new(address);

    /// <summary>Leads the browser back with GET, also after a form.</summary>
    private sealed class SeeOther(string address) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = address;
            httpContext.Response.Headers.CacheControl = "no-store";
            httpContext.Response.Headers["Referrer-Policy"] = "no-referrer";
            return Task.CompletedTask;
        }
    }
}
