namespace ChatBotKit;

/// <summary>Work of the server that is due at a time: once, or again and again.</summary>
public sealed record ServerWorkItem : ApiObject
{
    /// <summary>Gets the id: the kind and the key with a dot between them.</summary>
    public required string Id { get; init; }

    /// <summary>Gets what kind of work it is, such as <c>retention</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Gets what tells it apart from other work of its kind.</summary>
    public required string Key { get; init; }

    /// <summary>Gets whether it waits, runs, or has failed for good.</summary>
    public required ServerWorkState State { get; init; }

    /// <summary>
    /// Gets when it is due: at its own time, or at the next attempt after a failure. While it runs, gets until when the server
    /// that works on it need not report. Null when it has failed for good.
    /// </summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Gets the time that it was meant for, which failures do not change.</summary>
    public required DateTimeOffset ScheduledAt { get; init; }

    /// <summary>Gets how many attempts have begun since it last succeeded.</summary>
    public required int Attempt { get; init; }

    /// <summary>Gets how the last attempt failed; null when none failed since it last succeeded.</summary>
    public string? LastError { get; init; }

    /// <summary>Gets when the last attempt failed.</summary>
    public DateTimeOffset? LastErrorAt { get; init; }

    /// <summary>Gets when it was stored.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
