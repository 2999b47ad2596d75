namespace ChatBotKit;

/// <summary>
/// Specifies the usage limits of a session. Unless stated otherwise, a limit applies to the whole lifetime of the session.
/// A request that exceeds a limit is answered with status 429, the code of the limit, and <c>Retry-After</c>.
/// </summary>
public sealed record SessionLimits : ApiObject
{
    /// <summary>Gets the maximum number of messages that the holder may send. Null: no limit.</summary>
    public int? Messages { get; init; }

    /// <summary>
    /// Gets the maximum number of model tokens, input and output together. When it is reached, the current run is completed
    /// and no further run is started. Null: no limit.
    /// </summary>
    public long? Tokens { get; init; }

    /// <summary>Gets the maximum number of requests per minute. Null: no limit.</summary>
    public int? RequestsPerMinute { get; init; }

    /// <summary>Gets the maximum number of concurrently open streams. Null: no limit.</summary>
    public int? Streams { get; init; }

    /// <summary>Gets the maximum total size of the files that the holder may add, in bytes. Null: no limit.</summary>
    public long? AttachmentBytes { get; init; }
}
