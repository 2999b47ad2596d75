using System.Text.Json.Nodes;

namespace ChatBotKit.Server.Features.Secrets;

/// <summary>The settings of a secret for an OAuth 2 provider.</summary>
internal sealed record OAuthSettings
{
    private const string ClientCredentials = "client_credentials";

    public required string ClientId { get; init; }

    /// <summary>The secret of the client; null for a public client.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>The page of the provider on which somebody signs in; null for a client that signs in by itself.</summary>
    public Uri? AuthorizationUrl { get; init; }

    public required Uri TokenUrl { get; init; }

    /// <summary>The address at which tokens are revoked; null for none.</summary>
    public Uri? RevokeUrl { get; init; }

    /// <summary>The scopes, separated by spaces; null for those that the provider chooses.</summary>
    public string? Scope { get; init; }

    /// <summary>Whether the client gets tokens for itself, without a person who signs in.</summary>
    public bool IsOfClient { get; init; }

    /// <summary>
    /// Names the client and the provider. Tokens are kept with it, so that those of another client are never sent to this provider.
    /// </summary>
    public string Issuer => $"{ClientId} {TokenUrl}";

    /// <param name="place">The secret.</param>
    /// <param name="clientSecret">The secret of the client; null for none.</param>
    /// <param name="fault">Why the settings can't be used; empty when they can.</param>
    public static OAuthSettings? From(SecretPlace place, string? clientSecret, out string fault)
    {
        fault = "";
        var isOfClient = place.Setting("grantType") == ClientCredentials;
        if (place.Setting("grantType") is not (null or "authorization_code" or ClientCredentials))
            fault = "\"grantType\" must be authorization_code or client_credentials";
        else if (place.Setting("clientId") is null)
            fault = "\"clientId\" is missing";
        var token = Address(place, "tokenUrl", isRequired: true, ref fault);
        var authorization = Address(place, "authorizationUrl", isRequired: !isOfClient, ref fault);
        var revoke = Address(place, "revokeUrl", isRequired: false, ref fault);
        if (fault.Length > 0)
        {
            fault = $"The settings of the secret can't be used: {fault}";
            return null;
        }

        return new OAuthSettings
        {
            ClientId = place.Setting("clientId")!,
            ClientSecret = clientSecret,
            AuthorizationUrl = authorization,
            TokenUrl = token!,
            RevokeUrl = revoke,
            Scope = ScopeOf(place),
            IsOfClient = isOfClient,
        };
    }

    private static Uri? Address(SecretPlace place, string name, bool isRequired, ref string fault)
    {
        if (fault.Length > 0 || (place.Setting(name) is null && !isRequired))
            return null;
        if (Uri.TryCreate(place.Setting(name), UriKind.Absolute, out var address) && address is { Scheme: "https" or "http", UserInfo: "" })
            return address;
        fault = $"\"{name}\" must be an http or https address";
        return null;
    }

    private static string? ScopeOf(SecretPlace place) => place.Config?["scope"] is JsonArray scopes
        ? string.Join(' ', scopes.Select(scope => scope?.ToString()))
        : place.Setting("scope");
}
