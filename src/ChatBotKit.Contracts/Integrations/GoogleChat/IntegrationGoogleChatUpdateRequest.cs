namespace ChatBotKit;

/// <summary>A request to update a connection of a bot to Google Chat. A field that is not set keeps its value.</summary>
public sealed record IntegrationGoogleChatUpdateRequest : ChatIntegrationUpdateRequest
{
    /// <summary>
    /// Gets the key of the service account, as the JSON text that Google issues. ******** keeps the stored one, null clears
    /// it.
    /// </summary>
    public Optional<string> ServiceAccountKey { get; init; }

    /// <summary>Gets the number of the Google Cloud project. Without it, requests from Google are not verified.</summary>
    public Optional<string> ProjectNumber { get; init; }

    /// <summary>Gets whether files that senders attach are accepted.</summary>
    public Optional<bool> Attachments { get; init; }

    /// <summary>
    /// Gets which messages the bot answers: <c>@all</c> for all, <c>@agent</c> and instructions to let a model decide, or
    /// instructions alone for a cheaper decision. Null answers direct messages, mentions and threads.
    /// </summary>
    public Optional<string> AutoRespond { get; init; }

    /// <summary>Gets who may write to the bot, one entry per line. * allows everybody, an empty text nobody.</summary>
    public Optional<string> AllowFrom { get; init; }
}
