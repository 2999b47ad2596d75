using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Contacts;
using ChatBotKit.Server.Features.Conversations.Messages;
using ChatBotKit.Server.Features.Conversations.Sessions;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Resources;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Bots.Sessions;

/// <summary>
/// Creates sessions with bots: for the owner of a bot, and for everybody if the bot is public. The conversation belongs to the owner of
/// the bot. It refers to the bot, so that changes of the bot apply to it.
/// </summary>
/// <remarks>
/// The session does not act as the contact of the conversation, because anybody can claim the e-mail address of another person. So it
/// can't change the details of a contact that existed before.
/// </remarks>
internal sealed class BotSessionCreation(
    IStore store, ContactStore contacts, SessionMinter minter, SessionAudit audit, VisitorRates visitors, SessionOrigins origins,
    ShownOnce shown, SecurityOptions options, TimeProvider time)
{
    /// <exception cref="ApiException">
    /// 400: a field is invalid; 403: the server does not allow the page of the visitor; 404: the bot does not exist, or is neither public
    /// nor the caller's; 409: the contact was verified by the owner; 429: too many sessions from the address of the visitor.
    /// </exception>
    public async Task<BotSessionCreateResponse> CreateAsync(
        string address, BotSessionCreateRequest request, HttpContext context, IdempotentCall call)
    {
        var caller = context.CallerOrVisitor();
        var bot = await AdmitAsync(address, context);
        var wanted = BotSessionRequest.From(request, isOwner: bot.AccountId == caller?.AccountId, options.SessionMaxSeconds);
        var now = time.GetUtcNow();
        var conversation = new ConversationRow
        {
            Id = Ids.New(),
            AccountId = bot.AccountId,
            BotId = bot.Id,
            Meta = wanted.MetaWith(bot.Id),
            CreatedAt = now.ToUnixTimeMilliseconds(),
            UpdatedAt = now.ToUnixTimeMilliseconds(),
        };
        var session = wanted.Terms.ToRow(conversation, contactId: null, now);
        var messages = wanted.ToRows(conversation.Id, conversation.CreatedAt);
        session.UsedMessages = messages.Count;
        var response = await ResponseAsync(bot.Id, session, wanted.Messages is null ? null : messages, context.RequestAborted);
        var writes = new WriteSet
        {
            Conversation = conversation,
            Messages = messages,
            Session = session,
            Audit = [audit.Of(context, SessionAuditType.Mint, session)],
            Idempotency = call.AnsweredSecretly(response),
        };
        var refusal = await store.ChangeAsync(
            async db => await FindAsync(db, bot.Id, caller) is null ? NotFound() : await StoreAsync(db, writes, wanted.Contact, now),
            context.RequestAborted);
        return refusal is null ? response : throw refusal;
    }

    /// <summary>Responds to a repeated request with the same session and a token that is valid now.</summary>
    /// <param name="stored">The encrypted response to the first request.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <exception cref="ApiException">404: the session was deleted with its conversation.</exception>
    public async Task<BotSessionCreateResponse> RepeatAsync(string stored, CancellationToken cancellationToken)
    {
        var first = shown.Reveal<BotSessionCreateResponse>(stored);
        return With(first, await minter.RepeatAsync(first.SessionId!, cancellationToken));
    }

    /// <summary>Finds the bot for the caller. The page and the address of a caller who does not own it are checked first.</summary>
    private async Task<ResourceRow> AdmitAsync(string address, HttpContext context)
    {
        var caller = context.CallerOrVisitor();
        if (caller is null)
            AdmitVisitor(context);
        var bot = await store.QueryAsync(db => FindAsync(db, address, caller), context.RequestAborted) ?? throw NotFound();
        if (caller is not null && caller.AccountId != bot.AccountId)
            AdmitVisitor(context);
        return bot;
    }

    private void AdmitVisitor(HttpContext context)
    {
        origins.RequireOfVisitor(context);
        visitors.Take(context.Connection.RemoteIpAddress);
    }

    /// <returns>The refusal; null when everything is stored.</returns>
    private async ValueTask<ApiException?> StoreAsync(ISqlTransaction db, WriteSet writes, ContactDetails? contact, DateTimeOffset now)
    {
        var conversation = writes.Conversation!;
        if (contact is not null)
        {
            conversation.ContactId = await contacts.EnsureUnverifiedAsync(db, contact, conversation.AccountId, now);
            if (conversation.ContactId is null)
                return ContactLinks.OnlyByTheOwner();
        }

        await db.InsertAsync(ConversationTable.Rows, conversation);
        foreach (var message in writes.Messages)
            await db.InsertAsync(MessageTable.Rows, message);
        await db.InsertAsync(SessionTable.Rows, writes.Session!);
        foreach (var record in writes.Audit)
            await db.AuditAsync(record);
        db.Announce(writes.Session!.Changed(ChangeKind.Created));
        foreach (var key in writes.IdempotencyKeys)
            await db.RememberAsync(key);
        return null;
    }

    /// <summary>Finds the bot. A bot of another account has no other address than its id, and is only found if it is public.</summary>
    private static async ValueTask<ResourceRow?> FindAsync(ISqlSession db, string address, Caller? caller)
    {
        if (caller is not null && await db.FindOwnAsync(BotKind.Name, address, caller.AccountId) is { } own)
            return own;
        return await db.FirstAsync(ResourceTable.Rows, ResourceTable.OfKind, address, BotKind.Name) is { } row && ResourceUse.IsPublic(row) ? row : null;
    }

    private static ApiException NotFound() => ApiException.NotFound("Bot");

    private static BotSessionCreateResponse With(BotSessionCreateResponse response, SessionCreateResponse session) => response with
    {
        Token = session.Token,
        ExpiresAt = session.ExpiresAt,
        RefreshableUntil = session.RefreshableUntil,
    };

    private async Task<BotSessionCreateResponse> ResponseAsync(
        string botId, SessionRow session, List<MessageRow>? messages, CancellationToken cancellationToken)
    {
        var minted = await minter.AnswerAsync(session, cancellationToken);
        return new BotSessionCreateResponse
        {
            Id = botId,
            ConversationId = session.ConversationId,
            SessionId = session.Id,
            Token = minted.Token,
            ExpiresAt = minted.ExpiresAt,
            RefreshableUntil = minted.RefreshableUntil,
            Messages = messages?.ConvertAll(message => message.ToConversationMessage()),
        };
    }
}
