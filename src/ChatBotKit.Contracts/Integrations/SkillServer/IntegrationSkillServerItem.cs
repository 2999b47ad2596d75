using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>An integration that offers a skillset to other programs over plain HTTP.</summary>
public sealed record IntegrationSkillServerItem : IntegrationItem
{
    /// <summary>Gets the skillset whose abilities are offered.</summary>
    public string? SkillsetId { get; init; }

    /// <summary>
    /// Gets the token with which programs call the skill server or MCP server; null when it is not shown. The hosted
    /// service does not show it to API tokens.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AccessToken { get; init; }
}
