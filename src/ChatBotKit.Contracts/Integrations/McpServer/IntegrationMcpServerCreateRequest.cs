namespace ChatBotKit;

/// <summary>A request to create an integration that offers a skillset to other programs over the Model Context Protocol.</summary>
public sealed record IntegrationMcpServerCreateRequest : IntegrationCreateRequest
{
    /// <summary>Gets the skillset whose abilities are offered, by id or alias.</summary>
    public string? SkillsetId { get; init; }

    /// <summary>Gets the OAuth connection with which callers sign in; null allows the access token only.</summary>
    public string? OAuthConnectionId { get; init; }
}
