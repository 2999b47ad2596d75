using System.Globalization;
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
/// Accepts the events of triggers. The event, its conversation and the work that starts the bot are stored in one transaction, so an event
/// that was acknowledged is handled, and handled once, whenever the process is killed.
/// </summary>
internal sealed class TriggerEvents(IStore store, ResourceStore resources, IUsageGate gate, TimeProvider time)
{
    public const string Invoked = """{"type":"invoke","reason":"The owner has started the trigger."}""";

    public const string Scheduled = """{"type":"schedule","reason":"The schedule of the trigger has come."}""";

    private const long DayInMilliseconds = 86_400_000;

    /// <summary>Stores an event of a request.</summary>
    /// <param name="trigger">The trigger.</param>
    /// <param name="arrived">The event.</param>
    /// <param name="answered">The idempotency row of the request; null for none.</param>
    /// <param name="cancellationToken">The token that cancels the request before the event is stored.</param>
    /// <exception cref="ApiException">409: the trigger has no bot; 429: a policy blocks the bot.</exception>
    public async Task AcceptAsync(ResourceRow trigger, TriggerEvent arrived, IdempotencyRow? answered, CancellationToken cancellationToken)
    {
        var botId = BotOf(ResourceEdit.Read(trigger.Data)) ?? throw ApiException.Conflict("The trigger has no bot");
        // Asked before the event is stored, so that a repeated request is not answered as if its run had started.
        (await gate.FindRefusalAsync(trigger.AccountId, botId)).ThrowIfRefused();
        var (id, now) = (Ids.New(), time.GetUtcNow());
        try
        {
            await StoreAsync();
        }
        catch (DuplicateKeyException) when (arrived.Session is not null && answered is null)
        {
            // Another event of the session has just created the conversation, which the second attempt finds.
            await StoreAsync();
        }

        Task<bool> StoreAsync() => store.ChangeAsync(
            async db =>
            {
                await db.RememberAsync(answered);
                await AddAsync(db, trigger, id, arrived, now, edit: null);
                return true;
            },
            cancellationToken);
    }

    /// <summary>Stores an event as a part of another change. A trigger without a bot ignores it.</summary>
    /// <param name="db">The transaction.</param>
    /// <param name="trigger">The trigger.</param>
    /// <param name="id">The id of the event, which becomes the id of its run.</param>
    /// <param name="arrived">The event.</param>
    /// <param name="now">The time of the event.</param>
    /// <param name="edit">A further change of the trigger; null for none.</param>
    public async ValueTask AddAsync(
        ISqlTransaction db, ResourceRow trigger, string id, TriggerEvent arrived, DateTimeOffset now, Action<JsonObject>? edit)
    {
        var (document, milliseconds) = (ResourceEdit.Read(trigger.Data), now.ToUnixTimeMilliseconds());
        var botId = BotOf(document);
        await resources.EditAsync(db, trigger.Id, milliseconds, fields =>
        {
            edit?.Invoke(fields);
            if (botId is not null)
                fields["lastTriggerAt"] = milliseconds;
        });
        if (botId is null)
            return;
        var conversationId = ConversationOf(trigger.Id, document, arrived.Session, milliseconds);
        if (await db.FindConversationAsync(conversationId, trigger.AccountId) is null)
            await db.AddConversationAsync(NewConversation(trigger, document, conversationId, botId, milliseconds), []);
        await db.AddDueWorkAsync(DueWorkRow.New(TriggerRunWork.WorkKind, id, now, now, TriggerRunWork.PayloadOf(trigger.Id, conversationId, arrived.Body)));
    }

    private static string? BotOf(JsonObject document) => (string?)document["botId"];

    /// <summary>Returns the id of the conversation. Events of a session that arrive in the same period share one.</summary>
    private static string ConversationOf(string triggerId, JsonObject document, string? session, long now)
    {
        var duration = (long?)document["sessionDuration"] ?? DayInMilliseconds;
        return session is null || duration <= 0
            ? Ids.New(now)
            : DerivedId.Of("trigger", triggerId, session, (now / duration).ToString(CultureInfo.InvariantCulture));
    }

    private static ConversationRow NewConversation(ResourceRow trigger, JsonObject document, string id, string botId, long now) => new()
    {
        Id = id,
        AccountId = trigger.AccountId,
        Name = (string?)document["name"] ?? "",
        BotId = botId,
        Meta = new JsonObject { ["app"] = "trigger", ["triggerIntegrationId"] = trigger.Id }.ToJsonString(),
        CreatedAt = now,
        UpdatedAt = now,
    };
}
