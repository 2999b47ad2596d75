namespace ChatBotKit;

/// <summary>
/// Specifies how much a session may use, over its whole life where nothing else is said. A request that goes past a limit is
/// answered with status 429, a code that names the limit, and <c>Retry-After</c>.
/// </summary>
public sealed record SessionLimits : ApiObject
{
    /// <summary>Gets the number of messages that the holder may send. Null: no limit.</summary>
    public int? Messages { get; init; }

    /// <summary>
    /// Gets the number of model tokens, input and output together. No run is started once they are used up; the run that
    /// uses them up is finished. Null: no limit.
    /// </summary>
    public long? Tokens { get; init; }

    /// <summary>Gets the number of requests within a minute. Null: no limit.</summary>
    public int? RequestsPerMinute { get; init; }

    /// <summary>Gets the number of streams that may be open at the same time. Null: no limit.</summary>
    public int? Streams { get; init; }

    /// <summary>Gets the size of all files that the holder may add, in bytes. Null: no limit.</summary>
    public long? AttachmentBytes { get; init; }
}
