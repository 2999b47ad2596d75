using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Partners.Users;

/// <summary>The endpoints of the users of a partner. Each user has an account, whose parent is the account of the caller.</summary>
internal static class PartnerUserEndpoints
{
    public static void MapPartnerUsers(this IEndpointRouteBuilder app) => app.MapApi(group =>
    {
        group.MapPost("/partner/user/create", CreateAsync).WithName("createPartnerUser").IsIdempotent()
            .WithSummary("Creates a user with an account of its own");
        group.MapGet("/partner/user/list", List).WithName("listPartnerUsers").TakesMeta()
            .WithSummary("Lists the users of the caller");
        group.MapGet("/partner/user/{userId}/fetch", FetchAsync).WithName("fetchPartnerUser")
            .WithSummary("Fetches a user");
        group.MapPost("/partner/user/{userId}/update", UpdateAsync).WithName("updatePartnerUser").IsIdempotent()
            .WithSummary("Changes a user");
        group.MapPost("/partner/user/{userId}/delete", DeleteAsync).WithName("deletePartnerUser").IsIdempotent()
            .WithSummary("Deletes a user with everything that its account owns");
    });

    private static async Task<JsonAnswer<IdResponse>> CreateAsync(
        JsonBody<PartnerUserCreateRequest> body, HttpContext context, PartnerUserChanges users, IdempotentCall call) =>
        JsonAnswer.Of(await users.CreateAsync(body.Value, context, call));

    private static ListResult<PartnerUserItem> List(ListQuery query, Caller caller, PartnerUsers users) =>
        new(query, (page, token) => users.ListAsync(query, page, caller, token), user => user.Id);

    private static async Task<JsonAnswer<PartnerUserItem>> FetchAsync(
        string userId, Caller caller, PartnerUsers users, CancellationToken cancellationToken) =>
        JsonAnswer.Of((await users.GetAsync(userId, caller, cancellationToken)).ToItem());

    private static async Task<JsonAnswer<IdResponse>> UpdateAsync(
        string userId, JsonBody<PartnerUserUpdateRequest> body, HttpContext context, PartnerUserChanges users, IdempotentCall call) =>
        JsonAnswer.Of(await users.UpdateAsync(userId, body.Value, context, call));

    private static async Task<JsonAnswer<IdResponse>> DeleteAsync(
        string userId, JsonBody<EmptyRequest> body, HttpContext context, PartnerUserChanges users, IdempotentCall call) =>
        JsonAnswer.Of(await users.DeleteAsync(userId, context, call));
}
