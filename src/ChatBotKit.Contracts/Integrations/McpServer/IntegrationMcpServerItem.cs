using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>An integration that offers a skillset to other programs over the Model Context Protocol.</summary>
public sealed record IntegrationMcpServerItem : IntegrationItem
{
    /// <summary>Gets the skillset whose abilities are offered.</summary>
    public string? SkillsetId { get; init; }

    /// <summary>Gets the OAuth connection with which callers sign in; null allows the access token only.</summary>
    public string? OAuthConnectionId { get; init; }

    /// <summary>
    /// Gets the token with which programs call the skill server or MCP server; null when it is not shown. The hosted
    /// service does not show it to API tokens.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AccessToken { get; init; }
}
