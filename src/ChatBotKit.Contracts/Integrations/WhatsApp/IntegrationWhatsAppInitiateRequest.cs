namespace ChatBotKit;

/// <summary>Lets the bot write to a user of WhatsApp.</summary>
public sealed record IntegrationWhatsAppInitiateRequest
{
    /// <summary>Gets the phone number in the international form without the leading plus.</summary>
    public required string To { get; init; }

    /// <summary>Gets what the bot is to write about. This is an instruction, not the message itself.</summary>
    public required string Text { get; init; }
}
