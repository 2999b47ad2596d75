using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Resources;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Blueprints;

internal static class BlueprintEndpoints
{
    public static void MapBlueprints(this IEndpointRouteBuilder app) => app.MapApi(group =>
        group.MapPost("/blueprint/{blueprintId}/delete", DeleteAsync).WithName("deleteBlueprint").Produces<IdResponse>()
            .WithSummary("Deletes a blueprint, and its resources if that is wanted"));

    private static Task<IResult> DeleteAsync(
        string blueprintId, JsonBody<BlueprintDeleteRequest> body, ResourceStore store, ResourceRemoval removal, ResourceKinds kinds,
        Idempotency idempotency, HttpContext context, CancellationToken cancellationToken) =>
        idempotency.RunAsync(context, body.Hash, async call =>
        {
            var kind = kinds.Find(BlueprintKind.Name)!;
            var row = await store.ReadAsync(db => db.FindOwnAsync(kind.Name, blueprintId, context.Caller().AccountId), cancellationToken)
                ?? throw ApiException.NotFound(kind.Title);
            var response = new IdResponse { Id = row.Id };
            var what = body.Value.DeleteResources == true ? Removal.WithMembers : Removal.Alone;
            await removal.RemoveAsync(kind, row, what, call.Answered(response), cancellationToken);
            return JsonAnswer.Of(response);
        });
}
