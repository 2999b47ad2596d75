using System.Text.Json.Nodes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Features.Skillsets.Abilities.Actions;
using ChatBotKit.Server.Features.Skillsets.Abilities.Execution;
using ChatBotKit.Server.Features.Skillsets.Abilities.Instructions;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Tasks.Actions;

/// <summary>
/// <c>task.*</c>: the tasks of a bot, which an instruction can limit to those of a contact. The instruction names bot and contact; a model
/// can't, so that it reaches no tasks of others. Without a name, the bot is the linked one, or that of the run.
/// </summary>
internal sealed class TaskAction(TaskEdits edits) : IAbilityAction
{
    private const string Create = "task.create";
    private const string Update = "task.update";
    private const string List = "task.list";

    private static readonly string[] Settable = ["name", "description", "schedule", "timezone"];

    private static readonly string[] Shown = [.. Settable, "status", "outcome", "lastRunAt", TaskKind.NextRunAt];

    public IReadOnlyList<string> Names { get; } = [List, Create, "task.fetch", Update, "task.delete", "task.run", "task.trigger"];

    public IReadOnlyList<AbilityField> FieldsOf(string action) => action switch
    {
        List => [],
        Create =>
        [
            ActionFields.Required("name", "The name of the task."),
            ActionFields.Required("description", "What is to be done, so that it can be done without this conversation."),
            .. Times,
        ],
        Update =>
        [
            ActionFields.Required("id", "The id of the task."),
            ActionFields.Optional("name", "The new name."),
            ActionFields.Optional("description", "What is to be done from now on."),
            .. Times,
        ],
        _ => [ActionFields.Required("id", "The id of the task.")],
    };

    private static AbilityField[] Times =>
    [
        ActionFields.Optional("schedule", "never, hourly, daily, weekly, monthly, a time such as 18:30, an ISO date with time, or a cron expression."),
        ActionFields.Optional("timezone", "The IANA name of the time zone of the schedule."),
    ];

    public async Task<AbilityResult> ExecuteAsync(AbilityCall call, CancellationToken cancellationToken)
    {
        var scope = new TaskScope(
            call.Scope.AccountId, call.TextOf("botId") ?? call.Ability.BotId ?? call.Scope.BotId, call.TextOf("contactId"), call.Scope.ConversationId, call.Scope.IsOfTask);
        switch (call.Action)
        {
            case List:
                var tasks = await edits.ListAsync(scope, cancellationToken);
                return AbilityResult.Of(new JsonArray([.. tasks.Select(ItemOf)]));
            case Create:
                return AbilityResult.Of(ItemOf(await edits.CreateAsync(scope, FieldsIn(call), call.IdempotencyKey, cancellationToken)));
            case Update:
                return AbilityResult.Of(ItemOf(await edits.UpdateAsync(scope, call.Require("id"), FieldsIn(call), cancellationToken)));
            case "task.fetch":
                return AbilityResult.Of(ItemOf(await edits.FetchAsync(scope, call.Require("id"), cancellationToken)));
            case "task.delete":
                await edits.DeleteAsync(scope, call.Require("id"), cancellationToken);
                return AbilityResult.Of(new JsonObject { ["deleted"] = true });
            default:
                var isStarted = await edits.StartAsync(scope, call.Require("id"), call.IdempotencyKey, cancellationToken);
                return AbilityResult.Of(new JsonObject { ["started"] = isStarted });
        }
    }

    private static JsonObject FieldsIn(AbilityCall call)
    {
        var fields = new JsonObject();
        foreach (var field in Settable)
        {
            if (call.TextOf(field) is { } text)
                fields[field] = text;
        }

        return fields;
    }

    private static JsonNode ItemOf(ResourceRow row)
    {
        var document = ResourceEdit.Read(row.Data);
        var item = new JsonObject { ["id"] = row.Id };
        foreach (var field in Shown)
        {
            if (document[field] is { } value)
                item[field] = value.DeepClone();
        }

        return item;
    }
}

/// <summary>The tasks that an ability may use.</summary>
/// <param name="AccountId">Their account.</param>
/// <param name="Bot">Their bot, by id or alias; null when there is none, and with it no tasks.</param>
/// <param name="Contact">Their contact, by id or fingerprint; null for the tasks of all contacts.</param>
/// <param name="ConversationId">The conversation of the call; null for none.</param>
/// <param name="IsOfTask">Whether a task has caused the call, in its own conversation or through other bots.</param>
internal sealed record TaskScope(string AccountId, string? Bot, string? Contact, string? ConversationId, bool IsOfTask);
