using ChatBotKit.Server.Http;

namespace ChatBotKit.Server.Features.Partners.Users.Sessions;

internal static class PartnerUserSessionEndpoints
{
    public static void MapPartnerUserSessions(this IEndpointRouteBuilder app) => app.MapApi(group =>
        group.MapPost("/partner/user/{userId}/session/create", CreateAsync).WithName("createPartnerUserSession")
            .IsIdempotentSecretly<PartnerUserSessionCreateResponse>()
            .WithSummary("Creates a short-lived token for the account of a user, which is shown once"));

    private static async Task<JsonAnswer<PartnerUserSessionCreateResponse>> CreateAsync(
        string userId, JsonBody<PartnerUserSessionCreateRequest> body, HttpContext context, PartnerUserSessions sessions,
        IdempotentCall call) =>
        JsonAnswer.Of(await sessions.CreateAsync(userId, body.Value, context, call));
}
