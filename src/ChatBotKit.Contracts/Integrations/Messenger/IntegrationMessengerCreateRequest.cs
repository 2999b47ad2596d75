namespace ChatBotKit;

/// <summary>A request to create a connection of a bot to Facebook Messenger.</summary>
public sealed record IntegrationMessengerCreateRequest : ChatIntegrationCreateRequest
{
    /// <summary>Gets the access token of the app.</summary>
    public string? AccessToken { get; init; }

    /// <summary>
    /// Gets the secret with which Meta signs its requests. Without one, their signatures are not verified. Not every server
    /// supports this.
    /// </summary>
    public string? AppSecret { get; init; }

    /// <summary>Gets whether files that senders attach are accepted. Default: no.</summary>
    public bool? Attachments { get; init; }
}
