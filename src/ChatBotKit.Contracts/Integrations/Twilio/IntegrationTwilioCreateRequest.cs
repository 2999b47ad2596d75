namespace ChatBotKit;

/// <summary>A request to create a connection of a bot to text messages and telephone calls of Twilio.</summary>
public sealed record IntegrationTwilioCreateRequest : ChatIntegrationCreateRequest
{
    /// <summary>Gets the SID of the Twilio account.</summary>
    public string? AccountSid { get; init; }

    /// <summary>Gets the auth token of the account. Without one, requests from Twilio are not verified.</summary>
    public string? AuthToken { get; init; }

    /// <summary>Gets the voice of the bot in calls.</summary>
    public string? Voice { get; init; }

    /// <summary>
    /// Gets who may write to the bot, one entry per line or separated by commas. * allows everybody, an empty text nobody.
    /// Default: *.
    /// </summary>
    public string? AllowFrom { get; init; }
}
