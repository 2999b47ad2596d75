namespace ChatBotKit;

/// <summary>Lets the bot write to a user of Instagram.</summary>
public sealed record IntegrationInstagramInitiateRequest
{
    /// <summary>Gets the id of the professional account that sends the message.</summary>
    public required string InstagramUserId { get; init; }

    /// <summary>Gets the id of the user, as received with an earlier message.</summary>
    public required string RecipientId { get; init; }

    /// <summary>Gets the instruction that tells the bot what to write. It is not the message itself.</summary>
    public required string Text { get; init; }
}
