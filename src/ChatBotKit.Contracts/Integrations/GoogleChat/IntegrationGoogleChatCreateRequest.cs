namespace ChatBotKit;

/// <summary>A request to create a connection of a bot to Google Chat.</summary>
public sealed record IntegrationGoogleChatCreateRequest : ChatIntegrationCreateRequest
{
    /// <summary>Gets the key of the service account, as the JSON text that Google issues.</summary>
    public string? ServiceAccountKey { get; init; }

    /// <summary>Gets the number of the Google Cloud project. Without it, requests from Google are not verified.</summary>
    public string? ProjectNumber { get; init; }

    /// <summary>Gets whether files that senders attach are accepted. Default: no.</summary>
    public bool? Attachments { get; init; }

    /// <summary>
    /// Gets which messages the bot answers: <c>@all</c> for all, <c>@agent</c> and instructions to let a model decide, or
    /// instructions alone for a cheaper decision. Null answers direct messages, mentions and threads.
    /// </summary>
    public string? AutoRespond { get; init; }

    /// <summary>Gets who may write to the bot, one entry per line. * allows everybody, an empty text nobody. Default: *.</summary>
    public string? AllowFrom { get; init; }
}
