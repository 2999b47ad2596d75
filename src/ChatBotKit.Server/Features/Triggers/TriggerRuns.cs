using System.Text.Json;
using System.Text.Json.Nodes;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Triggers;

/// <summary>An event for a trigger.</summary>
/// <param name="Body">The text of the event.</param>
/// <param name="Session">The name under which events share a conversation; null for a conversation of its own.</param>
internal sealed record TriggerEvent(string Body, string? Session);

/// <summary>
/// Lets the bot of a trigger handle an event. The conversation and the time of the event are stored first, then the run is started; it
/// goes on when the caller has left.
/// </summary>
internal sealed class TriggerRuns(IStore store, ResourceStore resources, IConversationHolder holder, IUsageGate gate, TimeProvider time)
{
    private const long DayInMilliseconds = 86_400_000;

    private const string Instruction = "An event has arrived. Handle it as your instructions say. Nobody reads along and nobody answers questions.";

    private static readonly JsonElement NoParameters = JsonElement.Parse("""{"type":"object","properties":{}}""");

    /// <param name="trigger">The trigger.</param>
    /// <param name="arrived">The event.</param>
    /// <param name="answered">The idempotency row of the request; null for none.</param>
    /// <param name="cancellationToken">The token that cancels the request before the event is stored.</param>
    /// <exception cref="ApiException">409: the trigger has no bot; 429: a policy blocks the bot, or too many events of the session are waiting.</exception>
    public async Task StartAsync(ResourceRow trigger, TriggerEvent arrived, IdempotencyRow? answered, CancellationToken cancellationToken)
    {
        var document = ResourceEdit.Read(trigger.Data);
        var botId = (string?)document["botId"] ?? throw ApiException.Conflict("The trigger has no bot");
        // Asked before the event is stored, so that a repeated request is not answered as if its run had started.
        (await gate.FindRefusalAsync(trigger.AccountId, botId)).ThrowIfRefused();
        var now = time.GetUtcNow();
        var conversationId = ConversationOf(trigger.Id, (long?)document["sessionDuration"] ?? DayInMilliseconds, arrived.Session, now);
        try
        {
            await StoreAsync();
        }
        catch (DuplicateKeyException) when (arrived.Session is not null && answered is null)
        {
            // Another event of the session has just created the conversation.
        }

        (await holder.StartAsync(conversationId, InputOf(trigger, document, arrived, now), kept: null)).OrThrow();

        Task<bool> StoreAsync() => store.ChangeAsync(
            async db =>
            {
                await db.RememberAsync(answered);
                await resources.EditAsync(db, trigger.Id, now.ToUnixTimeMilliseconds(), fields => fields["lastTriggerAt"] = now.ToUnixTimeMilliseconds());
                if (await db.FindConversationAsync(conversationId, trigger.AccountId) is null)
                    await db.AddConversationAsync(NewConversation(trigger, conversationId, botId, document, now), []);
                return true;
            },
            cancellationToken);
    }

    /// <summary>Returns the id of the conversation. Events of a session that arrive in the same period share one.</summary>
    private static string ConversationOf(string triggerId, long duration, string? session, DateTimeOffset now) =>
        session is null || duration <= 0
            ? Ids.New(now.ToUnixTimeMilliseconds())
            : DerivedId.Of("trigger", triggerId, session, (now.ToUnixTimeMilliseconds() / duration).ToString(System.Globalization.CultureInfo.InvariantCulture));

    private static ConversationRow NewConversation(ResourceRow trigger, string id, string botId, JsonObject document, DateTimeOffset now) => new()
    {
        Id = id,
        AccountId = trigger.AccountId,
        Name = (string?)document["name"] ?? "",
        BotId = botId,
        Meta = new JsonObject { ["app"] = "trigger", ["triggerIntegrationId"] = trigger.Id }.ToJsonString(),
        CreatedAt = now.ToUnixTimeMilliseconds(),
        UpdatedAt = now.ToUnixTimeMilliseconds(),
    };

    private static RunInput InputOf(ResourceRow trigger, JsonObject document, TriggerEvent arrived, DateTimeOffset now) => new()
    {
        Kind = RunKinds.Complete,
        AccountId = trigger.AccountId,
        ScopeId = trigger.AccountId,
        IsOfTask = true,
        Text = Instruction,
        TimeZone = (string?)document["timezone"] ?? TimeZoneInfo.Utc.Id,
        Functions =
        [
            Told("_getTriggerDetails", "Returns the trigger that received the event.", new JsonObject
            {
                ["name"] = document["name"]?.DeepClone(),
                ["description"] = document["description"]?.DeepClone(),
                ["meta"] = document["meta"]?.DeepClone(),
            }),
            Told("_getIncomingEvent", "Returns the event.", new JsonObject
            {
                ["body"] = arrived.Body,
                ["ranAt"] = now.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
                ["timezone"] = (string?)document["timezone"] ?? TimeZoneInfo.Utc.Id,
            }),
        ],
    };

    private static EngineFunction Told(string name, string description, JsonObject data) =>
        new() { Name = name, Description = description, Parameters = NoParameters, Data = data.ToJsonString(), CallAtStart = true };
}
