using System.Diagnostics;

namespace ChatBotKit;

/// <summary>
/// Specifies where the API is, who calls it and how patient the calls are: the settings of a host, of which
/// <see cref="ChatBotKitClientOptions"/> are made. They are checked when the host starts.
/// </summary>
[DebuggerDisplay("{BaseUrl}")]
public sealed class ChatBotKitOptions
{
    private static readonly ChatBotKitClientOptions Defaults = new();

    /// <summary>
    /// Gets or sets the API token. A changed setting counts from the next request on. Needed unless there is a
    /// <see cref="SecretProvider"/>.
    /// </summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? Secret { get; set; }

    /// <summary>
    /// Gets or sets what gives the API token for each request, for tokens that change. It is asked for every try, so it should
    /// keep the token and not fetch it each time. The services are those of the scope from which the client was taken, so a
    /// client that an endpoint takes sees the scoped services of that request; a client that a singleton keeps sees none,
    /// and asking for one is refused.
    /// </summary>
    public Func<IServiceProvider, CancellationToken, ValueTask<string>>? SecretProvider { get; set; }

    /// <summary>Gets or sets the address of the API; a path in it comes before those of all routes. Default: the hosted service.</summary>
    public Uri BaseUrl { get; set; } = ChatBotKitClientOptions.DefaultBaseUrl;

    /// <summary>
    /// Gets or sets how long the server may be silent before its answer begins; a body that moves has no limit. Default: 100
    /// seconds; <see cref="System.Threading.Timeout.InfiniteTimeSpan"/> waits for ever.
    /// </summary>
    public TimeSpan Timeout { get; set; } = Defaults.Timeout;

    /// <summary>Gets or sets how long an answer that has begun may be silent before its connection counts as lost. Default: 5 minutes.</summary>
    public TimeSpan StreamIdleTimeout { get; set; } = Defaults.StreamIdleTimeout;

    /// <summary>Gets or sets how many times a failed call is sent again; 0 where a resilience handler does that. Default: 3.</summary>
    public int Retries { get; set; } = Defaults.Retries;

    /// <summary>Gets or sets the wait before the first repetition; it doubles each time. Default: 250 milliseconds.</summary>
    public TimeSpan RetryDelay { get; set; } = Defaults.RetryDelay;

    /// <summary>
    /// Gets or sets whether a POST is repeated after failures after which the server may have handled it already. Default: false.
    /// </summary>
    public bool RetryUnsafePosts { get; set; }

    /// <summary>Gets or sets the id of the child account to act as; null acts as oneself.</summary>
    public string? RunAsUserId { get; set; }

    /// <summary>Gets or sets the e-mail address of the child account to act as; null acts as oneself.</summary>
    public string? RunAsChildUserEmail { get; set; }

    /// <summary>Gets or sets the IANA name of the time zone in which the model tells dates and times.</summary>
    public string? Timezone { get; set; }

    /// <summary>Gets headers to send with every request.</summary>
    public IDictionary<string, string> Headers { get; } = new Dictionary<string, string>();

    /// <summary>Gets replacements for single routes, as in <see cref="ChatBotKitClientOptions.Endpoints"/>.</summary>
    public IDictionary<string, string> Endpoints { get; } = new Dictionary<string, string>();

    internal ChatBotKitClientOptions ToClientOptions(HttpClient http, TimeProvider time, Func<CancellationToken, ValueTask<string>> secrets) => new()
    {
        Secret = SecretProvider is null ? Secret ?? "" : "",
        // A changed setting counts from the next request on.
        SecretProvider = secrets,
        BaseUrl = BaseUrl,
        Timeout = Timeout,
        StreamIdleTimeout = StreamIdleTimeout,
        Retries = Retries,
        RetryDelay = RetryDelay,
        RetryUnsafePosts = RetryUnsafePosts,
        RunAsUserId = RunAsUserId,
        RunAsChildUserEmail = RunAsChildUserEmail,
        Timezone = Timezone,
        Headers = new Dictionary<string, string>(Headers),
        Endpoints = new Dictionary<string, string>(Endpoints),
        HttpClient = http,
        TimeProvider = time,
    };
}
