namespace ChatBotKit;

/// <summary>Whose session tokens are accepted.</summary>
public sealed class ChatBotKitSessionValidationOptions
{
    /// <summary>
    /// Gets or sets the address of the server that makes the tokens, with the path under which it serves, if there is one. It
    /// must be https, or on this machine.
    /// </summary>
    public Uri? Authority { get; set; }

    /// <summary>Gets or sets the issuer, exactly as in the tokens. Default: <c>chatbotkit-server</c>, the server's default.</summary>
    public string Issuer { get; set; } = "chatbotkit-server";

    /// <summary>Gets or sets the audience, exactly as in the tokens. Default: <c>enduser/conversation</c>.</summary>
    public string Audience { get; set; } = "enduser/conversation";

    /// <summary>Gets or sets how far the clocks of the two servers may differ. Default: 30 seconds.</summary>
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets after which time the keys are fetched again, so that a revoked one is dropped. Default: 5 minutes.</summary>
    public TimeSpan KeyLifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Gets or sets how often at most the keys are fetched because a token names an unknown one, whoever sends how many of
    /// those. Default: every 30 seconds.
    /// </summary>
    public TimeSpan KeyRefreshInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets how long the last keys are good while new ones cannot be fetched. Default: an hour.</summary>
    public TimeSpan KeyGracePeriod { get; set; } = TimeSpan.FromHours(1);

    internal Uri KeysAddress => new($"{Authority!.GetLeftPart(UriPartial.Path).TrimEnd('/')}/.well-known/jwks.json");

    /// <summary>Whoever can change the keys on their way can make tokens.</summary>
    internal bool IsAuthoritySafe =>
        Authority is { IsAbsoluteUri: true } authority
        && (authority.Scheme == Uri.UriSchemeHttps || (authority.Scheme == Uri.UriSchemeHttp && authority.IsLoopback));
}
