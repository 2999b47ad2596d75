namespace ChatBotKit;

/// <summary>Changes a connection of a bot to e-mail. A field that is not set stays as it is.</summary>
public sealed record IntegrationEmailUpdateRequest : ChatIntegrationUpdateRequest
{
    /// <summary>Gets whether files that senders send are taken in.</summary>
    public Optional<bool> Attachments { get; init; }

    /// <summary>Gets who may write to the bot: patterns of addresses, one a line. * lets everybody, an empty text nobody.</summary>
    public Optional<string> AllowFrom { get; init; }
}
