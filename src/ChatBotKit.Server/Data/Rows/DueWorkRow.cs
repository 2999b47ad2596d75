namespace ChatBotKit.Server.Data.Rows;

/// <summary>An item of work that is due at a time.</summary>
internal sealed record DueWorkRow
{
    /// <summary>The kind, which selects the handler. It contains no dot, so that kind and key can be written as one id.</summary>
    public required string Kind { get; init; }

    /// <summary>The key, unique within the kind.</summary>
    public required string Key { get; init; }

    /// <summary>
    /// The time from which a worker may take the item: the scheduled time, the time of the next attempt after a failure, or the end of
    /// the lease. Null for a dead letter, which no worker takes.
    /// </summary>
    public required long? DueAt { get; init; }

    /// <summary>The time for which the item was scheduled. Neither a lease nor a retry changes it.</summary>
    public required long ScheduledAt { get; init; }

    /// <summary>The fencing token. It increases when the item is taken, settled or retried, and when a repair ends its lease.</summary>
    public long Token { get; init; }

    /// <summary>The number of attempts since the last success.</summary>
    public int Attempt { get; init; }

    /// <summary>The input of the handler, in a format that the handler defines.</summary>
    public string Payload { get; init; } = "";

    /// <summary>The process that holds the lease; null when there is no lease.</summary>
    public string? Owner { get; init; }

    public string? LastError { get; init; }

    public long? LastErrorAt { get; init; }

    public required long CreatedAt { get; init; }

    /// <summary>Creates a new item without a lease.</summary>
    public static DueWorkRow New(string kind, string key, DateTimeOffset dueAt, DateTimeOffset now, string payload = "") => new()
    {
        Kind = kind,
        Key = key,
        DueAt = dueAt.ToUnixTimeMilliseconds(),
        ScheduledAt = dueAt.ToUnixTimeMilliseconds(),
        Payload = payload,
        CreatedAt = now.ToUnixTimeMilliseconds(),
    };
}
