namespace ChatBotKit;

/// <summary>Specifies the sessions that the users of the app get.</summary>
public sealed class ChatBotKitSessionOptions : ChatBotKitChatOptions
{
    /// <summary>
    /// Gets or sets the settings of new sessions. <see cref="BindToOrigin"/> sets their origins unless these settings have
    /// some. Default: an hour, refreshable for a day.
    /// </summary>
    public SessionCreateRequest NewSession { get; set; } = new() { Refreshable = true };

    /// <summary>Gets or sets whether a token can be used only on pages of the origin that requested it. Default: true.</summary>
    public bool BindToOrigin { get; set; } = true;

    /// <summary>
    /// Gets or sets the address at which browsers reach the API, when it differs from the one that this app calls.
    /// </summary>
    public Uri? ApiUrl { get; set; }
}
