using System.Text.Json.Nodes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using Microsoft.AspNetCore.Http.Features;

namespace ChatBotKit.Server.Features.ToolServers.SignIn;

/// <summary>The endpoints at which MCP clients exchange codes and refresh tokens for tokens, and give tokens back.</summary>
internal static class McpTokenEndpoint
{
    private const int MaxFormBytes = 64 * 1024;
    private const int MaxFields = 20;

    public static async Task<IResult> ExchangeAsync(string mcpserverIntegrationId, IStore store, McpClientIds clients, McpGrants grants, McpAddresses addresses, HttpContext context)
    {
        var row = await McpSignInEndpoints.FindAsync(store, mcpserverIntegrationId, context.RequestAborted);
        var form = await ReadFormAsync(context);
        if (clients.Find(row.Id, form["client_id"]) is not { } client)
            return Fault("invalid_client", "The client is not registered at this MCP server.");
        if ((string?)form["resource"] is { } resource && resource != addresses.Resource(context.Request, row.Id))
            return Fault("invalid_target", "The resource is not this MCP server.");
        var isCode = form["grant_type"] == "authorization_code";
        if (!isCode && form["grant_type"] != "refresh_token")
            return Fault("unsupported_grant_type", "The grant type must be authorization_code or refresh_token.");
        var tokens = isCode
            ? await grants.RedeemAsync(row.Id, client.Id, form["code"], form["redirect_uri"], form["code_verifier"], context.RequestAborted)
            : await grants.RefreshAsync(row.Id, client.Id, form["refresh_token"], context.RequestAborted);
        if (tokens is null)
            return Fault("invalid_grant", isCode ? "The code is not valid, or no longer." : "The refresh token is not valid, or no longer.");
        context.Response.Headers.CacheControl = "no-store";
        return Results.Text(
            new JsonObject
            {
                ["access_token"] = tokens.Access,
                ["token_type"] = "Bearer",
                ["expires_in"] = (int)McpGrants.AccessLifetime.TotalSeconds,
                ["refresh_token"] = tokens.Refresh,
            }.ToJsonString(),
            "application/json");
    }

    /// <summary>Ends a sign-in (RFC 7009). The answer is the same for a token that is not valid.</summary>
    public static async Task<IResult> RevokeAsync(string mcpserverIntegrationId, IStore store, McpGrants grants, HttpContext context)
    {
        var row = await McpSignInEndpoints.FindAsync(store, mcpserverIntegrationId, context.RequestAborted);
        var form = await ReadFormAsync(context);
        await grants.RevokeAsync(row.Id, form["token"], context.RequestAborted);
        return Results.Ok();
    }

    /// <summary>Creates the response to a request with a fault, as OAuth defines it.</summary>
    public static IResult Fault(string code, string description) => Results.Text(
        new JsonObject { ["error"] = code, ["error_description"] = description }.ToJsonString(), "application/json", statusCode: StatusCodes.Status400BadRequest);

    /// <exception cref="ApiException">400: the body is no form; 413: it is too large.</exception>
    public static async Task<IFormCollection> ReadFormAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = MaxFormBytes;
        if (context.Request.ContentLength > MaxFormBytes)
            throw ApiException.ContentTooLarge();
        if (context.Request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) != true)
            throw ApiException.BadRequest("The content type must be application/x-www-form-urlencoded");
        try
        {
            return await context.Request.ReadFormAsync(new FormOptions { ValueLengthLimit = MaxFormBytes, ValueCountLimit = MaxFields }, context.RequestAborted);
        }
        catch (InvalidDataException)
        {
            throw ApiException.BadRequest("The form can't be read");
        }
    }
}
