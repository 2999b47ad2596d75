namespace ChatBotKit;

/// <summary>Specifies what sessions are given to the users of the app.</summary>
public sealed class ChatBotKitSessionOptions : ChatBotKitChatOptions
{
    /// <summary>
    /// Gets or sets what sessions are like. Its origins are set by <see cref="BindToOrigin"/> unless it names some. Default: an
    /// hour, refreshable for a day.
    /// </summary>
    public SessionCreateRequest NewSession { get; set; } = new() { Refreshable = true };

    /// <summary>Gets or sets whether a token is good only on pages of the origin that asked for it. Default: true.</summary>
    public bool BindToOrigin { get; set; } = true;

    /// <summary>
    /// Gets or sets the address at which browsers reach the API, when it differs from the one that this app calls.
    /// </summary>
    public Uri? ApiUrl { get; set; }
}
