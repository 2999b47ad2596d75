using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.ModelProviders.Models;

namespace ChatBotKit.Server.Features.Platform.Models;

internal static class ModelEndpoints
{
    private static readonly ModelType[] Types = [ModelType.Language, ModelType.Image, ModelType.Video, ModelType.Rerank];

    public static void MapModels(this IEndpointRouteBuilder app) => app.MapApi(group =>
        group.MapGet("/platform/model/list", List).WithName("listPlatformModels")
            .WithSummary("Lists the models that can be used")
            .TakesQuery("type", "What the models make. Default: language.", choices: ["language", "image", "video", "rerank"]));

    private static ListResult<ModelItem> List(ListQuery query, ModelRegistry models, TimeProvider time)
    {
        var type = new ModelType(query.Value("type") ?? ModelType.Language.Value);
        if (!Types.Contains(type))
            throw ApiException.BadRequest($"\"type\" must be one of {string.Join(", ", Types)}");
        var now = time.GetUtcNow();
        IReadOnlyList<ModelItem> items = type == ModelType.Language ? [.. models.List().Select(model => model.ToItem(now))] : [];
        // All models are on one page, so a request with a cursor gets an empty page.
        return new(
            query, (page, _) => Task.FromResult(page.Cursor is null ? new ListPiece<ModelItem>(items, MayGoOn: false) : ListPiece.Nothing<ModelItem>()),
            item => item.Id);
    }
}
