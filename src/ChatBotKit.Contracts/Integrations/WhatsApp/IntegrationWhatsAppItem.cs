using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>A connection of a bot to WhatsApp.</summary>
public sealed record IntegrationWhatsAppItem : ChatIntegrationItem
{
    /// <summary>Gets the id of the phone number, as shown by Meta.</summary>
    public string? PhoneNumberId { get; init; }

    /// <summary>Gets ******** when an access token is stored, otherwise null.</summary>
    public string? AccessToken { get; init; }

    /// <summary>Gets ******** when the secret of the app is stored, otherwise null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AppSecret { get; init; }

    /// <summary>Gets the token that Meta requires when the webhook is registered. The server generates it.</summary>
    public required string VerifyToken { get; init; }

    /// <summary>Gets whether files that senders attach are accepted.</summary>
    public bool? Attachments { get; init; }

    /// <summary>Gets who may write to the bot, one entry per line or separated by commas.</summary>
    public string? AllowFrom { get; init; }
}
