namespace ChatBotKit;

/// <summary>A request to update a connection of a bot to WhatsApp. A field that is not set keeps its value.</summary>
public sealed record IntegrationWhatsAppUpdateRequest : ChatIntegrationUpdateRequest
{
    /// <summary>Gets the id of the phone number, as shown by Meta.</summary>
    public Optional<string> PhoneNumberId { get; init; }

    /// <summary>Gets the access token of the app. ******** keeps the stored one, null clears it.</summary>
    public Optional<string> AccessToken { get; init; }

    /// <summary>
    /// Gets the secret with which Meta signs its requests. ******** keeps the stored one, null clears it. Not every server
    /// supports this.
    /// </summary>
    public Optional<string> AppSecret { get; init; }

    /// <summary>Gets whether files that senders attach are accepted.</summary>
    public Optional<bool> Attachments { get; init; }

    /// <summary>
    /// Gets who may write to the bot, one entry per line or separated by commas. * allows everybody, an empty text nobody.
    /// </summary>
    public Optional<string> AllowFrom { get; init; }
}
