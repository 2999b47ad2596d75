namespace ChatBotKit;

/// <summary>The execution that was stopped.</summary>
public sealed record TaskExecutionCancelResponse : ApiObject
{
    /// <summary>Gets the id of the execution.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the id of the task.</summary>
    public required string TaskId { get; init; }
}
