namespace ChatBotKit;

/// <summary>Represents work of the server that is due once or repeatedly.</summary>
public sealed record ServerWorkItem : ApiObject
{
    /// <summary>Gets the id: the kind and the key with a dot between them.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the kind of the work, such as <c>retention</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Gets the key, which is unique within the kind.</summary>
    public required string Key { get; init; }

    /// <summary>Gets the state: the work waits, runs, or has failed in all its attempts.</summary>
    public required ServerWorkState State { get; init; }

    /// <summary>
    /// Gets the due time: the scheduled time, or the time of the next attempt after a failure. While the work runs, gets the
    /// time at which the lease of the server that runs it ends. Null when all attempts have failed.
    /// </summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Gets the time for which the work was scheduled. Failures do not change it.</summary>
    public required DateTimeOffset ScheduledAt { get; init; }

    /// <summary>Gets the number of attempts that have begun since the last success.</summary>
    public required int Attempt { get; init; }

    /// <summary>Gets the error of the last failed attempt; null when no attempt has failed since the last success.</summary>
    public string? LastError { get; init; }

    /// <summary>Gets the time of the last failed attempt; null when no attempt has failed since the last success.</summary>
    public DateTimeOffset? LastErrorAt { get; init; }

    /// <summary>Gets the time at which the work was stored.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
