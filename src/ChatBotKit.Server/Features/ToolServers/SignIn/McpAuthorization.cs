using Microsoft.AspNetCore.WebUtilities;

namespace ChatBotKit.Server.Features.ToolServers.SignIn;

/// <summary>A request of a client to sign in, whose client and redirect address are known to belong together.</summary>
/// <param name="Client">The client.</param>
/// <param name="RedirectUri">The address to which the browser goes back.</param>
/// <param name="State">The state of the client; null for none.</param>
internal sealed record McpAuthorization(McpRegisteredClient Client, string RedirectUri, string? State)
{
    private const int MaxState = 2_000;

    /// <summary>The challenge of the client; null when the request has a fault.</summary>
    public string? Challenge { get; private init; }

    /// <summary>The code of the fault (RFC 6749); null for none.</summary>
    public string? Error { get; private init; }

    /// <summary>Reads a request; null when the browser must not go back to the client, because another program may have made the request.</summary>
    /// <param name="query">The parameters.</param>
    /// <param name="clients">The registered clients.</param>
    /// <param name="integrationId">The integration.</param>
    /// <param name="resource">The address of the MCP endpoint.</param>
    public static McpAuthorization? Read(IQueryCollection query, McpClientIds clients, string integrationId, string resource)
    {
        if (clients.Find(integrationId, query["client_id"]) is not { } client
            || (string?)query["redirect_uri"] is not { } redirect || !client.RedirectUris.Contains(redirect, StringComparer.Ordinal)
            || ((string?)query["state"])?.Length > MaxState)
            return null;
        var authorization = new McpAuthorization(client, redirect, query["state"]);
        if (query["response_type"] != "code")
            return authorization with { Error = "unsupported_response_type" };
        if (query["code_challenge_method"] != "S256" || (string?)query["code_challenge"] is not { Length: 43 } challenge)
            return authorization with { Error = "invalid_request" };
        return (string?)query["resource"] is { } asked && asked != resource
            ? authorization with { Error = "invalid_target" }
            : authorization with { Challenge = challenge };
    }

    /// <summary>The address of the client, with the code or the fault.</summary>
    public string Back(string name, string value, string issuer)
    {
        var fields = new Dictionary<string, string?> { [name] = value, ["iss"] = issuer };
        if (State is not null)
            fields["state"] = State;
        return QueryHelpers.AddQueryString(RedirectUri, fields);
    }
}
