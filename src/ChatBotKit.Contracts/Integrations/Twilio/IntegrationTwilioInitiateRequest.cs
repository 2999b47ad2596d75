namespace ChatBotKit;

/// <summary>Lets the bot write a text message or place a call.</summary>
public sealed record IntegrationTwilioInitiateRequest
{
    /// <summary>Gets whether to write or to call. Default: <see cref="IntegrationTwilioChannel.Sms"/>.</summary>
    public IntegrationTwilioChannel? Channel { get; init; }

    /// <summary>Gets the phone number of the account that is used.</summary>
    public required string From { get; init; }

    /// <summary>Gets the phone number to reach.</summary>
    public required string To { get; init; }

    /// <summary>Gets the instruction for the bot: what to write about. It is not the message itself.</summary>
    public required string Text { get; init; }
}
