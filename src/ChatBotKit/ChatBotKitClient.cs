using System.Diagnostics;
using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>
/// The base class of all clients. It holds the address of the API and the credential. Clients are thread-safe and cheap to
/// create; clients that are reached from one another share their connections.
/// </summary>
[DebuggerDisplay("{GetType().Name,nq} {Url}")]
public class ChatBotKitClient
{
    private readonly Transport? _transport;

    /// <summary>Initializes a new instance of the <see cref="ChatBotKitClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public ChatBotKitClient(ChatBotKitClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _transport = new Transport(options);
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="ChatBotKitClient"/> class with the options and connections of another
    /// client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    protected ChatBotKitClient(ChatBotKitClient parent)
    {
        ArgumentNullException.ThrowIfNull(parent);
        _transport = parent._transport;
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="ChatBotKitClient"/> class without options, for test doubles that
    /// override operations.
    /// </summary>
    protected ChatBotKitClient()
    {
    }

    /// <summary>
    /// Gets the API token or session token of the calls; empty when <see cref="ChatBotKitClientOptions.SecretProvider"/>
    /// supplies it for each call.
    /// </summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string Secret => _transport?.Options.Secret ?? "";

    /// <summary>Gets the address of the API: scheme, host, port, and the path before all routes.</summary>
    public Uri Url => _transport?.Addresses.BaseUrl ?? ChatBotKitClientOptions.DefaultBaseUrl;

    /// <summary>
    /// Prepares a call of any route, including routes that have no method in the SDK. Nothing is sent until the result is
    /// awaited or enumerated.
    /// </summary>
    /// <typeparam name="T">The type of the whole answer. <see cref="ChatBotKitJson"/> must know it.</typeparam>
    /// <typeparam name="U">
    /// The type of a part of the streamed answer: <see cref="RunEvent"/> for a run, <see cref="ChannelMessageEvent"/> for a
    /// channel, otherwise the type of the items of a list.
    /// </typeparam>
    /// <param name="path">The path of the route, such as <c>/api/v1/conversation/list</c>, or a whole URL.</param>
    /// <param name="options">The request; null sends a GET without a query.</param>
    /// <returns>The call, which has not been sent yet.</returns>
    /// <exception cref="InvalidOperationException">The client was created without options, as a base of a fake.</exception>
    public virtual ResponsePromise<T, U> ClientFetch<T, U>(string path, ClientFetchOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var transport = RequireTransport();
        var request = transport.CreateRequest(path, options ?? new ClientFetchOptions());
        return new ResponsePromise<T, U>(
            token => transport.FetchAsync<T>(request, token),
            token => transport.StreamAsync<U>(request, token),
            () => request.RunId);
    }

    private protected ResponsePromise<T, U> Call<T, U>(Route route, ClientFetchOptions options) =>
        ClientFetch<T, U>(route.Path, options with { Endpoint = route.Template, RouteValues = route.Values });

    private protected Task<T> GetAsync<T>(Route route, IReadOnlyDictionary<string, object?>? query, CancellationToken cancellationToken) =>
        Call<T, T>(route, new ClientFetchOptions { Query = query, CancellationToken = cancellationToken }).AsTask(CancellationToken.None);

    private protected Task<T> PostAsync<T>(Route route, object? record, CancellationToken cancellationToken) =>
        Call<T, T>(route, Body(record, cancellationToken)).AsTask(CancellationToken.None);

    /// <summary>A list call: awaiting returns one page, enumerating returns the items of all pages.</summary>
    /// <param name="route">The path of the list.</param>
    /// <param name="request">The order, the page and the filters.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <param name="filters">The further filters of this list. Null values are not sent.</param>
    private protected ResponsePromise<ListResponse<T>, T> List<T>(
        Route route, ListRequest? request, CancellationToken cancellationToken, params ReadOnlySpan<(string Name, object? Value)> filters) =>
        Call<ListResponse<T>, T>(
            route, new ClientFetchOptions { Query = QueryString.Of(request, filters), CancellationToken = cancellationToken });

    /// <summary>A list written as CSV.</summary>
    private protected Task ExportCsvAsync(
        Route route, Stream destination, ListRequest? request, CancellationToken cancellationToken,
        params ReadOnlySpan<(string Name, object? Value)> filters)
    {
        ArgumentNullException.ThrowIfNull(destination);
        var options = new ClientFetchOptions
        {
            Query = QueryString.Of(request, filters),
            Headers = new Dictionary<string, string> { ["Accept"] = "text/csv" },
            CancellationToken = cancellationToken,
        };
        return DownloadAsync(route, options, destination);
    }

    /// <summary>A call whose answer is a stream of server-sent events, each of which holds a JSON object.</summary>
    private protected Func<CancellationToken, IAsyncEnumerable<JsonObject>> Events(Route route, ClientFetchOptions options)
    {
        var transport = RequireTransport();
        var request = transport.CreateRequest(route.Path, options with { Endpoint = route.Template, RouteValues = route.Values });
        return token => transport.ReadEventsAsync(request, token);
    }

    // The API requires a JSON body on every POST, even when it has no fields.
    private protected static ClientFetchOptions Body(object? record, CancellationToken cancellationToken) =>
        new() { Record = record ?? new EmptyRequest(), CancellationToken = cancellationToken };

    private protected Task DownloadAsync(Route route, ClientFetchOptions options, Stream destination)
    {
        var transport = RequireTransport();
        var request = transport.CreateRequest(route.Path, options with { Endpoint = route.Template, RouteValues = route.Values });
        return transport.DownloadAsync(request, destination);
    }

    private protected Task SendAsync(string url, ClientFetchOptions options)
    {
        var transport = RequireTransport();
        return transport.SendAsync(transport.CreateRequest(url, options));
    }

    private Transport RequireTransport() => _transport ?? throw new InvalidOperationException(
        $"{GetType().Name} was made without options, so each of its operations that is used must be overridden.");
}
