namespace ChatBotKit;

/// <summary>Lets the bot write an e-mail.</summary>
public sealed record IntegrationEmailInitiateRequest
{
    /// <summary>Gets the address of the recipient.</summary>
    public required string Email { get; init; }

    /// <summary>Gets the subject.</summary>
    public required string Subject { get; init; }

    /// <summary>Gets the instruction that tells the bot what to write. It is not the message itself.</summary>
    public required string Text { get; init; }
}
