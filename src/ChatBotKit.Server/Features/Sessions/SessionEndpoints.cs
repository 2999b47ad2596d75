using ChatBotKit.Server.Features.Conversations;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Sessions;

internal static class SessionEndpoints
{
    public static void MapSessions(this IEndpointRouteBuilder app) => app.MapApi(api =>
        api.MapPost("/conversation/{conversationId}/session/create", CreateAsync).WithName("createConversationSession"));

    private static Task<IResult> CreateAsync(
        string conversationId, JsonBody<SessionCreateRequest> body, Caller caller, HttpContext context,
        ConversationAccess conversations, SessionMinter minter, Idempotency idempotency) =>
        idempotency.RunAsync(
            context,
            body.Hash,
            async call =>
            {
                var conversation = await conversations.GetAsync(conversationId, caller, context.RequestAborted);
                return JsonAnswer.Of(await minter.MintAsync(
                    conversation, body.Value.DurationInSeconds, call, context.RequestAborted));
            },
            replay: async sessionId => JsonAnswer.Of(await minter.RepeatAsync(sessionId, context.RequestAborted)));
}
