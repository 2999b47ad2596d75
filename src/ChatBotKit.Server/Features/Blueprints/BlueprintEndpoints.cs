using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Resources;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Blueprints;

internal static class BlueprintEndpoints
{
    public static void MapBlueprints(this IEndpointRouteBuilder app) => app.MapApi(group =>
        group.MapPost("/blueprint/{blueprintId}/delete", DeleteAsync).WithName("deleteBlueprint").IsIdempotent()
            .WithSummary("Deletes a blueprint, and its resources if requested"));

    private static async Task<JsonAnswer<IdResponse>> DeleteAsync(
        string blueprintId, JsonBody<BlueprintDeleteRequest> body, Caller caller, ResourceStore store, ResourceRemoval removal,
        ResourceKinds kinds, IdempotentCall call, CancellationToken cancellationToken)
    {
        var kind = kinds.Find(BlueprintKind.Name)!;
        var row = await store.ReadAsync(db => db.FindOwnAsync(kind.Name, blueprintId, caller.AccountId), cancellationToken)
            ?? throw ApiException.NotFound(kind.Title);
        var response = new IdResponse { Id = row.Id };
        var what = body.Value.DeleteResources == true ? Removal.WithMembers : Removal.Alone;
        await removal.RemoveAsync(kind, row, what, call.Answered(response), cancellationToken);
        return JsonAnswer.Of(response);
    }
}
