namespace ChatBotKit;

/// <summary>
/// One request of <see cref="ChatBotKitClient.ClientFetch{T, U}"/>. At most one of <see cref="Record"/>,
/// <see cref="Buffer"/>, <see cref="File"/> and <see cref="Content"/> is the body; the first that is set counts.
/// </summary>
public sealed record ClientFetchOptions
{
    /// <summary>Gets the HTTP method. Default: POST with a body, else GET.</summary>
    public HttpMethod? Method { get; init; }

    /// <summary>
    /// Gets the query. Null values are left out, and a value that is a dictionary gives one parameter for each of its
    /// entries, named <c>key.entry</c>.
    /// </summary>
    public IReadOnlyDictionary<string, object?>? Query { get; init; }

    /// <summary>Gets the record to send as JSON; its type must be known to <see cref="ChatBotKitJson"/>.</summary>
    public object? Record { get; init; }

    /// <summary>Gets bytes to send as they are.</summary>
    public ReadOnlyMemory<byte>? Buffer { get; init; }

    /// <summary>Gets a file to send as the field <c>file</c> of a form.</summary>
    public ClientFetchFile? File { get; init; }

    /// <summary>Gets what makes any other body; it is called once for every try.</summary>
    public Func<HttpContent>? Content { get; init; }

    /// <summary>Gets further headers; they replace those of the same name.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>Gets the key under which <see cref="ChatBotKitClientOptions.Endpoints"/> may replace the path. Default: the path.</summary>
    public string? Endpoint { get; init; }

    /// <summary>Gets whether the request goes to somebody else: no credential and no header of the API is sent.</summary>
    public bool External { get; init; }

    /// <summary>Gets how long the server may be silent before its answer begins. Default: that of the client.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Gets how long an answer that has begun may be silent. Default: that of the client.</summary>
    public TimeSpan? StreamIdleTimeout { get; init; }

    /// <summary>Gets how many times the call is sent again. Default: that of the client.</summary>
    public int? Retries { get; init; }

    /// <summary>Gets the wait before the first repetition. Default: that of the client.</summary>
    public TimeSpan? RetryDelay { get; init; }

    /// <summary>Gets the token that ends the call; it is joined with that of an enumeration. Default: none.</summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>Gets the values for the placeholders of <see cref="Endpoint"/>.</summary>
    internal IReadOnlyList<KeyValuePair<string, string>> RouteValues { get; init; } = [];

    /// <summary>Gets what gives the path from which a broken stream of a run goes on; null when it cannot.</summary>
    internal Func<string, string>? ResumePath { get; init; }

    /// <summary>Gets the run whose log is read, when it is known before the answer.</summary>
    internal string? RunId { get; init; }

    /// <summary>Gets the number of the event after which the stream begins; null begins with the first.</summary>
    internal long? After { get; init; }
}

/// <summary>A file to send as part of a form.</summary>
public sealed record ClientFetchFile
{
    /// <summary>Gets the name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the media type. Default: bytes of no particular kind.</summary>
    public string Type { get; init; } = "application/octet-stream";

    /// <summary>Gets the bytes.</summary>
    public required ReadOnlyMemory<byte> Data { get; init; }
}
