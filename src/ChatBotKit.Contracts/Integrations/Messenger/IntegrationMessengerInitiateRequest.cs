namespace ChatBotKit;

/// <summary>Lets the bot write to a user of Messenger.</summary>
public sealed record IntegrationMessengerInitiateRequest
{
    /// <summary>Gets the id of the page that writes.</summary>
    public required string PageId { get; init; }

    /// <summary>Gets the id of the user within the page, as known from an earlier message.</summary>
    public required string RecipientId { get; init; }

    /// <summary>Gets what the bot is to write about. This is an instruction, not the message itself.</summary>
    public required string Text { get; init; }
}
