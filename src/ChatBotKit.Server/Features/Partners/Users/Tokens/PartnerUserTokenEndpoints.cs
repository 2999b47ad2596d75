using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Partners.Users.Tokens;

internal static class PartnerUserTokenEndpoints
{
    public static void MapPartnerUserTokens(this IEndpointRouteBuilder app) => app.MapApi(group =>
    {
        group.MapPost("/partner/user/{userId}/token/create", CreateAsync).WithName("createPartnerUserToken")
            .IsIdempotentSecretly<PartnerUserTokenCreateResponse>().WithSummary("Creates an API token of a user, which is shown once");
        group.MapGet("/partner/user/{userId}/token/list", List).WithName("listPartnerUserTokens")
            .WithSummary("Lists the API tokens of a user, without the tokens themselves");
        group.MapPost("/partner/user/{userId}/token/{tokenId}/update", UpdateAsync).WithName("updatePartnerUserToken")
            .IsIdempotent().WithSummary("Changes the details and the restrictions of an API token");
        group.MapPost("/partner/user/{userId}/token/{tokenId}/delete", DeleteAsync).WithName("deletePartnerUserToken")
            .IsIdempotent().WithSummary("Deletes an API token or ends a session of a user, and closes its open streams");
    });

    private static async Task<JsonAnswer<PartnerUserTokenCreateResponse>> CreateAsync(
        string userId, JsonBody<PartnerUserTokenCreateRequest> body, HttpContext context, PartnerUserTokens tokens, IdempotentCall call) =>
        JsonAnswer.Of(await tokens.CreateAsync(userId, body.Value, context, call));

    private static ListResult<PartnerUserTokenItem> List(string userId, ListQuery query, Caller caller, PartnerUserTokens tokens) =>
        new(query, (page, token) => tokens.ListAsync(userId, page, caller, token), item => item.Id);

    private static async Task<JsonAnswer<IdResponse>> UpdateAsync(
        string userId, string tokenId, JsonBody<PartnerUserTokenUpdateRequest> body, HttpContext context, PartnerUserTokens tokens,
        IdempotentCall call) =>
        JsonAnswer.Of(await tokens.UpdateAsync(userId, tokenId, body.Value, context, call));

    private static async Task<JsonAnswer<IdResponse>> DeleteAsync(
        string userId, string tokenId, JsonBody<EmptyRequest> body, HttpContext context, PartnerUserTokens tokens, IdempotentCall call) =>
        JsonAnswer.Of(await tokens.DeleteAsync(userId, tokenId, context, call));
}
