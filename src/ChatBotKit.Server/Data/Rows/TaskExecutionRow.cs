namespace ChatBotKit.Server.Data.Rows;

/// <summary>An execution of a task.</summary>
internal sealed record TaskExecutionRow
{
    public required string Id { get; init; }

    public required string TaskId { get; init; }

    /// <summary>The conversation in which the task is carried out; null when it was deleted, or when there never was one.</summary>
    public string? ConversationId { get; init; }

    public required string Status { get; init; }

    public required string Outcome { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    public string? Summary { get; init; }

    public required long CreatedAt { get; init; }

    public required long UpdatedAt { get; init; }

    /// <summary>When the execution ended; null before.</summary>
    public long? CompletedAt { get; init; }
}
