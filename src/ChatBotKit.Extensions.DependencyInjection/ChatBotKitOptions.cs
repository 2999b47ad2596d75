using System.Diagnostics;

namespace ChatBotKit;

/// <summary>
/// Specifies the address of the API, the credential, and the timeouts and retries of the calls. These are the settings of a
/// host, from which <see cref="ChatBotKitClientOptions"/> are created. They are validated when the host starts.
/// </summary>
[DebuggerDisplay("{BaseUrl}")]
public sealed class ChatBotKitOptions
{
    private static readonly ChatBotKitClientOptions Defaults = new();

    /// <summary>
    /// Gets or sets the API token. A changed setting applies to the next request. It is required unless a
    /// <see cref="SecretProvider"/> is set.
    /// </summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? Secret { get; set; }

    /// <summary>
    /// Gets or sets the function that supplies the API token of each request, for tokens that change. It is called for
    /// every try, so it should cache the token. Its services are those of the scope that resolved the client: a client that
    /// is injected into an endpoint sees the scoped services of the request. A client that a singleton holds has no scope,
    /// and resolving a scoped service throws.
    /// </summary>
    public Func<IServiceProvider, CancellationToken, ValueTask<string>>? SecretProvider { get; set; }

    /// <summary>
    /// Gets or sets the address of the API. Its path is put before the paths of all routes. Default: the hosted service.
    /// </summary>
    public Uri BaseUrl { get; set; } = ChatBotKitClientOptions.DefaultBaseUrl;

    /// <summary>
    /// Gets or sets how long to wait for response headers. The time starts again for each piece of the request that the
    /// server accepts. Default: 100 seconds. <see cref="System.Threading.Timeout.InfiniteTimeSpan"/> waits without a limit.
    /// </summary>
    public TimeSpan Timeout { get; set; } = Defaults.Timeout;

    /// <summary>
    /// Gets or sets how long to wait for the next byte of an answer that has started, before its connection counts as lost.
    /// Default: 5 minutes.
    /// </summary>
    public TimeSpan StreamIdleTimeout { get; set; } = Defaults.StreamIdleTimeout;

    /// <summary>
    /// Gets or sets the maximum number of retries of a failed call. Set it to 0 when a resilience handler retries. Default:
    /// 3.
    /// </summary>
    public int Retries { get; set; } = Defaults.Retries;

    /// <summary>Gets or sets the delay before the first retry. It doubles with each retry. Default: 250 milliseconds.</summary>
    public TimeSpan RetryDelay { get; set; } = Defaults.RetryDelay;

    /// <summary>
    /// Gets or sets whether a POST is retried after a failure that leaves open whether the server has handled it. Default:
    /// false.
    /// </summary>
    public bool RetryUnsafePosts { get; set; }

    /// <summary>Gets or sets the id of the child account on whose behalf calls are made; null uses the caller's own account.</summary>
    public string? RunAsUserId { get; set; }

    /// <summary>
    /// Gets or sets the e-mail address of the child account on whose behalf calls are made; null uses the caller's own
    /// account.
    /// </summary>
    public string? RunAsChildUserEmail { get; set; }

    /// <summary>Gets or sets the IANA name of the time zone that the model uses for dates and times.</summary>
    public string? Timezone { get; set; }

    /// <summary>Gets headers to send with every request.</summary>
    public IDictionary<string, string> Headers { get; } = new Dictionary<string, string>();

    /// <summary>Gets replacements for single routes, as in <see cref="ChatBotKitClientOptions.Endpoints"/>.</summary>
    public IDictionary<string, string> Endpoints { get; } = new Dictionary<string, string>();

    internal ChatBotKitClientOptions ToClientOptions(HttpClient http, TimeProvider time, Func<CancellationToken, ValueTask<string>> secrets) => new()
    {
        Secret = SecretProvider is null ? Secret ?? "" : "",
        // A changed setting applies to the next request.
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
