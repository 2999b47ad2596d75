using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Skillsets.Abilities.Actions;
using ChatBotKit.Server.Features.ToolServers.SignIn;
using ChatBotKit.Server.Integrations.McpServer;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.ToolServers;

/// <summary>
/// Opens the integrations that offer abilities to other programs. Their callers have the access token of the integration, in the header or
/// in the address, and no account. Those of an MCP server may also have a token for which
/// they have signed in.
/// </summary>
internal sealed class ToolServerAccess(IStore store, ResourceSecrets secrets, ResourceKinds kinds, McpGrants grants)
{
    private const string Bearer = "Bearer ";
    private const int MaxSession = 128;

    /// <param name="kind">The kind of the integration.</param>
    /// <param name="id">The id in the path.</param>
    /// <param name="session">The name under which the caller keeps state between calls; null for none.</param>
    /// <param name="context">The request.</param>
    /// <exception cref="ApiException">401: the access token is wrong; 404: the integration does not exist.</exception>
    public async Task<ToolServer> OpenAsync(string kind, string id, string? session, HttpContext context)
    {
        var row = await store.QueryAsync(db => db.FirstAsync(ResourceTable.Rows, ResourceTable.OfKind, id, kind), context.RequestAborted)
            ?? throw ApiException.NotFound(kinds.Find(kind)!.Title);
        var token = TokenOf(context.Request);
        if (!IsRight(row, token) && !(kind == McpServerKind.Name && await grants.IsValidAsync(row.Id, token, context.RequestAborted)))
            throw ApiException.NotAuthenticated("The access token of the integration is missing or wrong");
        var document = ResourceEdit.Read(row.Data);
        return new ToolServer(row.Id, Text(document, "name") ?? "", Text(document, "description") ?? "", Text(document, "skillsetId"), new FunctionScope
        {
            AccountId = row.AccountId,
            RunId = Ids.New(),
            Usage = new UsageCounter(),
            Namespace = session is { Length: > 0 and <= MaxSession } ? $"{row.Id}/{session}" : null,
            Depth = DepthOf(context.Request),
            IsOfTask = context.Request.Headers.ContainsKey(McpClients.TaskHeader),
        });
    }

    /// <summary>Whether a text is the access token of the integration.</summary>
    public bool IsRight(ResourceRow row, string? given)
    {
        try
        {
            return given is not null && secrets.Reveal(row, "accessToken") is { } token
                && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(token));
        }
        catch (CryptographicException)
        {
            // The key with which the token was encrypted is missing.
            return false;
        }
    }

    /// <summary>Returns the token of the request. One in the address precedes one in the header.</summary>
    private static string? TokenOf(HttpRequest request)
    {
        if ((string?)request.Query["authorization"] is { Length: > 0 } inAddress)
            return inAddress.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? inAddress[Bearer.Length..] : inAddress;
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? header[Bearer.Length..].Trim() : null;
    }

    /// <summary>Returns the number of MCP servers that the request has passed. It protects against circles and not against callers.</summary>
    private static int DepthOf(HttpRequest request) =>
        int.TryParse(request.Headers[McpClients.DepthHeader].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var depth)
            ? Math.Min(depth, FunctionScope.MaxDepth)
            : 0;

    private static string? Text(JsonObject document, string name) => (string?)document[name] is { Length: > 0 } text ? text : null;
}
