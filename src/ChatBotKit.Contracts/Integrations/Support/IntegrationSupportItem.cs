using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>A hand-over of conversations to people by e-mail.</summary>
public sealed record IntegrationSupportItem : IntegrationItem
{
    /// <summary>Gets the bot whose conversations are worked through; null for none.</summary>
    public required string? BotId { get; init; }

    /// <summary>Gets where the conversations are sent.</summary>
    public string? Email { get; init; }

    /// <summary>Gets whether conversations are worked through by themselves once nobody writes in them any more; null when the server does not tell.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IntegrationTriggerMode? Trigger { get; init; }
}
