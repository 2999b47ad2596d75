namespace ChatBotKit;

/// <summary>A connection of a bot to text messages and telephone calls of Twilio.</summary>
public sealed record IntegrationTwilioItem : ChatIntegrationItem
{
    /// <summary>Gets the SID of the Twilio account.</summary>
    public string? AccountSid { get; init; }

    /// <summary>Gets the voice of the bot in calls.</summary>
    public string? Voice { get; init; }

    /// <summary>Gets who may write to the bot, one entry per line or separated by commas.</summary>
    public string? AllowFrom { get; init; }
}
