using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>An execution of a task.</summary>
public sealed record TaskExecutionItem : ApiObject
{
    /// <summary>Gets the id.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the name of the execution, which the model chose.</summary>
    public string? Name { get; init; }

    /// <summary>Gets a description of what was done, written by the model.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the id of the task.</summary>
    public string? TaskId { get; init; }

    /// <summary>Gets the conversation in which the task was carried out.</summary>
    public string? ConversationId { get; init; }

    /// <summary>Gets the status of the execution.</summary>
    public TaskRunStatus? Status { get; init; }

    /// <summary>Gets the outcome.</summary>
    public TaskOutcome? Outcome { get; init; }

    /// <summary>Gets a summary of the outcome; null before the end.</summary>
    public string? Summary { get; init; }

    /// <summary>Gets when the execution ended; null before.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>Gets the custom metadata.</summary>
    public JsonObject? Meta { get; init; }

    /// <summary>Gets when the execution was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets when the execution was last updated.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}
