using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Sessions.Keys;

internal static class KeyEndpoints
{
    public static void MapSessionKeys(this IEndpointRouteBuilder app) => app.MapApi(group =>
    {
        group.MapGet("/session/key/list", ListAsync).WithName("listSessionKeys")
            .WithSummary("Lists the keys that sign session tokens");
        group.MapPost("/session/key/rotate", RotateAsync).WithName("rotateSessionKey").IsIdempotent()
            .WithSummary("Creates a new key that signs session tokens");
        group.MapPost("/session/key/{keyId}/revoke", RevokeAsync).WithName("revokeSessionKey").IsIdempotent()
            .WithSummary("Revokes a key and the session tokens that it has signed");
    });

    private static async Task<ListResult<SessionKeyItem>> ListAsync(
        ListQuery query, Caller caller, KeyCommands keys, ServerOwner owner, CancellationToken cancellationToken)
    {
        await owner.RequireAsync(caller, cancellationToken);
        return new(query, keys.ListAsync, key => key.Id);
    }

    private static async Task<JsonAnswer<IdResponse>> RotateAsync(
        JsonBody<EmptyRequest> body, Caller caller, HttpContext context, KeyCommands keys, ServerOwner owner, IdempotentCall call,
        CancellationToken cancellationToken)
    {
        await owner.RequireAsync(caller, cancellationToken);
        return JsonAnswer.Of(await keys.RotateAsync(context, call, cancellationToken));
    }

    private static async Task<JsonAnswer<IdResponse>> RevokeAsync(
        string keyId, JsonBody<EmptyRequest> body, Caller caller, HttpContext context, KeyCommands keys, ServerOwner owner,
        IdempotentCall call, CancellationToken cancellationToken)
    {
        await owner.RequireAsync(caller, cancellationToken);
        return JsonAnswer.Of(await keys.RevokeAsync(keyId, context, call, cancellationToken));
    }
}
