using System.Text.Json.Nodes;
using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Tasks;

/// <summary>The settings of a task that an execution needs, with defaults for values that are too small to be meant.</summary>
internal sealed record TaskSettings
{
    public const int DefaultIterations = 1_000;
    public const int DefaultTime = 900_000;
    public const int DefaultCalls = 10_000;

    /// <summary>How long executions share a conversation when the task does not say.</summary>
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private const int MinIterations = 10;

    public required string Id { get; init; }

    public required string AccountId { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    public string? BotId { get; init; }

    public string? ContactId { get; init; }

    public string? Schedule { get; init; }

    public required string TimeZone { get; init; }

    /// <summary>How long executions share a conversation; zero for a new one each time.</summary>
    public required TimeSpan SessionDuration { get; init; }

    public required int MaxIterations { get; init; }

    public required TimeSpan MaxTime { get; init; }

    public required int MaxCalls { get; init; }

    public required bool IsRunning { get; init; }

    public static TaskSettings Of(ResourceRow row)
    {
        var task = ResourceEdit.Read(row.Data);
        return new TaskSettings
        {
            Id = row.Id,
            AccountId = row.AccountId,
            Name = TextOf(task, "name"),
            Description = TextOf(task, "description"),
            BotId = TextOf(task, "botId"),
            ContactId = TextOf(task, "contactId"),
            Schedule = TextOf(task, "schedule"),
            TimeZone = TextOf(task, "timezone") ?? TimeZoneInfo.Utc.Id,
            SessionDuration = (int?)task["sessionDuration"] is { } duration ? TimeSpan.FromMilliseconds(duration) : Day,
            MaxIterations = AtLeast(task["maxIterations"], MinIterations, DefaultIterations),
            MaxTime = TimeSpan.FromMilliseconds(AtLeast(task["maxTime"], DefaultTime, DefaultTime)),
            MaxCalls = AtLeast(task["maxCalls"], 1, DefaultCalls),
            IsRunning = TextOf(task, "status") == TaskRunStatus.Running.Value,
        };
    }

    /// <summary>Creates an event about the task.</summary>
    /// <param name="type">The type of the event.</param>
    /// <param name="conversationId">The conversation of the execution; null for none.</param>
    /// <param name="now">The time in Unix milliseconds.</param>
    public EventEntry Event(string type, string? conversationId, long now) => new(AccountId, type, EventNumbers.Next(now))
    {
        ConversationId = conversationId,
        ContactId = ContactId,
        BotId = BotId,
        TaskId = Id,
    };

    public static ValueTask<ResourceRow?> FindRowAsync(ISqlSession db, string id) =>
        db.FirstAsync(ResourceTable.Rows, ResourceTable.OfKind, id, TaskKind.Name);

    private static string? TextOf(JsonObject task, string field) => (string?)task[field] is { Length: > 0 } text ? text : null;

    private static int AtLeast(JsonNode? value, int least, int otherwise) => (int?)value is { } given && given >= least ? given : otherwise;
}
