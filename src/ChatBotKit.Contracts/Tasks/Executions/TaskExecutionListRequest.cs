namespace ChatBotKit;

/// <summary>Specifies which executions of a task to list.</summary>
public sealed record TaskExecutionListRequest : ListRequest
{
    /// <summary>Gets the status of the executions to list. Default: any.</summary>
    public TaskRunStatus? Status { get; init; }
}
