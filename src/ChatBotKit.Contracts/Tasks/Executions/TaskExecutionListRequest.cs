namespace ChatBotKit;

/// <summary>Specifies which executions of a task to list.</summary>
public sealed record TaskExecutionListRequest : ListRequest
{
    /// <summary>Gets what the executions must be doing. Default: anything.</summary>
    public TaskRunStatus? Status { get; init; }
}
