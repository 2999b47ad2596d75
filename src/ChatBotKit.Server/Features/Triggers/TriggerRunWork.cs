using System.Globalization;
using System.Text.Json.Nodes;
using ChatBotKit.Server.Changes;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.DueWork;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Integrations.Trigger;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Triggers;

/// <summary>
/// Lets the bot of a trigger handle an event. The id of each turn follows from the event and its number, so that after a crash the next attempt
/// finds what was done, and starts no turn twice. Until the bot has ended, the work is due again from time to time: a turn that was cut, because
/// the process ended or the store failed, is followed by one that goes on.
/// </summary>
internal sealed class TriggerRunWork(IStore store, IConversationHolder holder, TimeProvider time, ILogger<TriggerRunWork> logger) : IDueWorkHandler
{
    /// <summary>How long after its start it is looked whether a turn has ended.</summary>
    public static readonly TimeSpan LookAfter = TimeSpan.FromSeconds(30);

    public const string WorkKind = "trigger-run";

    /// <summary>How many turns an event has at most, with those that were cut.</summary>
    private const int MaxTurns = 10;

    private const string Resume = "The work was interrupted. Go on where you stopped, and repeat nothing that is already done.";

    private const string Instruction = "An event has arrived. Handle it as your instructions say. Nobody reads along and nobody answers questions.";

    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    public string Kind => WorkKind;

    /// <summary>Returns the payload of the work. Its key is the id of the event, which becomes that of the first turn.</summary>
    public static string PayloadOf(string triggerId, string conversationId, string body) =>
        new TriggerWork(triggerId, conversationId, body, Turn: 1, IsLogged: false).ToPayload();

    public async Task<DueWorkResult> WorkAsync(DueWorkItem item, CancellationToken cancellationToken)
    {
        var work = TriggerWork.Read(item.Payload);
        if (await store.QueryAsync(db => FindAsync(db, work.TriggerId), cancellationToken) is not { } trigger)
            return DueWorkResult.Done;
        var runId = RunIdOf(item.Key, work.Turn);
        var run = await store.FindRunAsync(runId, cancellationToken);
        if (run is { EndedAt: not null } && await TurnEnds.IsCutAsync(store, run, cancellationToken))
        {
            if (work.Turn == MaxTurns)
                return GiveUp(item, "The server was interrupted too often.");
            work = work with { Turn = work.Turn + 1 };
            runId = RunIdOf(item.Key, work.Turn);
            run = await store.FindRunAsync(runId, cancellationToken);
        }

        if (run is null && await StartAsync(trigger, item, work, runId) is { } refusal)
            return refusal.Code == ErrorCode.NotFound ? DueWorkResult.Done : DueWorkResult.Again(time.GetUtcNow() + PauseOf(refusal), work.ToPayload());
        return run is { EndedAt: not null }
            ? DueWorkResult.With(db => LogStartAsync(db, item, work))
            : DueWorkResult.Again(time.GetUtcNow() + LookAfter, (work with { IsLogged = true }).ToPayload(), db => LogStartAsync(db, item, work));
    }

    public DueWorkResult GiveUp(DueWorkItem item) => GiveUp(item, item.Row.LastError);

    private DueWorkResult GiveUp(DueWorkItem item, string? reason)
    {
        logger.LogWarning("Event {Event} of a trigger has failed, and is not tried again: {Reason}", item.Key, reason);
        return DueWorkResult.With(db => LogAsync(db, item, EventTypes.TriggerAborted));
    }

    /// <summary>Returns how long to wait after a refusal: too many runs of the conversation are waiting, or a policy blocks the bot.</summary>
    private static TimeSpan PauseOf(ApiError refusal) => refusal.RetryAfter is { } pause && pause < LongestPause ? pause : LongestPause;

    private static ValueTask<ResourceRow?> FindAsync(ISqlSession db, string id) =>
        db.FirstAsync(ResourceTable.Rows, ResourceTable.OfKind, id, TriggerKind.Name);

    private static string RunIdOf(string eventId, int turn) =>
        turn == 1 ? eventId : DerivedId.Of("trigger-turn", eventId, turn.ToString(CultureInfo.InvariantCulture));

    /// <returns>The refusal; null when the turn has started.</returns>
    private async Task<ApiError?> StartAsync(ResourceRow trigger, DueWorkItem item, TriggerWork work, string runId)
    {
        // The row keeps the run from being acknowledged before it is stored, and from a second start by another process.
        var kept = new KeptAnswer(trigger.AccountId, $"trigger-run {runId}", [], Response: null, runId, time.GetUtcNow().ToUnixTimeMilliseconds());
        return (await holder.StartAsync(work.ConversationId, InputOf(trigger, item, work, runId), kept)).Refusal;
    }

    private ValueTask LogStartAsync(ISqlTransaction db, DueWorkItem item, TriggerWork work) =>
        work.IsLogged ? ValueTask.CompletedTask : LogAsync(db, item, EventTypes.TriggerInteract);

    private async ValueTask LogAsync(ISqlTransaction db, DueWorkItem item, string type)
    {
        var work = TriggerWork.Read(item.Payload);
        if (await FindAsync(db, work.TriggerId) is not { } trigger || await db.FindConversationAsync(work.ConversationId, trigger.AccountId) is not { } conversation)
            return;
        await db.LogAsync(conversation.Event(
            type, time.GetUtcNow().ToUnixTimeMilliseconds(), [new(EventFields.Of(TriggerKind.Name)!, trigger.Id)]));
    }

    private static RunInput InputOf(ResourceRow trigger, DueWorkItem item, TriggerWork work, string runId)
    {
        var document = ResourceEdit.Read(trigger.Data);
        var zone = (string?)document["timezone"] ?? TimeZoneInfo.Utc.Id;
        return new RunInput
        {
            RunId = runId,
            Kind = RunKinds.Complete,
            AccountId = trigger.AccountId,
            ScopeId = trigger.AccountId,
            IsOfTask = true,
            Text = work.Turn == 1 ? Instruction : Resume,
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
                    ["body"] = work.Body,
                    ["ranAt"] = DateTimeOffset.FromUnixTimeMilliseconds(item.Row.CreatedAt).ToString("O", CultureInfo.InvariantCulture),
                    ["timezone"] = zone,
                }),
            ],
        };
    }

    private static EngineFunction Function(string name, string description, JsonObject data) =>
        new() { Name = name, Description = description, Parameters = EngineFunction.NoParameters, Data = data.ToJsonString(), CallAtStart = true };
}
