namespace ChatBotKit;

/// <summary>The executions of tasks.</summary>
public class TaskExecutionClient : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="TaskExecutionClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public TaskExecutionClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="TaskExecutionClient"/> class with the options and connections of another
    /// client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public TaskExecutionClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="TaskExecutionClient"/> class without options, for fakes that override
    /// the operations that they need.
    /// </summary>
    protected TaskExecutionClient()
    {
    }

    /// <summary>Lists the executions of a task, newest first if nothing else is asked for.</summary>
    /// <param name="taskId">The id of the task.</param>
    /// <param name="request">Which part of the list; null for the first page or, enumerated, for all.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>Awaited one page, enumerated the executions of all pages.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.NotFound"/>: there is
    /// no such task. <see cref="ErrorCodes.TooManyRequests"/>: lists were asked for too often.
    /// </exception>
    public virtual ResponsePromise<ListResponse<TaskExecutionItem>, TaskExecutionItem> ListAsync(
        string taskId, TaskExecutionListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<TaskExecutionItem>(
            Route.Of("/api/v1/task/{taskId}/execution/list", taskId), request, cancellationToken,
            ("status", request?.Status));

    /// <summary>Ends an execution before its time; it counts as failed.</summary>
    /// <param name="taskId">The id of the task.</param>
    /// <param name="taskExecutionId">The id of the execution.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The ids of execution and task.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: there is no such task or execution.</exception>
    public virtual Task<TaskExecutionCancelResponse> CancelAsync(
        string taskId, string taskExecutionId, CancellationToken cancellationToken = default) =>
        PostAsync<TaskExecutionCancelResponse>(
            Route.Of("/api/v1/task/{taskId}/execution/{taskExecutionId}/cancel", taskId, taskExecutionId), record: null, cancellationToken);
}
