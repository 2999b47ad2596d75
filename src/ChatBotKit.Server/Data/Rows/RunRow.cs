namespace ChatBotKit.Server.Data.Rows;

/// <summary>One <c>complete</c>, <c>receive</c> or <c>dispatch</c>. It writes its events to a log.</summary>
internal sealed class RunRow
{
    public required string Id { get; init; }

    public required string AccountId { get; init; }

    /// <summary>The conversation; null for a stateless dispatch.</summary>
    public string? ConversationId { get; init; }

    /// <summary>The session that started the run; null when the owner did.</summary>
    public string? SessionId { get; init; }

    /// <summary>The log of the run: its own id, or the log of the channel that it was dispatched to.</summary>
    public required string LogId { get; init; }

    public required string Kind { get; init; }

    public required long StartedAt { get; init; }

    /// <summary>The id of the process that executes the run; null when an older version, which stored none, has started it.</summary>
    public string? Owner { get; init; }

    /// <summary>
    /// The id of the first message of the run, if the run is acknowledged before this message is stored. If the run is interrupted
    /// before its turn, the message is restored from here. Null for all other runs.
    /// </summary>
    public string? QuestionId { get; set; }

    /// <summary>The text of that message; null after the run has ended.</summary>
    public string? QuestionText { get; set; }

    /// <summary>The entities of that text, as a JSON array.</summary>
    public string? QuestionEntities { get; set; }

    /// <summary>
    /// When the run ended; null while it is active. A run that is still active at the next start was interrupted and is ended then.
    /// </summary>
    public long? EndedAt { get; set; }

    public string? EndReason { get; set; }
}
