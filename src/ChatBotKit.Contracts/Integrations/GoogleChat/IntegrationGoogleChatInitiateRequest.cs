namespace ChatBotKit;

/// <summary>Lets the bot write in Google Chat.</summary>
public sealed record IntegrationGoogleChatInitiateRequest
{
    /// <summary>Gets the space as <c>spaces/</c> and its id, or a user for a direct message.</summary>
    public string? Space { get; init; }

    /// <summary>Gets the instruction that tells the bot what to write. It is not the message itself.</summary>
    public required string Text { get; init; }
}
