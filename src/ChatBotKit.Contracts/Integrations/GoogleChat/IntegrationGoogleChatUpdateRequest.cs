namespace ChatBotKit;

/// <summary>A request to update a connection of a bot to Google Chat. A field that is not set keeps its value.</summary>
public sealed record IntegrationGoogleChatUpdateRequest : ChatIntegrationUpdateRequest
{
    /// <summary>Gets the key of the service account, as the JSON text that Google gives out. ******** keeps what is stored, null clears it.</summary>
    public Optional<string> ServiceAccountKey { get; init; }

    /// <summary>Gets the number of the Google Cloud project; without it requests of Google are not checked.</summary>
    public Optional<string> ProjectNumber { get; init; }

    /// <summary>Gets whether files that senders attach are accepted.</summary>
    public Optional<bool> Attachments { get; init; }

    /// <summary>Gets which messages are answered: @all for all, @agent and instructions to let a model decide, or instructions alone for a cheaper decision; null for direct messages, mentions and threads.</summary>
    public Optional<string> AutoRespond { get; init; }

    /// <summary>Gets who may write to the bot, one entry per line. * allows everybody, an empty text nobody.</summary>
    public Optional<string> AllowFrom { get; init; }
}
