namespace ChatBotKit.Server.Data.Rows;

/// <summary>The sign-in of a program at an MCP server of an integration.</summary>
internal sealed record McpGrantRow
{
    public required string Id { get; init; }

    public required string IntegrationId { get; init; }

    /// <summary>The hash of the client's id.</summary>
    public required string Client { get; init; }

    /// <summary>The address to which the code was sent.</summary>
    public required string RedirectUri { get; init; }

    /// <summary>The challenge of the client: the hash of a verifier that only the client knows.</summary>
    public required string Challenge { get; init; }

    public required string CodeHash { get; init; }

    public required long CodeExpiresAt { get; init; }

    /// <summary>When the code was exchanged for tokens; null before.</summary>
    public long? RedeemedAt { get; init; }

    /// <summary>The hash of the access token; null before there is one.</summary>
    public string? AccessHash { get; init; }

    public long? AccessExpiresAt { get; init; }

    /// <summary>The hash of the refresh token; null before there is one.</summary>
    public string? RefreshHash { get; init; }

    /// <summary>The hash of the refresh token before that; null for none.</summary>
    public string? UsedRefreshHash { get; init; }

    public required long CreatedAt { get; init; }

    /// <summary>When the sign-in ends unless it is refreshed before.</summary>
    public required long ExpiresAt { get; init; }
}
