namespace ChatBotKit.Server.Data.Rows;

/// <summary>One <c>complete</c>, <c>receive</c> or <c>dispatch</c>: it writes its events to a log.</summary>
internal sealed class RunRow
{
    public required string Id { get; init; }

    public required string AccountId { get; init; }

    /// <summary>Null for a stateless dispatch.</summary>
    public string? ConversationId { get; init; }

    /// <summary>The session that started it; null when the owner did.</summary>
    public string? SessionId { get; init; }

    /// <summary>The log that it writes: its own id, or the log of the channel it was dispatched to.</summary>
    public required string LogId { get; init; }

    public required string Kind { get; init; }

    public required long StartedAt { get; init; }

    /// <summary>The id of the process that works on it; null when a version that stored none has started it.</summary>
    public string? Owner { get; init; }

    /// <summary>
    /// The id of the message that the run begins with, when the run was acknowledged before the message is stored: a run that
    /// is cut before its turn finds it here. Null for all others.
    /// </summary>
    public string? QuestionId { get; set; }

    /// <summary>The text of that message; null again once the run has ended.</summary>
    public string? QuestionText { get; set; }

    /// <summary>The spans of that text, as a JSON array.</summary>
    public string? QuestionEntities { get; set; }

    /// <summary>Null while it runs; a run that is found so at start was cut and is ended then.</summary>
    public long? EndedAt { get; set; }

    public string? EndReason { get; set; }
}
