namespace ChatBotKit;

/// <summary>Specifies which session tokens are accepted.</summary>
public sealed class ChatBotKitSessionValidationOptions
{
    /// <summary>
    /// Gets or sets the address of the server that issues the tokens, with its path if it has one. It must use https or be
    /// on this machine.
    /// </summary>
    public Uri? Authority { get; set; }

    /// <summary>Gets or sets the issuer, exactly as in the tokens. Default: <c>chatbotkit-server</c>, the server's default.</summary>
    public string Issuer { get; set; } = "chatbotkit-server";

    /// <summary>Gets or sets the audience, exactly as in the tokens. Default: <c>enduser/conversation</c>.</summary>
    public string Audience { get; set; } = "enduser/conversation";

    /// <summary>Gets or sets the maximum difference between the clocks of the two servers. Default: 30 seconds.</summary>
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Gets or sets the interval at which the keys are fetched again, so that revoked keys are dropped. Default: 5 minutes.
    /// </summary>
    public TimeSpan KeyLifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Gets or sets the minimum interval between two fetches of the keys that are caused by tokens with an unknown key. It
    /// limits the requests that forged tokens can cause. Default: 30 seconds.
    /// </summary>
    public TimeSpan KeyRefreshInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets how long the last keys are used while new ones cannot be fetched. Default: an hour.</summary>
    public TimeSpan KeyGracePeriod { get; set; } = TimeSpan.FromHours(1);

    internal Uri KeysAddress => new($"{Authority!.GetLeftPart(UriPartial.Path).TrimEnd('/')}/.well-known/jwks.json");

    /// <summary>Requires a secure address, because anybody who can change the keys in transit can create tokens.</summary>
    internal bool IsAuthoritySafe =>
        Authority is { IsAbsoluteUri: true } authority
        && (authority.Scheme == Uri.UriSchemeHttps || (authority.Scheme == Uri.UriSchemeHttp && authority.IsLoopback));
}
