namespace ChatBotKit;

/// <summary>Changes a connection of a bot to text messages and telephone calls of Twilio. A field that is not set stays as it is.</summary>
public sealed record IntegrationTwilioUpdateRequest : ChatIntegrationUpdateRequest
{
    /// <summary>Gets the SID of the Twilio account.</summary>
    public Optional<string> AccountSid { get; init; }

    /// <summary>Gets the auth token of the account; without one requests of Twilio are not checked. Null clears it.</summary>
    public Optional<string> AuthToken { get; init; }

    /// <summary>Gets how the bot speaks in calls.</summary>
    public Optional<string> Voice { get; init; }

    /// <summary>Gets who may write to the bot, one entry a line or with commas between. * lets everybody, an empty text nobody.</summary>
    public Optional<string> AllowFrom { get; init; }
}
