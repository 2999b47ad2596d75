namespace ChatBotKit;

/// <summary>Manages tasks: work that bots carry out on a schedule or on demand.</summary>
public class TaskClient : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="TaskClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public TaskClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="TaskClient"/> class with the options and connections of another client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public TaskClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="TaskClient"/> class without options, for test doubles that override
    /// operations.
    /// </summary>
    protected TaskClient()
    {
    }

    /// <summary>Gets the executions of tasks.</summary>
    public virtual TaskExecutionClient Execution => field ??= new TaskExecutionClient(this);

    /// <summary>Lists the tasks, newest first by default.</summary>
    /// <param name="request">
    /// The filters, the order and the page. When null, awaiting returns the first page and enumerating returns everything.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A call that returns one page when awaited, and the tasks of all pages when enumerated.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// too many lists were requested in a short time.
    /// </exception>
    public virtual ResponsePromise<ListResponse<TaskItem>, TaskItem> ListAsync(
        TaskListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<TaskItem>(
            new Route("/api/v1/task/list"), request, cancellationToken,
            ("botId", request?.BotId), ("contactId", request?.ContactId), ("status", request?.Status));

    /// <summary>Exports the tasks, without their status and their outcome.</summary>
    /// <param name="request">
    /// The filters, the order and the page. When null, awaiting returns the first page and enumerating returns everything.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A call that returns one page when awaited, and the tasks of all pages when enumerated.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// too many lists were requested in a short time.
    /// </exception>
    public virtual ResponsePromise<ListResponse<TaskItem>, TaskItem> ExportAsync(
        ListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<TaskItem>(new Route("/api/v1/task/export"), request, cancellationToken);

    /// <summary>Exports the tasks as a CSV file.</summary>
    /// <param name="destination">The stream that the file is written to. It is left open.</param>
    /// <param name="request">The filters and the order; null for everything.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A task that completes when the whole file is written.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// too many lists were requested in a short time. <see cref="ClientErrorCodes.ConnectionLost"/>: the connection broke
    /// after a part of the file was written.
    /// </exception>
    public virtual Task ExportCsvAsync(
        Stream destination, ListRequest? request = null, CancellationToken cancellationToken = default) =>
        ExportCsvAsync(new Route("/api/v1/task/export"), destination, request, cancellationToken);

    /// <summary>Creates a task.</summary>
    /// <param name="request">The instruction, the bot and the schedule; null creates a task without them.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the task.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.NotFound"/>: the request
    /// refers to something that does not exist. <see cref="ErrorCodes.LimitsReached"/>: the plan of the account allows no
    /// more tasks.
    /// </exception>
    public virtual Task<IdResponse> CreateAsync(TaskCreateRequest? request = null, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(new Route("/api/v1/task/create"), request, cancellationToken);

    /// <summary>Fetches a task.</summary>
    /// <param name="taskId">The id of the task.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The task.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: the task does not exist.</exception>
    public virtual Task<TaskItem> FetchAsync(string taskId, CancellationToken cancellationToken = default) =>
        GetAsync<TaskItem>(Route.Of("/api/v1/task/{taskId}/fetch", taskId), query: null, cancellationToken);

    /// <summary>Updates a task. Fields that are not set keep their values.</summary>
    /// <param name="taskId">The id of the task.</param>
    /// <param name="request">The fields to update.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the task.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.NotFound"/>: the task
    /// does not exist, or the request refers to something that does not exist.
    /// </exception>
    public virtual Task<IdResponse> UpdateAsync(string taskId, TaskUpdateRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<IdResponse>(Route.Of("/api/v1/task/{taskId}/update", taskId), request, cancellationToken);
    }

    /// <summary>Deletes a task with its executions.</summary>
    /// <param name="taskId">The id of the task.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the task.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: the task does not exist.</exception>
    public virtual Task<IdResponse> DeleteAsync(string taskId, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(Route.Of("/api/v1/task/{taskId}/delete", taskId), record: null, cancellationToken);

    /// <summary>Triggers a task now. The work continues after the answer. Nothing happens when the task is already running.</summary>
    /// <param name="taskId">The id of the task.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the task.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: the task does not exist.</exception>
    public virtual Task<IdResponse> TriggerAsync(string taskId, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(Route.Of("/api/v1/task/{taskId}/trigger", taskId), record: null, cancellationToken);

    /// <summary>Stops the running execution of a task. Its schedule stays active.</summary>
    /// <param name="taskId">The id of the task.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the task.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: the task does not exist.</exception>
    public virtual Task<IdResponse> CancelAsync(string taskId, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(Route.Of("/api/v1/task/{taskId}/cancel", taskId), record: null, cancellationToken);

    /// <summary>
    /// Subscribes to the events of a task and of its later executions. The stream does not end on its own. The usual events
    /// are <see cref="OperationBeginEvent"/> and <see cref="OperationEndEvent"/>.
    /// </summary>
    /// <param name="taskId">The id of the task.</param>
    /// <param name="request">The number of earlier events to return first; null for none.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A call that returns the events as they happen when enumerated.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid. <see cref="ErrorCodes.NotFound"/>: the task does not
    /// exist. <see cref="ClientErrorCodes.ConnectionLost"/>: the connection broke, and the stream could not be resumed.
    /// </exception>
    public virtual IAsyncEnumerable<RunEvent> SubscribeAsync(
        string taskId, TaskSubscribeRequest? request = null, CancellationToken cancellationToken = default) =>
        Call<RunEvent, RunEvent>(
            Route.Of("/api/v1/task/{taskId}/subscribe", taskId),
            Body(request, cancellationToken) with { StreamIdleTimeout = Timeout.InfiniteTimeSpan });
}
