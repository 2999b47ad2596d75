namespace ChatBotKit;

/// <summary>Lets the bot write to a user of WhatsApp.</summary>
public sealed record IntegrationWhatsAppInitiateRequest
{
    /// <summary>Gets the phone number in the international form, without the leading plus sign.</summary>
    public required string To { get; init; }

    /// <summary>Gets the instruction that tells the bot what to write. It is not the message itself.</summary>
    public required string Text { get; init; }
}
