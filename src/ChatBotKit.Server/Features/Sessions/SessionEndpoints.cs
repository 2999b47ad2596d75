using ChatBotKit.Server.Data;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Sessions;

internal static class SessionEndpoints
{
    public static void MapSessions(this IEndpointRouteBuilder app) => app.MapApi(api =>
        api.MapPost("/conversation/{conversationId}/session/create", CreateAsync).WithName("createConversationSession"));

    private static Task<IResult> CreateAsync(
        string conversationId, JsonBody<SessionCreateRequest> body, Caller caller, HttpContext context,
        IStore store, SessionMinter minter, Idempotency idempotency) =>
        idempotency.RunAsync(
            context,
            body.Hash,
            async call =>
            {
                var found = await store.LoadConversationAsync(conversationId, maxMessages: 0, context.RequestAborted);
                if (found is null || found.Conversation.AccountId != caller.AccountId)
                    throw ApiException.NotFound("Conversation");
                return JsonAnswer.Of(await minter.MintAsync(
                    found.Conversation, body.Value.DurationInSeconds, call, context.RequestAborted));
            },
            replay: async sessionId => JsonAnswer.Of(await minter.RepeatAsync(sessionId, context.RequestAborted)));
}
