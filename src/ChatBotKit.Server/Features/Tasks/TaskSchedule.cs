using System.Text.Json.Nodes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Tasks;

/// <summary>The next run of a task.</summary>
internal static class TaskSchedule
{
    /// <summary>The kind of the due work of schedules. Its key is the id of the task.</summary>
    public const string WorkKind = "task-schedule";

    public const string NextRunAt = "nextRunAt";

    private static readonly ResourceSchedule Times = new(WorkKind, NextRunAt);

    public static void Derive(JsonObject task, ResourceCheck check) => Times.Derive(task, check);

    /// <summary>Stores the due work of a stored task.</summary>
    public static ValueTask StoreAsync(ISqlTransaction db, ResourceRow task) => Times.StoreAsync(db, task);

    /// <inheritdoc cref="ResourceSchedule.NextAfter"/>
    public static DateTimeOffset? NextAfter(JsonObject task, DateTimeOffset scheduled, DateTimeOffset now) => ResourceSchedule.NextAfter(task, scheduled, now);
}
