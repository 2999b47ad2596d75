using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Partners.Users.Sessions;

internal static class PartnerUserSessionEndpoints
{
    public static void MapPartnerUserSessions(this IEndpointRouteBuilder app) => app.MapApi(group =>
        group.MapPost("/partner/user/{userId}/session/create", CreateAsync).WithName("createPartnerUserSession")
            .Produces<PartnerUserSessionCreateResponse>()
            .WithSummary("Creates a token that opens the account of a user for a short time, and is shown once"));

    private static Task<IResult> CreateAsync(
        string userId, JsonBody<PartnerUserSessionCreateRequest> body, HttpContext context, PartnerUserSessions sessions, ShownOnce shown,
        Idempotency idempotency) =>
        idempotency.RunAsync(
            context,
            body.Hash,
            async call => JsonAnswer.Of(await sessions.CreateAsync(userId, body.Value, context, call)),
            replay: stored => Task.FromResult<IResult>(JsonAnswer.Of(shown.Reveal<PartnerUserSessionCreateResponse>(stored))));
}
