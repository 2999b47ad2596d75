using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace ChatBotKit;

/// <summary>
/// The options of a client: the address of the API, the credential, and the settings of the calls. The record is immutable;
/// use <c>with</c> to create a variation. Its text and its view in a debugger do not show the secret.
/// </summary>
/// <remarks>
/// Without <see cref="BaseUrl"/>, the credential is sent to the hosted service. Set the address of your own server, or use
/// <see cref="FromEnvironment()"/>, which requires an address.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed partial record ChatBotKitClientOptions
{
    /// <summary>Gets the default address, which is that of the hosted service.</summary>
    public static Uri DefaultBaseUrl { get; } = new("https://api.chatbotkit.com");

    /// <summary>Gets the API token or session token. An empty text sends no credential. Default: empty.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string Secret { get; init; } = "";

    /// <summary>
    /// Gets the function that supplies the token for each try, for tokens that change. It replaces <see cref="Secret"/>. It
    /// is called for every try, so it should cache the token. Its exceptions reach the caller unchanged. Default: none.
    /// </summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public Func<CancellationToken, ValueTask<string>>? SecretProvider { get; init; }

    /// <summary>
    /// Gets the address of the API. Its path is put before the paths of all routes, for servers that a proxy serves under a
    /// prefix. Query and fragment are ignored. Default: <see cref="DefaultBaseUrl"/>.
    /// </summary>
    public Uri BaseUrl { get; init; } = DefaultBaseUrl;

    /// <summary>Gets the host, optionally with a port, that replaces the host of <see cref="BaseUrl"/>; null keeps it.</summary>
    public string? Host { get; init; }

    /// <summary>
    /// Gets the scheme, <c>http</c> or <c>https</c>, that replaces the scheme of <see cref="BaseUrl"/>; null keeps it.
    /// </summary>
    public string? Protocol { get; init; }

    /// <summary>
    /// Gets replacements for single routes. The key is a path or its template, such as
    /// <c>/api/v1/conversation/{conversationId}/complete</c>; the value is another path, template or URL. Default: none.
    /// </summary>
    public IReadOnlyDictionary<string, string>? Endpoints { get; init; }

    /// <summary>Gets the id of the child account on whose behalf calls are made; null uses the caller's own account.</summary>
    public string? RunAsUserId { get; init; }

    /// <summary>
    /// Gets the e-mail address of the child account on whose behalf calls are made; null uses the caller's own account.
    /// </summary>
    public string? RunAsChildUserEmail { get; init; }

    /// <summary>Gets the IANA name of the time zone that the model uses for dates and times; null leaves it to the server.</summary>
    public string? Timezone { get; init; }

    /// <summary>
    /// Gets additional headers for every request. A header replaces that of the library with the same name. Default: none.
    /// </summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>
    /// Gets how long to wait for response headers. The time starts again for each piece of the request that the server
    /// accepts. The body of the answer has no total limit, because a run may take minutes; <see cref="StreamIdleTimeout"/>
    /// limits its pauses. Default: 100 seconds. <see cref="System.Threading.Timeout.InfiniteTimeSpan"/> waits without a
    /// limit.
    /// </summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>
    /// Gets how long to wait for the next byte of an answer that has started, before its connection counts as lost. It
    /// applies to streams, downloads and all other bodies. Default: 5 minutes. Subscriptions to channels have no such
    /// limit.
    /// </summary>
    public TimeSpan StreamIdleTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Gets the maximum number of retries of a failed call, 0 or more. Default: 3.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>
    /// Gets the delay before the first retry. It doubles with each retry and varies at random. A <c>Retry-After</c> header
    /// of the server replaces it. Default: 250 milliseconds.
    /// </summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// Gets whether a POST is retried after a failure that leaves open whether the server has handled it, as the official
    /// clients do. Default: false, which retries such a POST only when the server announces that it recognizes repeated
    /// requests.
    /// </summary>
    public bool RetryUnsafePosts { get; init; }

    /// <summary>
    /// Gets the HTTP client that sends the requests. It is not disposed. Default: a client that shares one connection pool
    /// with all other clients of the process.
    /// </summary>
    public HttpClient? HttpClient { get; init; }

    /// <summary>Gets the clock that measures timeouts and delays. Default: <see cref="System.TimeProvider.System"/>.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append(CultureInfo.InvariantCulture, $"{nameof(Secret)} = {(Secret.Length == 0 ? "" : "***")}, ");
        builder.Append(CultureInfo.InvariantCulture, $"{nameof(BaseUrl)} = {BaseUrl}, {nameof(Host)} = {Host}, {nameof(Protocol)} = {Protocol}, ");
        builder.Append(CultureInfo.InvariantCulture, $"{nameof(Timeout)} = {Timeout}, {nameof(Retries)} = {Retries}");
        return true;
    }
}
