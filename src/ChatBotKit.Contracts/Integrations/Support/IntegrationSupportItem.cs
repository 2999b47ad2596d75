using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>A hand-over of conversations to people by e-mail.</summary>
public sealed record IntegrationSupportItem : IntegrationItem
{
    /// <summary>Gets the bot whose conversations are processed; null for none.</summary>
    public required string? BotId { get; init; }

    /// <summary>Gets the e-mail address that the conversations are sent to.</summary>
    public string? Email { get; init; }

    /// <summary>
    /// Gets whether conversations are processed automatically once they are idle; null when the server does not send it.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IntegrationTriggerMode? Trigger { get; init; }
}
