using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Data;

/// <summary>Creates the changes to announce when rows change.</summary>
internal static class RowChanges
{
    public static Change Changed(this ConversationRow row, ChangeKind what) =>
        new(ChangedKinds.Conversation, row.Id, row.AccountId, what) { ConversationId = row.Id, ContactId = row.ContactId };

    public static Change Changed(this SessionRow row, ChangeKind what) =>
        new(ChangedKinds.Session, row.Id, row.AccountId, what) { ConversationId = row.ConversationId };

    public static Change Changed(this ApiTokenRow row, ChangeKind what) => new(ChangedKinds.ApiToken, row.Id, row.AccountId, what);

    /// <summary>The change of the session when the record is about its first use; null for any other record.</summary>
    public static Change? UsedSession(this AuditRow record) =>
        record is { SessionId: { } sessionId, ConversationId: { } conversationId } && record.Type == SessionAuditType.Use.Value
            ? new Change(ChangedKinds.Session, sessionId, record.AccountId, ChangeKind.Updated) { ConversationId = conversationId }
            : null;

    /// <summary>
    /// Publishes the changes of a stored write set. Its other rows need no change, because only the conversation that writes them
    /// keeps them in memory.
    /// </summary>
    public static void Publish(this ChangeFeed changes, WriteSet writes)
    {
        if (writes.Session is { } session)
            changes.Publish(session.Changed(ChangeKind.Created));
        foreach (var record in writes.Audit)
        {
            if (record.UsedSession() is { } used)
                changes.Publish(used);
        }

        foreach (var meta in writes.Metas)
            changes.Publish(OfConversation(meta.ConversationId, meta.AccountId, ChangeKind.Updated));

        foreach (var entry in writes.Events)
            changes.Publish(entry.Added());
    }

    /// <summary>Creates an event about the conversation.</summary>
    /// <param name="row">The conversation.</param>
    /// <param name="type">The type of the event.</param>
    /// <param name="now">The time in Unix milliseconds.</param>
    /// <param name="links">The other resources that the event is about.</param>
    /// <param name="meta">A JSON object; null for none.</param>
    public static EventEntry Event(this ConversationRow row, string type, long now, IReadOnlyList<EventLink>? links = null, string? meta = null) =>
        new(row.AccountId, type, EventNumbers.Next(now))
        {
            ConversationId = row.Id,
            ContactId = row.ContactId,
            BotId = row.BotId,
            TaskId = row.TaskId,
            Links = links ?? [],
            Meta = meta,
        };

    /// <summary>Creates the events about a new conversation and its first messages.</summary>
    public static List<EventEntry> EventsOfCreation(this ConversationRow row, IReadOnlyList<MessageRow> messages) =>
    [
        row.Event(EventTypes.ConversationCreate, row.CreatedAt),
        .. messages.Select(_ => row.Event(EventTypes.MessageCreate, row.CreatedAt)),
    ];

    /// <summary>The change of a new entry of the event log.</summary>
    public static Change Added(this EventEntry entry) =>
        new(ChangedKinds.Event, Id: "", entry.AccountId, ChangeKind.Created) { Event = entry };

    public static Change OfMessage(string id, string conversationId, string accountId, ChangeKind what) =>
        new(ChangedKinds.Message, id, accountId, what) { ConversationId = conversationId };

    public static Change OfConversation(string id, string accountId, ChangeKind what) =>
        new(ChangedKinds.Conversation, id, accountId, what) { ConversationId = id };

    public static Change OfAccount(string id, ChangeKind what) => new(ChangedKinds.Account, id, id, what);

    public static Change OfSigningKey(string id, ChangeKind what) => new(ChangedKinds.SigningKey, id, AccountId: "", what);

    /// <summary>There is work of this kind that may come earlier than what was known of.</summary>
    public static Change OfDueWork(string kind) => new(ChangedKinds.DueWork, kind, AccountId: "", ChangeKind.Updated);
}
