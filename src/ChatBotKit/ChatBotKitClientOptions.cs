using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace ChatBotKit;

/// <summary>
/// The address of the API, the credential, and the settings of the calls. The record never changes; use <c>with</c> for a
/// variation. Its text and its view in a debugger do not show the secret.
/// </summary>
/// <remarks>
/// Without <see cref="BaseUrl"/> the credential goes to the hosted service. Name the address of a server of your own, or use
/// <see cref="FromEnvironment()"/>, which sends nothing anywhere unless an address is set.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed partial record ChatBotKitClientOptions
{
    /// <summary>Gets the address that is used when none is given, the hosted service.</summary>
    public static Uri DefaultBaseUrl { get; } = new("https://api.chatbotkit.com");

    /// <summary>Gets the API token or session token; an empty one sends no credential. Default: empty.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string Secret { get; init; } = "";

    /// <summary>
    /// Gets what gives the token for each try, for tokens that change; it takes the place of <see cref="Secret"/>. It should keep
    /// the token and not fetch it each time. What it throws comes to the caller of the operation as it is. Default: none.
    /// </summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public Func<CancellationToken, ValueTask<string>>? SecretProvider { get; init; }

    /// <summary>
    /// Gets the address of the API. A path in it comes before the paths of all routes, for servers behind a proxy that serves
    /// them under a prefix; query and fragment do not count. Default: <see cref="DefaultBaseUrl"/>.
    /// </summary>
    public Uri BaseUrl { get; init; } = DefaultBaseUrl;

    /// <summary>Gets the host, with a port if need be, to use instead of that of <see cref="BaseUrl"/>; null keeps it.</summary>
    public string? Host { get; init; }

    /// <summary>Gets the scheme, <c>http</c> or <c>https</c>, to use instead of that of <see cref="BaseUrl"/>; null keeps it.</summary>
    public string? Protocol { get; init; }

    /// <summary>
    /// Gets replacements for single routes: the key is a path or its template, such as
    /// <c>/api/v1/conversation/{conversationId}/complete</c>, the value another path, template or address. Default: none.
    /// </summary>
    public IReadOnlyDictionary<string, string>? Endpoints { get; init; }

    /// <summary>Gets the id of the child account to act as; null acts as oneself.</summary>
    public string? RunAsUserId { get; init; }

    /// <summary>Gets the e-mail address of the child account to act as; null acts as oneself.</summary>
    public string? RunAsChildUserEmail { get; init; }

    /// <summary>Gets the IANA name of the time zone in which the model tells dates and times; null leaves it to the server.</summary>
    public string? Timezone { get; init; }

    /// <summary>Gets headers to send with every request; they come before those of the library. Default: none.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>
    /// Gets how long the server may be silent before its answer begins: each piece of the request that it takes counts anew.
    /// The answer itself has no limit, since a run may last for minutes, but may not be silent for longer than
    /// <see cref="StreamIdleTimeout"/>. Default: 100 seconds; <see cref="System.Threading.Timeout.InfiniteTimeSpan"/> waits for ever.
    /// </summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>
    /// Gets how long an answer that has begun may be silent before its connection counts as lost: a stream, a download or
    /// any other body. Default: 5 minutes.
    /// Subscriptions to channels may be silent for ever.
    /// </summary>
    public TimeSpan StreamIdleTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Gets how many times a failed call is sent again, 0 or more. Default: 3.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>
    /// Gets the wait before the first repetition. It doubles each time and varies at random; a <c>Retry-After</c> of the
    /// server takes its place. Default: 250 milliseconds.
    /// </summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// Gets whether a POST is repeated after failures after which the server may have handled it already, as the official
    /// clients do. Default: false, unless the server says that it recognises a repeated request.
    /// </summary>
    public bool RetryUnsafePosts { get; init; }

    /// <summary>Gets the HTTP client to send with; it is not disposed. Default: one connection pool for all clients of the process.</summary>
    public HttpClient? HttpClient { get; init; }

    /// <summary>Gets the clock of timeouts and waits. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append(CultureInfo.InvariantCulture, $"{nameof(Secret)} = {(Secret.Length == 0 ? "" : "***")}, ");
        builder.Append(CultureInfo.InvariantCulture, $"{nameof(BaseUrl)} = {BaseUrl}, {nameof(Host)} = {Host}, {nameof(Protocol)} = {Protocol}, ");
        builder.Append(CultureInfo.InvariantCulture, $"{nameof(Timeout)} = {Timeout}, {nameof(Retries)} = {Retries}");
        return true;
    }
}
