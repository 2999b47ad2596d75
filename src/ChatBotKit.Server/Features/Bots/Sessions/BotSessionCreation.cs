using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Conversations.Messages;
using ChatBotKit.Server.Features.Conversations.Sessions;
using ChatBotKit.Server.Features.Conversations.Sessions.Visitors;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Resources;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Bots.Sessions;

/// <summary>
/// Creates sessions with bots: for the owner of a bot, and for everybody if the bot is public. The conversation belongs to the owner of
/// the bot.
/// </summary>
internal sealed class BotSessionCreation(
    IStore store, VisitorConversations conversations, SessionMinter minter, VisitorRates visitors, SessionOrigins origins, ShownOnce shown,
    SecurityOptions options)
{
    /// <exception cref="ApiException">
    /// 400: a field is invalid; 403: the server does not allow the page; 404: the bot does not exist, or is neither public nor the
    /// caller's; 409: the contact was verified by the owner; 429: too many sessions from the address of the visitor.
    /// </exception>
    public async Task<BotSessionCreateResponse> CreateAsync(
        string address, BotSessionCreateRequest request, HttpContext context, IdempotentCall call)
    {
        var caller = context.CallerOrVisitor();
        if (caller is null)
            Admit(context);
        var bot = await store.QueryAsync(db => FindAsync(db, address, caller), context.RequestAborted) ?? throw NotFound();
        var isOwner = bot.AccountId == caller?.AccountId;
        if (caller is not null && !isOwner)
            Admit(context);
        var wanted = BotSessionRequest.From(request, isOwner, options.SessionMaxSeconds);
        var conversation = new VisitorConversation
        {
            AccountId = bot.AccountId,
            BotId = bot.Id,
            Meta = VisitorFields.MetaOf(wanted.Meta, "bot", "botId", bot.Id),
            Terms = wanted.Terms,
            Contact = wanted.Contact,
            Messages = wanted.Messages ?? [],
        };
        return await conversations.BeginAsync(
            conversation, context,
            session => ResponseOf(bot.Id, session, wanted.Messages is not null),
            async db => await FindAsync(db, bot.Id, caller) is null ? NotFound() : null,
            call.AnsweredSecretly);
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

    /// <summary>Checks the page and the address of a caller who does not own the bot.</summary>
    private void Admit(HttpContext context)
    {
        origins.RequireOfVisitor(context);
        visitors.Take(context.Connection.RemoteIpAddress);
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

    private static BotSessionCreateResponse ResponseOf(string botId, VisitorSession session, bool withMessages) => new()
    {
        Id = botId,
        ConversationId = session.Row.ConversationId,
        SessionId = session.Row.Id,
        Token = session.Minted.Token,
        ExpiresAt = session.Minted.ExpiresAt,
        RefreshableUntil = session.Minted.RefreshableUntil,
        Messages = withMessages ? [.. session.Messages.Select(message => message.ToConversationMessage())] : null,
    };
}
