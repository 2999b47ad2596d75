namespace ChatBotKit;

/// <summary>A request to create a connection of a bot to e-mail.</summary>
public sealed record IntegrationEmailCreateRequest : ChatIntegrationCreateRequest
{
    /// <summary>Gets whether files that senders attach are accepted. Default: no.</summary>
    public bool? Attachments { get; init; }

    /// <summary>
    /// Gets who may write to the bot: patterns of addresses, one per line. * allows everybody, an empty text nobody.
    /// Default: *.
    /// </summary>
    public string? AllowFrom { get; init; }
}
