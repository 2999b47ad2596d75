namespace ChatBotKit;

/// <summary>Lets the bot write to a user of Messenger.</summary>
public sealed record IntegrationMessengerInitiateRequest
{
    /// <summary>Gets the id of the page that sends the message.</summary>
    public required string PageId { get; init; }

    /// <summary>Gets the id of the user within the page, as received with an earlier message.</summary>
    public required string RecipientId { get; init; }

    /// <summary>Gets the instruction that tells the bot what to write. It is not the message itself.</summary>
    public required string Text { get; init; }
}
