namespace ChatBotKit;

/// <summary>A request to update a connection of a bot to e-mail. A field that is not set keeps its value.</summary>
public sealed record IntegrationEmailUpdateRequest : ChatIntegrationUpdateRequest
{
    /// <summary>Gets whether files that senders attach are accepted.</summary>
    public Optional<bool> Attachments { get; init; }

    /// <summary>Gets who may write to the bot: patterns of addresses, one per line. * allows everybody, an empty text nobody.</summary>
    public Optional<string> AllowFrom { get; init; }
}
