namespace ChatBotKit;

/// <summary>Lets the bot write a text message or place a call.</summary>
public sealed record IntegrationTwilioInitiateRequest
{
    /// <summary>Gets whether to send a text message or to place a call. Default: <see cref="IntegrationTwilioChannel.Sms"/>.</summary>
    public IntegrationTwilioChannel? Channel { get; init; }

    /// <summary>Gets the phone number of the account that sends the message or places the call.</summary>
    public required string From { get; init; }

    /// <summary>Gets the phone number to reach.</summary>
    public required string To { get; init; }

    /// <summary>Gets the instruction that tells the bot what to write. It is not the message itself.</summary>
    public required string Text { get; init; }
}
