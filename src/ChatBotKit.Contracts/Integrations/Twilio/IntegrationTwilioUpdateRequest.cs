namespace ChatBotKit;

/// <summary>
/// A request to update a connection of a bot to text messages and telephone calls of Twilio. A field that is not set keeps
/// its value.
/// </summary>
public sealed record IntegrationTwilioUpdateRequest : ChatIntegrationUpdateRequest
{
    /// <summary>Gets the SID of the Twilio account.</summary>
    public Optional<string> AccountSid { get; init; }

    /// <summary>Gets the auth token of the account. Without one, requests from Twilio are not verified. Null clears it.</summary>
    public Optional<string> AuthToken { get; init; }

    /// <summary>Gets the voice of the bot in calls.</summary>
    public Optional<string> Voice { get; init; }

    /// <summary>
    /// Gets who may write to the bot, one entry per line or separated by commas. * allows everybody, an empty text nobody.
    /// </summary>
    public Optional<string> AllowFrom { get; init; }
}
