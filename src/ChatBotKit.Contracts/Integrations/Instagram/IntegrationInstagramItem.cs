using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>A connection of a bot to Instagram.</summary>
public sealed record IntegrationInstagramItem : ChatIntegrationItem
{
    /// <summary>Gets ******** when an access token is stored, otherwise null.</summary>
    public string? AccessToken { get; init; }

    /// <summary>Gets ******** when the secret of the app is stored, otherwise null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AppSecret { get; init; }

    /// <summary>Gets the token that Meta requires when the webhook is registered. The server generates it.</summary>
    public required string VerifyToken { get; init; }

    /// <summary>Gets whether files that senders attach are accepted.</summary>
    public bool? Attachments { get; init; }
}
