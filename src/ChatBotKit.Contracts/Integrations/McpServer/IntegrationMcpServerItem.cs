using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>An integration that offers a skillset to other programs over the Model Context Protocol.</summary>
public sealed record IntegrationMcpServerItem : IntegrationItem
{
    /// <summary>Gets the skillset whose abilities are offered.</summary>
    public string? SkillsetId { get; init; }

    /// <summary>Gets the OAuth connection through which callers sign in; null lets them use the access token only.</summary>
    public string? OAuthConnectionId { get; init; }

    /// <summary>Gets the token with which programs use the server; null when it is not shown, as the hosted service does towards API tokens.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AccessToken { get; init; }
}
