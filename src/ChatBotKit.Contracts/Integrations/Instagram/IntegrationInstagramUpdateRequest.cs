namespace ChatBotKit;

/// <summary>Changes a connection of a bot to Instagram. A field that is not set stays as it is.</summary>
public sealed record IntegrationInstagramUpdateRequest : ChatIntegrationUpdateRequest
{
    /// <summary>Gets the access token of the app. ******** keeps what is stored, null clears it.</summary>
    public Optional<string> AccessToken { get; init; }

    /// <summary>Gets the secret with which Meta signs what it sends. ******** keeps what is stored, null clears it. Not every server takes this.</summary>
    public Optional<string> AppSecret { get; init; }

    /// <summary>Gets whether files that senders send are taken in.</summary>
    public Optional<bool> Attachments { get; init; }
}
