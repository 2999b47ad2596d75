using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Http;

namespace ChatBotKit.Server.Features.Tasks.Executions;

/// <summary>Reads the list of the executions of a task.</summary>
internal sealed class TaskExecutionReading(IStore store)
{
    public Task<ListPiece<TaskExecutionItem>> ListAsync(string taskId, string? status, ListPage page, CancellationToken cancellationToken) =>
        store.QueryAsync(
            async db => (await db.ReadPieceAsync(
                TaskExecutionTable.Rows,
                scope => scope.Add($" AND \"TaskId\" = {taskId}"),
                filter =>
                {
                    if (status is not null)
                        filter.Add($" AND \"Status\" = {status}");
                },
                page,
                static row => (row.Name?.Length ?? 0) + (row.Description?.Length ?? 0) + (row.Summary?.Length ?? 0))).ConvertAll(ItemOf),
            cancellationToken).AsTask();

    private static TaskExecutionItem ItemOf(TaskExecutionRow row) => new()
    {
        Id = row.Id,
        Name = row.Name,
        Description = row.Description,
        TaskId = row.TaskId,
        ConversationId = row.ConversationId,
        Status = new TaskRunStatus(row.Status),
        Outcome = new TaskOutcome(row.Outcome),
        Summary = row.Summary,
        CompletedAt = row.CompletedAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null,
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedAt),
        UpdatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.UpdatedAt),
    };
}
