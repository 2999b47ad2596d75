namespace ChatBotKit;

/// <summary>A request to create a connection of a bot to WhatsApp.</summary>
public sealed record IntegrationWhatsAppCreateRequest : ChatIntegrationCreateRequest
{
    /// <summary>Gets the id of the phone number, as shown by Meta.</summary>
    public string? PhoneNumberId { get; init; }

    /// <summary>Gets the access token of the app.</summary>
    public string? AccessToken { get; init; }

    /// <summary>
    /// Gets the secret with which Meta signs its requests. Without one, their signatures are not verified. Not every server
    /// supports this.
    /// </summary>
    public string? AppSecret { get; init; }

    /// <summary>Gets whether files that senders attach are accepted. Default: no.</summary>
    public bool? Attachments { get; init; }

    /// <summary>
    /// Gets who may write to the bot, one entry per line or separated by commas. * allows everybody, an empty text nobody.
    /// Default: *.
    /// </summary>
    public string? AllowFrom { get; init; }
}
