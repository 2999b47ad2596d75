namespace ChatBotKit;

/// <summary>Lists and stops the executions of tasks.</summary>
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
    /// Initializes a new instance of the <see cref="TaskExecutionClient"/> class without options, for test doubles that
    /// override operations.
    /// </summary>
    protected TaskExecutionClient()
    {
    }

    /// <summary>Lists the executions of a task, newest first by default.</summary>
    /// <param name="taskId">The id of the task.</param>
    /// <param name="request">
    /// The filters, the order and the page. When null, awaiting returns the first page and enumerating returns everything.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A call that returns one page when awaited, and the executions of all pages when enumerated.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.NotFound"/>: the task
    /// does not exist. <see cref="ErrorCodes.TooManyRequests"/>: too many lists were requested in a short time.
    /// </exception>
    public virtual ResponsePromise<ListResponse<TaskExecutionItem>, TaskExecutionItem> ListAsync(
        string taskId, TaskExecutionListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<TaskExecutionItem>(
            Route.Of("/api/v1/task/{taskId}/execution/list", taskId), request, cancellationToken,
            ("status", request?.Status));

    /// <summary>Stops an execution. It counts as failed.</summary>
    /// <param name="taskId">The id of the task.</param>
    /// <param name="taskExecutionId">The id of the execution.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The ids of execution and task.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: the task or the execution does not exist.</exception>
    public virtual Task<TaskExecutionCancelResponse> CancelAsync(
        string taskId, string taskExecutionId, CancellationToken cancellationToken = default) =>
        PostAsync<TaskExecutionCancelResponse>(
            Route.Of("/api/v1/task/{taskId}/execution/{taskExecutionId}/cancel", taskId, taskExecutionId), record: null, cancellationToken);
}
