namespace ChatBotKit;

/// <summary>A connection of a bot to Google Chat.</summary>
public sealed record IntegrationGoogleChatItem : ChatIntegrationItem
{
    /// <summary>Gets ******** when a key is stored, otherwise null.</summary>
    public string? ServiceAccountKey { get; init; }

    /// <summary>Gets the number of the Google Cloud project. Without it, requests from Google are not verified.</summary>
    public string? ProjectNumber { get; init; }

    /// <summary>Gets whether files that senders attach are accepted.</summary>
    public bool? Attachments { get; init; }

    /// <summary>
    /// Gets which messages the bot answers: <c>@all</c> for all, <c>@agent</c> and instructions to let a model decide, or
    /// instructions alone for a cheaper decision. Null answers direct messages, mentions and threads.
    /// </summary>
    public string? AutoRespond { get; init; }

    /// <summary>Gets who may write to the bot, one entry per line.</summary>
    public string? AllowFrom { get; init; }
}
