using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Tasks.Executions;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.RunLog;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Tasks;

/// <summary>The endpoints of running tasks and of their executions.</summary>
internal static class TaskEndpoints
{
    private const int MaxHistory = 1_000;

    private static readonly string[] Statuses = [TaskRunStatus.Idle.Value, TaskRunStatus.Running.Value, TaskRunStatus.Canceled.Value];

    public static void MapTasks(this IEndpointRouteBuilder app) => app.MapApi(group =>
    {
        var task = group.MapGroup("/task/{taskId}");
        task.MapPost("/trigger", TriggerAsync).WithName("triggerTask").IsIdempotent()
            .WithSummary("Starts a task now, unless it is running");
        task.MapPost("/cancel", CancelAsync).WithName("cancelTask").IsIdempotent()
            .WithSummary("Cancels the running execution of a task");
        task.MapPost("/subscribe", SubscribeAsync).WithName("subscribeTaskWorkflowEvents").AnswersRun()
            .WithSummary("Follows what the executions of a task do");
        task.MapGet("/execution/list", ListAsync).WithName("listTaskExecutions").AnswersList<TaskExecutionItem>()
            .WithSummary("Lists the executions of a task")
            .TakesQuery("status", "Only executions with this status.", choices: Statuses);
        task.MapPost("/execution/{taskExecutionId}/cancel", CancelExecutionAsync).WithName("cancelTaskExecution").IsIdempotent()
            .WithSummary("Cancels an execution");
    });

    private static async Task<JsonAnswer<IdResponse>> TriggerAsync(
        string taskId, JsonBody<EmptyRequest> body, Caller caller, TaskCommands tasks, IdempotentCall call, CancellationToken cancellationToken) =>
        JsonAnswer.Of(await tasks.TriggerAsync(taskId, caller, call, cancellationToken));

    private static async Task<JsonAnswer<IdResponse>> CancelAsync(
        string taskId, JsonBody<EmptyRequest> body, Caller caller, TaskCommands tasks, IdempotentCall call, CancellationToken cancellationToken) =>
        JsonAnswer.Of(await tasks.CancelAsync(taskId, caller, call, cancellationToken));

    private static async Task<JsonAnswer<TaskExecutionCancelResponse>> CancelExecutionAsync(
        string taskId, string taskExecutionId, JsonBody<EmptyRequest> body, Caller caller, TaskCommands tasks, IdempotentCall call,
        CancellationToken cancellationToken) =>
        JsonAnswer.Of(await tasks.CancelExecutionAsync(taskId, taskExecutionId, caller, call, cancellationToken));

    private static async Task<IResult> ListAsync(
        string taskId, ListQuery query, Caller caller, TaskCommands tasks, TaskExecutionReading executions, CancellationToken cancellationToken)
    {
        var status = query.Value("status");
        if (status is not null && !Statuses.Contains(status))
            throw ApiException.BadRequest($"\"status\" must be one of {string.Join(", ", Statuses)}");
        var id = await tasks.GetIdAsync(taskId, caller, cancellationToken);
        return new ListResult<TaskExecutionItem>(query, (page, token) => executions.ListAsync(id, status, page, token), item => item.Id);
    }

    private static async Task<IResult> SubscribeAsync(
        string taskId, JsonBody<TaskSubscribeRequest> body, Caller caller, HttpContext context, TaskCommands tasks, ChannelLogs channels,
        IHostApplicationLifetime lifetime)
    {
        var history = body.Value.HistoryLength ?? 0;
        if (history is < 0 or > MaxHistory)
            throw ApiException.BadRequest($"\"historyLength\" must be from 0 to {MaxHistory}");
        // A subscription has no plain JSON response, so lines of JSON are the default.
        var format = ResponseFormats.Of(context.Request) == ResponseFormat.ServerSentEvents
            ? ResponseFormat.ServerSentEvents
            : ResponseFormat.JsonLines;
        var id = await tasks.GetIdAsync(taskId, caller, context.RequestAborted);
        var channel = await channels.SubscribeAsync(
            TaskTurns.ChannelOf(id), history == 0 ? 0 : TaskStreamResult.LinesToSearch, RunStreamResult.Heartbeat);
        return new TaskStreamResult(channel, format, history, lifetime.ApplicationStopping);
    }
}
