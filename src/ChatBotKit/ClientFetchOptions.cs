namespace ChatBotKit;

/// <summary>
/// The request of a call by <see cref="ChatBotKitClient.ClientFetch{T, U}"/>. The body is the first that is set of
/// <see cref="Record"/>, <see cref="Buffer"/>, <see cref="File"/> and <see cref="Content"/>.
/// </summary>
public sealed record ClientFetchOptions
{
    /// <summary>Gets the HTTP method. Default: POST when there is a body, otherwise GET.</summary>
    public HttpMethod? Method { get; init; }

    /// <summary>
    /// Gets the query. Null values are left out. A dictionary as a value becomes one parameter per entry, named
    /// <c>key.entry</c>.
    /// </summary>
    public IReadOnlyDictionary<string, object?>? Query { get; init; }

    /// <summary>Gets the record that is sent as JSON. <see cref="ChatBotKitJson"/> must know its type.</summary>
    public object? Record { get; init; }

    /// <summary>Gets the bytes that are sent as the body.</summary>
    public ReadOnlyMemory<byte>? Buffer { get; init; }

    /// <summary>Gets the file that is sent as the form field <c>file</c>.</summary>
    public ClientFetchFile? File { get; init; }

    /// <summary>Gets the function that creates any other body. It is called once for every try.</summary>
    public Func<HttpContent>? Content { get; init; }

    /// <summary>Gets additional headers. A header replaces one of the same name.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>Gets the key by which <see cref="ChatBotKitClientOptions.Endpoints"/> can replace the path. Default: the path.</summary>
    public string? Endpoint { get; init; }

    /// <summary>
    /// Gets whether the request goes to another server than the API. Then no credential and no header of the API is sent.
    /// </summary>
    public bool External { get; init; }

    /// <summary>Gets how long to wait for response headers. Default: the setting of the client.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Gets how long to wait for the next byte of an answer that has started. Default: the setting of the client.</summary>
    public TimeSpan? StreamIdleTimeout { get; init; }

    /// <summary>Gets the maximum number of retries. Default: the setting of the client.</summary>
    public int? Retries { get; init; }

    /// <summary>Gets the delay before the first retry. Default: the setting of the client.</summary>
    public TimeSpan? RetryDelay { get; init; }

    /// <summary>Gets the token that cancels the request. The token of an enumeration cancels it too. Default: none.</summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>Gets the values for the placeholders of <see cref="Endpoint"/>.</summary>
    internal IReadOnlyList<KeyValuePair<string, string>> RouteValues { get; init; } = [];

    /// <summary>
    /// Gets the function that returns the path at which a broken stream of a run is resumed; null when it cannot be
    /// resumed.
    /// </summary>
    internal Func<string, string>? ResumePath { get; init; }

    /// <summary>Gets the id of the run whose log is read; null when it is not known before the answer.</summary>
    internal string? RunId { get; init; }

    /// <summary>Gets the number of the last event that was already received; null starts at the first event.</summary>
    internal long? After { get; init; }
}

/// <summary>A file to send as part of a form.</summary>
public sealed record ClientFetchFile
{
    /// <summary>Gets the name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the media type. Default: <c>application/octet-stream</c>.</summary>
    public string Type { get; init; } = "application/octet-stream";

    /// <summary>Gets the bytes.</summary>
    public required ReadOnlyMemory<byte> Data { get; init; }
}
