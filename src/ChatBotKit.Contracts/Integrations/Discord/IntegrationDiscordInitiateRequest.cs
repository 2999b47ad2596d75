namespace ChatBotKit;

/// <summary>Lets the bot write to a channel of Discord.</summary>
public sealed record IntegrationDiscordInitiateRequest
{
    /// <summary>Gets the id of the channel.</summary>
    public required string ChannelId { get; init; }

    /// <summary>Gets the instruction that tells the bot what to write. It is not the message itself.</summary>
    public required string Text { get; init; }
}
