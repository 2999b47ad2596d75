using System.Globalization;
using System.Text.Json.Nodes;
using ChatBotKit.Server.Changes;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.DueWork;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Integrations.Trigger;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Triggers;

/// <summary>
/// Starts the bot of a trigger for an event. The run has the id of the event and is stored before the work ends, so that it is started once:
/// the next attempt after a crash finds it.
/// </summary>
internal sealed class TriggerRunWork(IStore store, IConversationHolder holder, TimeProvider time, ILogger<TriggerRunWork> logger) : IDueWorkHandler
{
    public const string WorkKind = "trigger-run";

    private const string Instruction = "An event has arrived. Handle it as your instructions say. Nobody reads along and nobody answers questions.";

    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    public string Kind => WorkKind;

    /// <summary>Returns the payload of the work. Its key is the id of the event, which becomes that of the run.</summary>
    public static string PayloadOf(string triggerId, string conversationId, string body) =>
        new JsonObject { ["trigger"] = triggerId, ["conversation"] = conversationId, ["body"] = body }.ToJsonString();

    public async Task<DueWorkResult> WorkAsync(DueWorkItem item, CancellationToken cancellationToken)
    {
        var (triggerId, conversationId, body) = Read(item.Payload);
        if (await store.QueryAsync(db => FindAsync(db, triggerId), cancellationToken) is not { } trigger)
            return DueWorkResult.Done;
        if (await store.FindRunAsync(item.Key, cancellationToken) is null)
        {
            // The row keeps the run from being acknowledged before it is stored, and from a second start by another process.
            var kept = new KeptAnswer(trigger.AccountId, $"trigger-run {item.Key}", [], Response: null, item.Key, time.GetUtcNow().ToUnixTimeMilliseconds());
            var started = await holder.StartAsync(conversationId, InputOf(trigger, item, body), kept);
            if (started.Refusal is { } refusal)
                return refusal.Code == ErrorCode.NotFound ? DueWorkResult.Done : DueWorkResult.Again(time.GetUtcNow() + PauseOf(refusal), item.Payload);
        }

        return DueWorkResult.With(db => LogAsync(db, item, EventTypes.TriggerInteract));
    }

    public DueWorkResult GiveUp(DueWorkItem item)
    {
        logger.LogWarning("Event {Event} of a trigger has failed, and is not tried again: {Reason}", item.Key, item.Row.LastError);
        return DueWorkResult.With(db => LogAsync(db, item, EventTypes.TriggerAborted));
    }

    /// <summary>Returns how long to wait after a refusal: too many runs of the conversation are waiting, or a policy blocks the bot.</summary>
    private static TimeSpan PauseOf(ApiError refusal) => refusal.RetryAfter is { } pause && pause < LongestPause ? pause : LongestPause;

    private static ValueTask<ResourceRow?> FindAsync(ISqlSession db, string id) =>
        db.FirstAsync(ResourceTable.Rows, ResourceTable.OfKind, id, TriggerKind.Name);

    private static (string TriggerId, string ConversationId, string Body) Read(string payload)
    {
        var fields = JsonNode.Parse(payload, documentOptions: JsonRules.Stored)!;
        return ((string)fields["trigger"]!, (string)fields["conversation"]!, (string)fields["body"]!);
    }

    private async ValueTask LogAsync(ISqlTransaction db, DueWorkItem item, string type)
    {
        var (triggerId, conversationId, _) = Read(item.Payload);
        if (await FindAsync(db, triggerId) is not { } trigger || await db.FindConversationAsync(conversationId, trigger.AccountId) is not { } conversation)
            return;
        await db.LogAsync(conversation.Event(
            type, time.GetUtcNow().ToUnixTimeMilliseconds(), [new(EventFields.Of(TriggerKind.Name)!, triggerId)]));
    }

    private static RunInput InputOf(ResourceRow trigger, DueWorkItem item, string body)
    {
        var document = ResourceEdit.Read(trigger.Data);
        var zone = (string?)document["timezone"] ?? TimeZoneInfo.Utc.Id;
        return new RunInput
        {
            RunId = item.Key,
            Kind = RunKinds.Complete,
            AccountId = trigger.AccountId,
            ScopeId = trigger.AccountId,
            IsOfTask = true,
            Text = Instruction,
            TimeZone = zone,
            Functions =
            [
                Function("_getTriggerDetails", "Returns the trigger that received the event.", new JsonObject
                {
                    ["name"] = document["name"]?.DeepClone(),
                    ["description"] = document["description"]?.DeepClone(),
                    ["meta"] = document["meta"]?.DeepClone(),
                }),
                Function("_getIncomingEvent", "Returns the event.", new JsonObject
                {
                    ["body"] = body,
                    ["ranAt"] = DateTimeOffset.FromUnixTimeMilliseconds(item.Row.CreatedAt).ToString("O", CultureInfo.InvariantCulture),
                    ["timezone"] = zone,
                }),
            ],
        };
    }

    private static EngineFunction Function(string name, string description, JsonObject data) =>
        new() { Name = name, Description = description, Parameters = EngineFunction.NoParameters, Data = data.ToJsonString(), CallAtStart = true };
}
