namespace ChatBotKit.Server.Data.Rows;

/// <summary>Something that is to be done at a time.</summary>
internal sealed record DueWorkRow
{
    /// <summary>Which handler does it. Has no dot, so that kind and key can be written as one id.</summary>
    public required string Kind { get; init; }

    /// <summary>Tells it apart from others of its kind.</summary>
    public required string Key { get; init; }

    /// <summary>
    /// When it is looked at next: its time, the next try after a failure, or the end of the lease; null for a dead letter, which
    /// nobody looks at.
    /// </summary>
    public required long? DueAt { get; init; }

    /// <summary>The time that it was meant for, which neither a lease nor a failure moves.</summary>
    public required long ScheduledAt { get; init; }

    /// <summary>Raised each time when somebody takes or finishes it.</summary>
    public long Token { get; init; }

    /// <summary>How often it was taken since it last succeeded.</summary>
    public int Attempt { get; init; }

    /// <summary>What the handler needs to know, in a form of its own.</summary>
    public string Payload { get; init; } = "";

    /// <summary>The process that holds the lease; null when nobody does.</summary>
    public string? Owner { get; init; }

    public string? LastError { get; init; }

    public long? LastErrorAt { get; init; }

    public required long CreatedAt { get; init; }

    /// <summary>A new item that nobody has taken yet.</summary>
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
