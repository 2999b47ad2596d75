namespace ChatBotKit;

/// <summary>Creates an API token for the owner of the server.</summary>
public sealed record ServerTokenCreateRequest
{
    /// <summary>Gets the name, by which the owner knows who uses the token; at most 191 bytes.</summary>
    public string? Name { get; init; }

    /// <summary>Gets from when on the token is refused. Default: it has no end.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
