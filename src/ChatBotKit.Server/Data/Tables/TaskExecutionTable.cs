using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Data;

/// <summary>The table of the executions of tasks.</summary>
internal static class TaskExecutionTable
{
    /// <summary>How many executions of a task are kept. A task that runs every minute would fill the disk otherwise.</summary>
    public const int MaxKept = 1_000;

    public static SqlTable<TaskExecutionRow> Rows { get; } = new(
        "TaskExecutions",
        ["Id", "TaskId", "ConversationId", "Status", "Outcome", "Name", "Description", "Summary", "CreatedAt", "UpdatedAt", "CompletedAt"],
        static row => new()
        {
            Id = row.GetString(0),
            TaskId = row.GetString(1),
            ConversationId = row.GetStringOrNull(2),
            Status = row.GetString(3),
            Outcome = row.GetString(4),
            Name = row.GetStringOrNull(5),
            Description = row.GetStringOrNull(6),
            Summary = row.GetStringOrNull(7),
            CreatedAt = row.GetInt64(8),
            UpdatedAt = row.GetInt64(9),
            CompletedAt = row.GetInt64OrNull(10),
        },
        static (row, to) => to.Fill(
            row.Id, row.TaskId, row.ConversationId, row.Status, row.Outcome, row.Name, row.Description, row.Summary,
            row.CreatedAt, row.UpdatedAt, row.CompletedAt));

    public static ValueTask<TaskExecutionRow?> FindExecutionAsync(this ISqlSession db, string id) =>
        db.FirstAsync(Rows, SqlTable<TaskExecutionRow>.ById, id);

    /// <summary>Returns the newest execution of a task; null when there is none.</summary>
    public static ValueTask<TaskExecutionRow?> FindLastExecutionAsync(this ISqlSession db, string taskId) =>
        db.FirstAsync(Rows, """WHERE "TaskId" = $1 ORDER BY "CreatedAt" DESC, "Id" DESC LIMIT 1""", taskId);

    /// <summary>Lists the executions of a task in a status.</summary>
    public static ValueTask<List<TaskExecutionRow>> ListExecutionsAsync(this ISqlSession db, string taskId, string status) =>
        db.ListAsync(Rows, """WHERE "TaskId" = $1 AND "Status" = $2 ORDER BY "CreatedAt", "Id" """, taskId, status);

    /// <summary>Stores a new execution, and deletes the oldest ones of the task beyond <see cref="MaxKept"/>.</summary>
    public static async ValueTask AddExecutionAsync(this ISqlTransaction db, TaskExecutionRow row)
    {
        await db.InsertAsync(Rows, row);
        await db.ExecuteAsync(
            """
            DELETE FROM "TaskExecutions" WHERE "TaskId" = $1 AND "CreatedAt" < (
                SELECT "CreatedAt" FROM "TaskExecutions" WHERE "TaskId" = $1 ORDER BY "CreatedAt" DESC, "Id" DESC LIMIT 1 OFFSET $2)
            """,
            row.TaskId, MaxKept - 1);
    }
}
