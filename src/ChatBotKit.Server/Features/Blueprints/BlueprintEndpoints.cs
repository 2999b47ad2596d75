using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Blueprints.Bulletins;
using ChatBotKit.Server.Features.Blueprints.Import;
using ChatBotKit.Server.Features.Blueprints.Terraform;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Resources;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Blueprints;

internal static class BlueprintEndpoints
{
    public static void MapBlueprints(this IEndpointRouteBuilder app) => app.MapApi(group =>
    {
        var blueprint = group.MapGroup("/blueprint/{blueprintId}");
        blueprint.MapPost("/delete", DeleteAsync).WithName("deleteBlueprint").IsIdempotent()
            .WithSummary("Deletes a blueprint, and its resources if requested");
        blueprint.MapPost("/clone", CloneAsync).WithName("cloneBlueprint").IsIdempotent()
            .WithSummary("Clones a blueprint with its resources, also one that another account publishes");
        blueprint.MapGet("/resource/list", ListAsync).WithName("listBlueprintResources")
            .WithSummary("Lists the resources of a blueprint by their kinds");
        blueprint.MapGet("/resource/export", ExportAsync).WithName("exportBlueprintResources").Produces<BlueprintResourcesResponse>()
            .WithMetadata(new TextAnswer(TerraformExport.MediaType))
            .WithSummary("Exports the resources of a blueprint without credentials, as JSON that can be imported or as a file for Terraform");
        blueprint.MapPost("/resource/import", ImportAsync).WithName("importBlueprintResources").IsIdempotent()
            .WithSummary("Imports resources into a blueprint: all of them or, if one is not valid, none");
        blueprint.MapPost("/bulletin/create", CreateBulletinAsync).WithName("createBlueprintBulletin").IsIdempotent()
            .WithSummary("Writes a note for the bots of a blueprint");
        blueprint.MapGet("/bulletin/list", ListBulletinsAsync).WithName("listBlueprintBulletins").AnswersList<BlueprintBulletinItem>()
            .WithSummary("Lists the notes of a blueprint that have not expired");
    });

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

    private static async Task<JsonAnswer<BlueprintResourcesResponse>> CloneAsync(
        string blueprintId, JsonBody<EmptyRequest> body, Caller caller, BlueprintCloning cloning, IdempotentCall call,
        CancellationToken cancellationToken) =>
        JsonAnswer.Of(await cloning.CloneAsync(blueprintId, caller.AccountId, call, cancellationToken));

    private static async Task<JsonAnswer<BlueprintResourcesResponse>> ListAsync(
        string blueprintId, Caller caller, BlueprintReading reading, CancellationToken cancellationToken)
    {
        var contents = await reading.ReadOwnAsync(blueprintId, caller.AccountId, cancellationToken);
        return JsonAnswer.Of(new BlueprintResourcesResponse
        {
            Id = contents.Blueprint.Id,
            Resources = BlueprintItems.List(contents.Members),
        });
    }

    private static async Task<IResult> ExportAsync(
        string blueprintId, Caller caller, HttpRequest request, BlueprintReading reading, ResourceKinds kinds, CancellationToken cancellationToken)
    {
        var contents = await reading.ReadOwnAsync(blueprintId, caller.AccountId, cancellationToken);
        if (request.Headers.Accept.ToString().Contains(TerraformExport.MediaType, StringComparison.OrdinalIgnoreCase))
            return new TerraformAnswer(kinds.Find(BlueprintKind.Name)!, contents);
        return JsonAnswer.Of(new BlueprintResourcesResponse
        {
            Id = contents.Blueprint.Id,
            Resources = BlueprintItems.Export(contents.Members),
        });
    }

    private static async Task<JsonAnswer<BlueprintResourcesResponse>> ImportAsync(
        string blueprintId, JsonBody<BlueprintImportRequest> body, Caller caller, BlueprintImport import, IdempotentCall call,
        CancellationToken cancellationToken) =>
        JsonAnswer.Of(await import.ImportAsync(blueprintId, body.Value, caller.AccountId, call, cancellationToken));

    private static async Task<JsonAnswer<BlueprintBulletinCreateResponse>> CreateBulletinAsync(
        string blueprintId, JsonBody<BlueprintBulletinCreateRequest> body, Caller caller, BulletinBoard board, IdempotentCall call,
        CancellationToken cancellationToken) =>
        JsonAnswer.Of(await board.CreateAsync(blueprintId, body.Value, caller.AccountId, call, cancellationToken));

    private static async Task<IResult> ListBulletinsAsync(
        string blueprintId, ListQuery query, Caller caller, BulletinBoard board, CancellationToken cancellationToken) =>
        await board.ListAsync(blueprintId, caller.AccountId, query, cancellationToken);
}
