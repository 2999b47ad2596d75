namespace ChatBotKit;

/// <summary>
/// A request to update an integration that offers a skillset to other programs over the Model Context Protocol. A field
/// that is not set keeps its value.
/// </summary>
public sealed record IntegrationMcpServerUpdateRequest : IntegrationUpdateRequest
{
    /// <summary>Gets the skillset whose abilities are offered, by id or alias.</summary>
    public Optional<string> SkillsetId { get; init; }

    /// <summary>Gets the OAuth connection with which callers sign in; null allows the access token only.</summary>
    public Optional<string> OAuthConnectionId { get; init; }
}
