using ChatBotKit.Server.Changes;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Contacts;
using ChatBotKit.Server.Features.Conversations.Messages;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Conversations.Sessions.Visitors;

/// <summary>
/// Creates conversations with bots for visitors: the conversation, its contact, its first messages and a session, all in one
/// transaction. The conversation refers to the bot, so that changes of the bot apply to it.
/// </summary>
/// <remarks>
/// The session does not act as the contact of the conversation, because anybody can claim the e-mail address of another person. So it
/// can't change the details of a contact that existed before.
/// </remarks>
internal sealed class VisitorConversations(IStore store, ContactStore contacts, SessionMinter minter, SessionAudit audit, IUsageGate gate, TimeProvider time)
{
    /// <param name="wanted">The conversation.</param>
    /// <param name="context">The request.</param>
    /// <param name="respond">Creates the response.</param>
    /// <param name="checkAsync">Checks once more, in the transaction, whether the conversation is allowed; returns the refusal.</param>
    /// <param name="answered">Returns the row of the idempotent request.</param>
    /// <exception cref="ApiException">The refusal; 409: the contact was verified by the owner; 429: a policy blocks the bot.</exception>
    public async Task<T> BeginAsync<T>(
        VisitorConversation wanted, HttpContext context, Func<VisitorSession, T> respond,
        Func<ISqlTransaction, ValueTask<ApiException?>> checkAsync, Func<T, IdempotencyRow?> answered)
    {
        (await gate.FindRefusalAsync(wanted.AccountId, wanted.BotId)).ThrowIfRefused();
        var now = time.GetUtcNow();
        var conversation = RowOf(wanted, now.ToUnixTimeMilliseconds());
        var session = wanted.Terms.ToRow(conversation, contactId: null, now);
        List<MessageRow> messages =
            [.. wanted.Messages.Select((message, index) => message.ToRow(conversation.Id, position: index + 1, createdAt: conversation.CreatedAt + index))];
        session.UsedMessages = messages.Count(message => message.Type == MessageType.User.Value);
        var response = respond(new VisitorSession(session, await minter.AnswerAsync(session, context.RequestAborted), messages));
        var record = audit.Of(context, SessionAuditType.Mint, session);
        var refusal = await store.ChangeAsync(
            async db =>
            {
                if (await checkAsync(db) is { } refused)
                    return refused;
                if (wanted.Contact is { } details)
                {
                    conversation.ContactId = await contacts.EnsureUnverifiedAsync(db, details, wanted.AccountId, now);
                    if (conversation.ContactId is null)
                        return ContactLinks.OnlyByTheOwner();
                }

                await db.AddConversationAsync(conversation, messages);
                await db.InsertAsync(SessionTable.Rows, session);
                await db.AuditAsync(record);
                db.Announce(session.Changed(ChangeKind.Created));
                await db.RememberAsync(answered(response));
                return (ApiException?)null;
            },
            context.RequestAborted);
        return refusal is null ? response : throw refusal;
    }

    private static ConversationRow RowOf(VisitorConversation wanted, long now) => new()
    {
        Id = Ids.New(),
        AccountId = wanted.AccountId,
        BotId = wanted.BotId,
        Meta = wanted.Meta,
        CreatedAt = now,
        UpdatedAt = now,
    };
}
