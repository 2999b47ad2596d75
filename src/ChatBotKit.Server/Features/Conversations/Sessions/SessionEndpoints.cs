using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Conversations.Sessions;

internal static class SessionEndpoints
{
    public static void MapSessions(this IEndpointRouteBuilder app) => app.MapApi(api =>
    {
        var conversation = api.MapGroup("/conversation/{conversationId}/session");
        conversation.MapPost("/create", CreateAsync).WithName("createConversationSession")
            .IsIdempotent<SessionMinter>(async (minter, context, id) => JsonAnswer.Of(await minter.RepeatAsync(id, context.RequestAborted)))
            .WithSummary("Mints a session and its token");
        conversation.MapGet("/list", ListAsync).WithName("listConversationSessions")
            .WithSummary("Lists the sessions of a conversation")
            .FiltersSessions();
        conversation.MapPost("/revoke", RevokeConversationAsync)
            .WithName("revokeConversationSessions").IsIdempotent()
            .WithSummary("Revokes all sessions of a conversation");
        conversation.MapGet("/{sessionId}/fetch", FetchAsync).AllowAnySession().WithName("fetchConversationSession")
            .WithSummary("Fetches a session, without its token");
        conversation.MapPost("/{sessionId}/refresh", RefreshAsync)
            .AllowAnySession().RefreshesSession().WithName("refreshConversationSession")
            .IsIdempotent<SessionRefresh>(async (sessions, context, id) => JsonAnswer.Of(await sessions.RepeatAsync(id, context.RequestAborted)))
            .WithSummary("Exchanges a session's token for a new one");
        conversation.MapPost("/{sessionId}/revoke", RevokeAsync)
            .AllowAnySession().WithName("revokeConversationSession").IsIdempotent()
            .WithSummary("Revokes a session");

        api.MapGet("/session/list", ListAll).WithName("listSessions")
            .WithSummary("Lists the sessions of all conversations")
            .FiltersSessions()
            .TakesQuery("conversationId", "Only the sessions of this conversation.");
        api.MapPost("/session/revoke", RevokeAllAsync).WithName("revokeSessions").IsIdempotent()
            .WithSummary("Revokes all sessions of the account");
        api.MapPost("/contact/{contactId}/session/revoke", RevokeContactAsync)
            .WithName("revokeContactSessions").IsIdempotent()
            .WithSummary("Revokes all sessions of a contact");
    });

    private static async Task<JsonAnswer<SessionCreateResponse>> CreateAsync(
        string conversationId, JsonBody<SessionCreateRequest> body, HttpContext context, SessionCreation sessions, IdempotentCall call) =>
        JsonAnswer.Of(await sessions.CreateAsync(conversationId, body.Value, context, call));

    private static async Task<ListResult<SessionItem>> ListAsync(
        string conversationId, ListQuery query, Caller caller, ConversationAccess conversations, SessionReading sessions,
        CancellationToken cancellationToken)
    {
        await conversations.GetAsync(conversationId, caller, cancellationToken);
        return sessions.List(query, conversationId, caller);
    }

    private static ListResult<SessionItem> ListAll(ListQuery query, Caller caller, SessionReading sessions) =>
        sessions.List(query, query.Value("conversationId"), caller);

    private static async Task<JsonAnswer<SessionItem>> FetchAsync(
        string conversationId, string sessionId, Caller caller, SessionReading sessions, CancellationToken cancellationToken) =>
        JsonAnswer.Of(await sessions.GetAsync(conversationId, sessionId, caller, cancellationToken));

    private static async Task<JsonAnswer<SessionCreateResponse>> RefreshAsync(
        string conversationId, string sessionId, JsonBody<SessionRefreshRequest> body, HttpContext context, SessionRefresh sessions,
        IdempotentCall call) =>
        JsonAnswer.Of(await sessions.RefreshAsync(conversationId, sessionId, body.Value, context, call));

    private static async Task<JsonAnswer<IdResponse>> RevokeAsync(
        string conversationId, string sessionId, JsonBody<SessionRevokeRequest> body, HttpContext context, SessionRevocation sessions,
        IdempotentCall call) =>
        JsonAnswer.Of(await sessions.RevokeAsync(conversationId, sessionId, body.Value, context, call));

    private static async Task<JsonAnswer<SessionRevokeResponse>> RevokeConversationAsync(
        string conversationId, JsonBody<SessionRevokeRequest> body, HttpContext context, SessionRevocation sessions,
        IdempotentCall call) =>
        JsonAnswer.Of(await sessions.RevokeConversationAsync(conversationId, body.Value, context, call));

    private static async Task<JsonAnswer<SessionRevokeResponse>> RevokeContactAsync(
        string contactId, JsonBody<SessionRevokeRequest> body, HttpContext context, SessionRevocation sessions, IdempotentCall call) =>
        JsonAnswer.Of(await sessions.RevokeContactAsync(contactId, body.Value, context, call));

    private static async Task<JsonAnswer<SessionRevokeResponse>> RevokeAllAsync(
        JsonBody<SessionRevokeRequest> body, HttpContext context, SessionRevocation sessions, IdempotentCall call) =>
        JsonAnswer.Of(await sessions.RevokeAccountAsync(body.Value, context, call));

    private static RouteHandlerBuilder FiltersSessions(this RouteHandlerBuilder route) => route
        .TakesQuery("contactId", "Only the sessions of this contact.")
        .TakesQuery("status", "Only sessions in this state.", choices: ["active", "expired", "revoked"])
        .TakesMeta();
}
