namespace ChatBotKit;

/// <summary>Lets the bot write in Slack.</summary>
public sealed record IntegrationSlackInitiateRequest
{
    /// <summary>Gets the channel or user that receives the message.</summary>
    public required string Channel { get; init; }

    /// <summary>Gets the instruction that tells the bot what to write. It is not the message itself.</summary>
    public required string Text { get; init; }
}
