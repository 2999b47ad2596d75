namespace ChatBotKit;

/// <summary>A request to update a connection of a bot to Facebook Messenger. A field that is not set keeps its value.</summary>
public sealed record IntegrationMessengerUpdateRequest : ChatIntegrationUpdateRequest
{
    /// <summary>Gets the access token of the app. ******** keeps the stored one, null clears it.</summary>
    public Optional<string> AccessToken { get; init; }

    /// <summary>
    /// Gets the secret with which Meta signs its requests. ******** keeps the stored one, null clears it. Not every server
    /// supports this.
    /// </summary>
    public Optional<string> AppSecret { get; init; }

    /// <summary>Gets whether files that senders attach are accepted.</summary>
    public Optional<bool> Attachments { get; init; }
}
