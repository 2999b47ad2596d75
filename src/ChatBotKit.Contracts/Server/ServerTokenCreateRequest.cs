namespace ChatBotKit;

/// <summary>A request to create an API token for the owner of the server.</summary>
public sealed record ServerTokenCreateRequest
{
    /// <summary>Gets the name, which tells the owner who uses the token; at most 191 bytes.</summary>
    public string? Name { get; init; }

    /// <summary>Gets when the token expires. Default: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
