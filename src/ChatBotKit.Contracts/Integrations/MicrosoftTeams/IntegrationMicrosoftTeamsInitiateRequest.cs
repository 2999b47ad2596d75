namespace ChatBotKit;

/// <summary>Lets the bot write in Microsoft Teams.</summary>
public sealed record IntegrationMicrosoftTeamsInitiateRequest
{
    /// <summary>Gets the id of the conversation in the Bot Framework.</summary>
    public required string ConversationId { get; init; }

    /// <summary>Gets the instruction that tells the bot what to write. It is not the message itself.</summary>
    public required string Text { get; init; }
}
