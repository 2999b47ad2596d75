namespace ChatBotKit;

/// <summary>Creates a connection of a bot to e-mail.</summary>
public sealed record IntegrationEmailCreateRequest : ChatIntegrationCreateRequest
{
    /// <summary>Gets whether files that senders send are taken in. Default: no.</summary>
    public bool? Attachments { get; init; }

    /// <summary>Gets who may write to the bot: patterns of addresses, one a line. * lets everybody, an empty text nobody. Default: *.</summary>
    public string? AllowFrom { get; init; }
}
