using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Bots.Sessions;

internal static class BotSessionEndpoints
{
    public static void MapBotSessions(this IEndpointRouteBuilder app) => app.MapApi(group =>
        group.MapPost("/bot/{botId}/session/create", CreateAsync).AllowAnyone().WithName("createBotSession")
            .IsIdempotent<BotSessionCreation>(async (sessions, context, stored) =>
                JsonAnswer.Of(await sessions.RepeatAsync(stored, context.RequestAborted)))
            .WithSummary("Creates a conversation with a bot, and a session for it"));

    private static async Task<JsonAnswer<BotSessionCreateResponse>> CreateAsync(
        string botId, JsonBody<BotSessionCreateRequest> body, HttpContext context, BotSessionCreation sessions, IdempotentCall call) =>
        JsonAnswer.Of(await sessions.CreateAsync(botId, body.Value, context, call));
}
