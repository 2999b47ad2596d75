namespace ChatBotKit;

/// <summary>Tasks: things that bots do by themselves, on a schedule or on demand.</summary>
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
    /// Initializes a new instance of the <see cref="TaskClient"/> class without options, for fakes that override the
    /// operations that they need.
    /// </summary>
    protected TaskClient()
    {
    }

    /// <summary>Gets the executions of tasks.</summary>
    public virtual TaskExecutionClient Execution => field ??= new TaskExecutionClient(this);

    /// <summary>Lists the tasks, newest first if nothing else is asked for.</summary>
    /// <param name="request">Which part of the list; null for the first page or, enumerated, for all.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>Awaited one page, enumerated the tasks of all pages.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// lists were asked for too often.
    /// </exception>
    public virtual ResponsePromise<ListResponse<TaskItem>, TaskItem> ListAsync(
        TaskListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<TaskItem>(
            new Route("/api/v1/task/list"), request, cancellationToken,
            ("botId", request?.BotId), ("contactId", request?.ContactId), ("status", request?.Status));

    /// <summary>Exports the tasks, without what they are doing and what came of them.</summary>
    /// <param name="request">Which part of the list; null for the first page or, enumerated, for all.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>Awaited one page, enumerated the tasks of all pages.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// lists were asked for too often.
    /// </exception>
    public virtual ResponsePromise<ListResponse<TaskItem>, TaskItem> ExportAsync(
        ListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<TaskItem>(new Route("/api/v1/task/export"), request, cancellationToken);

    /// <summary>Exports the tasks as a CSV file.</summary>
    /// <param name="destination">Where the file is written; it stays open.</param>
    /// <param name="request">Which part of the list; null for all.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A task that ends when the file is complete.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// lists were asked for too often. <see cref="ClientErrorCodes.ConnectionLost"/>: the connection broke; a part of the
    /// file is written.
    /// </exception>
    public virtual Task ExportCsvAsync(
        Stream destination, ListRequest? request = null, CancellationToken cancellationToken = default) =>
        ExportCsvAsync(new Route("/api/v1/task/export"), destination, request, cancellationToken);

    /// <summary>Creates a task.</summary>
    /// <param name="request">The instruction, the bot and the schedule; null for a task without them.</param>
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
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: there is no such task.</exception>
    public virtual Task<TaskItem> FetchAsync(string taskId, CancellationToken cancellationToken = default) =>
        GetAsync<TaskItem>(Route.Of("/api/v1/task/{taskId}/fetch", taskId), query: null, cancellationToken);

    /// <summary>Changes a task; fields that are not set stay as they are.</summary>
    /// <param name="taskId">The id of the task.</param>
    /// <param name="request">What changes.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the task.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.NotFound"/>: there is no
    /// such task, or the request refers to something that does not exist.
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
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: there is no such task.</exception>
    public virtual Task<IdResponse> DeleteAsync(string taskId, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(Route.Of("/api/v1/task/{taskId}/delete", taskId), record: null, cancellationToken);

    /// <summary>
    /// Triggers a task now. The work is done after the answer; nothing happens when it is being done already.
    /// </summary>
    /// <param name="taskId">The id of the task.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the task.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: there is no such task.</exception>
    public virtual Task<IdResponse> TriggerAsync(string taskId, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(Route.Of("/api/v1/task/{taskId}/trigger", taskId), record: null, cancellationToken);

    /// <summary>Ends what a task is doing. Its schedule goes on.</summary>
    /// <param name="taskId">The id of the task.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the task.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: there is no such task.</exception>
    public virtual Task<IdResponse> CancelAsync(string taskId, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(Route.Of("/api/v1/task/{taskId}/cancel", taskId), record: null, cancellationToken);

    /// <summary>
    /// Watches what a task does, also in later executions: the stream has no end of its own. Of the events
    /// <see cref="OperationBeginEvent"/> and <see cref="OperationEndEvent"/> are usual.
    /// </summary>
    /// <param name="taskId">The id of the task.</param>
    /// <param name="request">How many earlier events come first; null for none.</param>
    /// <param name="cancellationToken">The token that cancels the request; the task goes on.</param>
    /// <returns>The events as they happen.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid. <see cref="ErrorCodes.NotFound"/>: there is no such task.
    /// <see cref="ClientErrorCodes.ConnectionLost"/>: the connection broke and the stream could not go on.
    /// </exception>
    public virtual IAsyncEnumerable<RunEvent> SubscribeAsync(
        string taskId, TaskSubscribeRequest? request = null, CancellationToken cancellationToken = default) =>
        Call<RunEvent, RunEvent>(
            Route.Of("/api/v1/task/{taskId}/subscribe", taskId),
            Body(request, cancellationToken) with { StreamIdleTimeout = Timeout.InfiniteTimeSpan });
}
